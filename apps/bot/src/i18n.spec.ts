import { LOCALES, pingSchema } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { pingEmbed } from './features/platform/ping-embed.js';
import { localizations, translator } from './i18n.js';
import en from './locales/en.json' with { type: 'json' };
import fr from './locales/fr.json' with { type: 'json' };

/** Plural forms differ by language; the sentence they belong to does not. */
function keysOf(tree: object, prefix = ''): string[] {
  const keys = Object.entries(tree).flatMap(([key, value]) => {
    const path = `${prefix}${key.replace(/_(zero|one|many|other)$/, '')}`;
    return typeof value === 'object' ? keysOf(value as object, `${path}.`) : [path];
  });
  return [...new Set(keys)].toSorted();
}

describe('the languages', () => {
  it('all say the same things', () => {
    expect(keysOf(fr)).toEqual(keysOf(en));
    expect(LOCALES).toEqual(['en', 'fr']);
  });

  it("become Discord's localizations", () => {
    expect(localizations('commands.ping.description')).toEqual({
      'en-US': en.commands.ping.description,
      'en-GB': en.commands.ping.description,
      fr: fr.commands.ping.description,
    });
  });
});

describe('the answer to a ping', () => {
  const ping = pingSchema.parse({
    botId: 'guildhall',
    hops: [
      { from: 'api', to: 'database', latencyMs: 1.5 },
      { from: 'bot', to: 'discord', latencyMs: -1 },
    ],
    outboxDepth: 1234,
  });

  it('names every hop in the language of the person', () => {
    const embed = pingEmbed(ping, 11.75, translator('fr')).toJSON();
    expect(embed.fields?.map(({ name, value }) => [name, value])).toEqual([
      ['Bot → API', '`10,3 ms`'],
      ['API → Base de données', '`1,5 ms`'],
      ['Bot → Discord', 'pas encore mesuré'],
    ]);
    expect(embed.footer?.text).toMatch(/^1\s234 événements attendent/);
  });

  it('counts in English', () => {
    const footer = (outboxDepth: number) =>
      pingEmbed({ ...ping, outboxDepth }, 1, translator('en')).toJSON().footer?.text;
    expect([0, 1, 1234].map(footer)).toEqual([
      'Nothing waits in the outbox.',
      '1 event waits in the outbox.',
      '1,234 events wait in the outbox.',
    ]);
  });
});
