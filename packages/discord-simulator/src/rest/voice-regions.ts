/** Some of the regions Discord has; nothing is heard in any of them. @see https://docs.discord.com/developers/resources/voice#voice-region-object */
export const voiceRegions = ['brazil', 'hongkong', 'india', 'japan', 'rotterdam', 'singapore', 'sydney', 'us-east'].map(
  (id) => ({
    id,
    name: id.replace(/^./, (letter) => letter.toUpperCase()),
    custom: false,
    deprecated: false,
    optimal: id === 'rotterdam',
  }),
);

export const voiceRegionIds = voiceRegions.map(({ id }) => id);
