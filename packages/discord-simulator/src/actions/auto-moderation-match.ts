import { AutoModerationRuleTriggerType as Trigger } from 'discord-api-types/v10';
import type { AutoModerationRuleRecord } from '../state/model.js';
import { spamIn, wordsOfPresets } from './auto-moderation-words.js';
import { countMentions } from './mention-raids.js';

export interface RuleMatch {
  /** The keyword or pattern of the rule; null for mentions and spam. */
  keyword: string | null;
  /** What of the text matched it. */
  matched: string | null;
}

/** Whether a rule is triggered by a text. @see https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-keyword-matching-strategies */
export function matchRule(rule: AutoModerationRuleRecord, content: string): RuleMatch | undefined {
  switch (rule.triggerType) {
    case Trigger.MentionSpam:
      return countMentions(content) > rule.mentionLimit ? { keyword: null, matched: null } : undefined;
    case Trigger.Spam: {
      const matched = spamIn(content);
      return matched === undefined ? undefined : { keyword: null, matched };
    }
    case Trigger.KeywordPreset:
      return matchWords({ ...rule, keywords: wordsOfPresets(rule.presets ?? []), patterns: [] }, content);
    default:
      return matchWords(rule, content);
  }
}

type Words = Pick<AutoModerationRuleRecord, 'keywords' | 'patterns' | 'allowed'>;

function matchWords({ keywords, patterns, allowed }: Words, content: string): RuleMatch | undefined {
  const excused = allowed.flatMap((phrase) => [...content.matchAll(keywordPattern(phrase))]);
  const candidates = [
    ...keywords.map((keyword) => ({ keyword, pattern: keywordPattern(keyword) })),
    ...patterns.map((keyword) => ({ keyword, pattern: new RegExp(keyword, 'giu') })),
  ];
  for (const { keyword, pattern } of candidates) {
    for (const found of content.matchAll(pattern)) {
      const [matched] = found;
      if (matched !== '' && !excused.some((phrase) => covers(phrase, found))) return { keyword, matched };
    }
  }
  return undefined;
}

function covers(phrase: RegExpExecArray, found: RegExpExecArray): boolean {
  return phrase.index <= found.index && found.index + found[0].length <= phrase.index + phrase[0].length;
}

/** A keyword is a whole word, unless a star opens it at that end. */
function keywordPattern(keyword: string): RegExp {
  const word = keyword.replace(/^\*|\*$/g, '').replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const before = keyword.startsWith('*') ? '' : String.raw`(?<![\p{L}\p{N}_])`;
  const after = keyword.endsWith('*') ? '' : String.raw`(?![\p{L}\p{N}_])`;
  return new RegExp(`${before}${word}${after}`, 'giu');
}
