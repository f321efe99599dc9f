import { AutoModerationRuleKeywordPresetType as Preset } from 'discord-api-types/v10';

/**
 * Discord's own word lists are its secret, and hurtful to read. These are small and made up, with words of fiction that nobody takes
 * amiss, so that rules on presets can be tried.
 */
const WORDS: Record<Preset, readonly string[]> = {
  [Preset.Profanity]: ['frak*', 'smeg*', 'gorram', 'blasted'],
  [Preset.SexualContent]: ['smoochy*', 'hanky-panky', 'kissykissy'],
  [Preset.Slurs]: ['mudblood*', 'toaster-lover', 'groundling*'],
};

/** The keywords of some presets, with wildcards. */
export function wordsOfPresets(presets: readonly number[]): string[] {
  return presets.flatMap((preset) => WORDS[preset as Preset] ?? []);
}

/** Discord recognises spam by a model of its own. Here it is one of these phrases, or a line that comes over and over again. */
const SPAM_PHRASES = ['free nitro', 'free gift card', 'click here to claim', 'double your crypto'];
const REPEATED_LINES = 5;

/** What of a text is spam, if it is. */
export function spamIn(content: string): string | undefined {
  const lower = content.toLowerCase();
  const phrase = SPAM_PHRASES.find((it) => lower.includes(it));
  if (phrase !== undefined) return phrase;
  const lines = lower.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => lines.filter((it) => it === line).length >= REPEATED_LINES);
}
