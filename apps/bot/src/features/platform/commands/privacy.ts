import type { Command } from '@sapphire/framework';
import { container } from '@sapphire/framework';
import { EmbedBuilder } from 'discord.js';
import type { CommandCall } from '../../../commands/command-call.js';
import { GuildhallCommand } from '../../../commands/guildhall-command.js';
import { translator } from '../../../i18n.js';
import { ACCENT_COLOR } from '../accent.js';
import { linkButtons } from '../links.js';

/** Tells a person what is stored about them in this guild, for how long, and how to get or erase it. */
export class PrivacyCommand extends GuildhallCommand {
  constructor(context: Command.LoaderContext) {
    super(context, { name: 'privacy' });
  }

  protected override async run(call: CommandCall): Promise<void> {
    const { configurations } = container;
    const t = translator(call.locale);
    const { messageContent, messageRetentionDays } = configurations.of(call.context.guildId);
    const retention =
      messageRetentionDays === null ? t('privacy.kept') : t('privacy.retention', { count: messageRetentionDays });
    const account = configurations.webUrl && new URL('account', `${configurations.webUrl.replace(/\/$/, '')}/`).href;
    const embed = new EmbedBuilder()
      .setColor(ACCENT_COLOR)
      .setTitle(t('privacy.title'))
      .addFields(
        { name: t('privacy.profile'), value: t('privacy.profileText') },
        {
          name: t('privacy.messages'),
          value: [t(`privacy.modes.${messageContent}`), ...(messageContent === 'off' ? [] : [retention])].join(' '),
        },
        { name: t('privacy.never'), value: t('privacy.neverText') },
        { name: t('privacy.rights'), value: [t('privacy.rightsText'), ...(account ? [account] : [])].join('\n') },
      );
    const components = linkButtons(account ? [{ label: t('privacy.account'), url: account }] : []);
    await call.answer({ embeds: [embed], components, isPrivate: true });
  }
}
