/** The stickers everybody may use. Discord's own are its property: this pack is made up. */
const PACK_ID = '100000000000000001';

const STICKERS = [
  { id: '100000000000000011', name: 'Wave', description: 'A hand that waves', tags: 'hello, wave, 👋' },
  { id: '100000000000000012', name: 'Thanks', description: 'A bow of thanks', tags: 'thanks, bow, 🙏' },
  { id: '100000000000000013', name: 'Party', description: 'Confetti', tags: 'party, confetti, 🎉' },
];

/** @see https://docs.discord.com/developers/resources/sticker#sticker-object */
export const standardStickers = STICKERS.map((sticker, index) => ({
  ...sticker,
  type: 1,
  format_type: 1,
  pack_id: PACK_ID,
  sort_value: index + 1,
}));

/** @see https://docs.discord.com/developers/resources/sticker#sticker-pack-object */
export const stickerPacks = [
  {
    id: PACK_ID,
    sku_id: '100000000000000002',
    name: 'Greetings',
    description: 'For a start',
    stickers: standardStickers,
    cover_sticker_id: STICKERS[0]?.id,
  },
];
