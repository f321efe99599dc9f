import type { Command } from '@sapphire/framework';
import { container } from '@sapphire/framework';
import { EmbedBuilder } from 'discord.js';
import { ApiProblem } from '../../../api-client.js';
import type { CommandCall } from '../../../commands/command-call.js';
import { GuildhallCommand } from '../../../commands/guildhall-command.js';
import { translator } from '../../../i18n.js';
import { ACCENT_COLOR } from '../accent.js';
import { linkButtons } from '../links.js';

/** Leads to the guild's page of the dashboard. */
export class DashboardCommand extends GuildhallCommand {
  constructor(context: Command.LoaderContext) {
    super(context, { name: 'dashboard' });
  }

  protected override async run(call: CommandCall): Promise<void> {
    const { webUrl } = container.configurations;
    if (webUrl === undefined) throw new ApiProblem('unavailable', 'the API has not said where it is', undefined);
    const t = translator(call.locale);
    const url = new URL(`guilds/${call.context.guildId}`, `${webUrl.replace(/\/$/, '')}/`).href;
    const embed = new EmbedBuilder()
      .setColor(ACCENT_COLOR)
      .setTitle(t('dashboard.title'))
      .setDescription(`${t('dashboard.description')}\n${url}`);
    await call.answer({ embeds: [embed], components: linkButtons([{ label: t('dashboard.open'), url }]) });
  }
}
