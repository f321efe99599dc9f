/** What everybody may play. @see https://docs.discord.com/developers/resources/soundboard#list-default-soundboard-sounds */
export const defaultSounds = (
  [
    ['1', 'quack', '🦆'],
    ['2', 'airhorn', '🔊'],
    ['3', 'cricket', '🦗'],
    ['4', 'golf clap', '👏'],
    ['5', 'sad horn', '🎺'],
    ['7', 'ba dum tss', '🥁'],
  ] as const
).map(([sound_id, name, emoji_name]) => ({ sound_id, name, volume: 1, emoji_id: null, emoji_name, available: true }));
