import type { Command } from '@sapphire/framework';
import { container } from '@sapphire/framework';
import { VERSION } from '@guildhall/process';
import { EmbedBuilder, time, TimestampStyles } from 'discord.js';
import type { CommandCall } from '../../../commands/command-call.js';
import { GuildhallCommand } from '../../../commands/guildhall-command.js';
import { translator } from '../../../i18n.js';
import { ACCENT_COLOR } from '../accent.js';
import { linkButtons } from '../links.js';

/** Tells what this bot is and how it is. */
export class InfoCommand extends GuildhallCommand {
  constructor(context: Command.LoaderContext) {
    super(context, { name: 'info' });
  }

  protected override async run(call: CommandCall): Promise<void> {
    const { client, configurations } = container;
    const t = translator(call.locale);
    const startedAt = new Date(Date.now() - process.uptime() * 1000);
    const { prefix } = configurations.of(call.context.guildId);
    const facts = {
      version: `\`${VERSION}\``,
      running: time(startedAt, TimestampStyles.RelativeTime),
      guilds: t('info.count', { value: client.guilds.cache.size }),
      shards: t('info.count', { value: client.ws.shards.size }),
      latency: client.ws.ping < 0 ? t('ping.unknownLatency') : t('ping.latency', { value: client.ws.ping }),
      prefix: `\`${prefix}\``,
    };
    const embed = new EmbedBuilder()
      .setColor(ACCENT_COLOR)
      .setTitle('Guildhall')
      .setDescription(t('info.description'))
      .addFields(Object.entries(facts).map(([name, value]) => ({ name: t(`info.${name}`), value, inline: true })));
    const { webUrl } = configurations;
    const links = webUrl === undefined ? [] : [{ label: t('info.website'), url: webUrl }];
    await call.answer({ embeds: [embed], components: linkButtons(links) });
  }
}
