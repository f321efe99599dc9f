import { h } from './dom.js';

/** Emojis as the system draws them: pictures, skin tones, flags, and what joins them. */
const PICTURES = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200D\uFE0F\u20E3]/gu;
const CUSTOM = /<a?:\w{2,32}:\d{1,20}>/g;
/** A message of at most this many emojis, and nothing else, shows them big. */
const MAX_BIG = 30;

/** A custom emoji as its image. */
export function customEmoji({ id, name, animated }) {
  const label = `:${name}:`;
  return h('img.emoji', {
    src: `/emojis/${id}.${animated ? 'gif' : 'png'}`,
    alt: label,
    title: label,
    draggable: 'false',
  });
}

/** An emoji object of Discord's, custom or not. */
export function renderEmoji(emoji) {
  return emoji.id ? customEmoji(emoji) : h('span.emoji-char', {}, emoji.name ?? '');
}

/** What names an emoji where one reacts with it. */
export const emojiKey = (emoji) => (emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name);

/** Whether a text is nothing but emojis. */
export function isOnlyEmojis(text) {
  if (text.trim() === '') return false;
  const custom = text.match(CUSTOM)?.length ?? 0;
  const rest = text.replaceAll(CUSTOM, '');
  const pictures = rest.match(/\p{Extended_Pictographic}|\p{Regional_Indicator}{2}/gu)?.length ?? 0;
  return rest.replaceAll(PICTURES, '').trim() === '' && custom + pictures > 0 && custom + pictures <= MAX_BIG;
}
