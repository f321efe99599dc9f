import { container } from '@sapphire/framework';
import type { Logger } from 'pino';

/** What Sapphire users look for at the start: which pieces were loaded. */
export function logLoadedPieces(logger: Logger): void {
  const { stores } = container;
  const pieces = Object.fromEntries(stores.map((store) => [store.name, store.size]));
  const commands = [...stores.get('commands').keys()];
  logger.info({ feature: 'sapphire', pieces, commands }, `loaded the commands ${commands.join(', ')}`);
}

/** The banner, for people; a log collector has no use for it. */
export function bannerText(version: string): string {
  return [
    '',
    '   ╭─────────────────────────╮',
    '   │    G U I L D H A L L    │',
    `   │    bot ${version.padEnd(17)}│`,
    '   ╰─────────────────────────╯',
    '',
  ].join('\n');
}
