import type { Ping } from '@guildhall/contracts';
import { EmbedBuilder } from 'discord.js';
import type { Translate } from '../../i18n.js';
import { ACCENT_COLOR } from './accent.js';

/**
 * The answer to `/ping`. `toApiMs` is the whole call of the bot to the API, in which the API measured the other hops one
 * after the other; what they took is subtracted.
 */
export function pingEmbed(ping: Ping, toApiMs: number, t: Translate): EmbedBuilder {
  const measuredByApiMs = ping.hops
    .filter((hop) => hop.from !== 'bot')
    .reduce((sum, { latencyMs }) => sum + Math.max(0, latencyMs), 0);
  const hops = [
    { name: 'bot-api', latencyMs: Math.max(0, toApiMs - measuredByApiMs) },
    ...ping.hops.map(({ from, to, latencyMs }) => ({ name: `${from}-${to}`, latencyMs })),
  ];
  return new EmbedBuilder()
    .setColor(ACCENT_COLOR)
    .setTitle(t('ping.title'))
    .setDescription(t('ping.description'))
    .addFields(
      hops.map(({ name, latencyMs }) => ({
        name: t(`ping.hops.${name}`),
        value: latencyText(latencyMs, t),
        inline: true,
      })),
    )
    .setFooter({ text: t('ping.outbox', { count: ping.outboxDepth }) });
}

/** Discord's latency is -1 before the first heartbeat. */
function latencyText(latencyMs: number, t: Translate): string {
  return latencyMs < 0 ? t('ping.unknownLatency') : `\`${t('ping.latency', { value: latencyMs })}\``;
}
