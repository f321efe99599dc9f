import { LOCALES, type Locale, modules, nearestLocale } from '@guildhall/contracts';
import type { Command } from '@sapphire/framework';
import { container } from '@sapphire/framework';
import { type AutocompleteInteraction, EmbedBuilder, type SlashCommandBuilder } from 'discord.js';
import type { CommandCall } from '../../../commands/command-call.js';
import { GuildhallCommand } from '../../../commands/guildhall-command.js';
import { localizations, type Translate, translator } from '../../../i18n.js';
import { ACCENT_COLOR } from '../accent.js';

/** Discord shows so many suggestions. @see https://discord.com/developers/docs/interactions/application-commands */
const MAX_SUGGESTIONS = 25;

/** Lists the commands of the modules that are on in the guild, or explains one of them. */
export class HelpCommand extends GuildhallCommand {
  constructor(context: Command.LoaderContext) {
    super(context, { name: 'help' });
  }

  protected override build(builder: SlashCommandBuilder): SlashCommandBuilder {
    builder.addStringOption((option) =>
      option
        .setName('command')
        .setNameLocalizations(localizations('commands.help.options.command.name'))
        .setDescription(translator('en')('commands.help.options.command.description'))
        .setDescriptionLocalizations(localizations('commands.help.options.command.description'))
        .setAutocomplete(true),
    );
    return builder;
  }

  override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const locale = nearestLocale(interaction.locale);
    const typed = interaction.options.getFocused().toLowerCase();
    const matching = commandsOf(interaction.guildId ?? '')
      .map((name) => ({ name: translator(locale)(`commands.${name}.name`), value: name }))
      .filter(({ name, value }) => name.includes(typed) || value.includes(typed));
    await interaction.respond(matching.slice(0, MAX_SUGGESTIONS));
  }

  protected override async run(call: CommandCall): Promise<void> {
    const t = translator(call.locale);
    const { guildId } = call.context;
    const { prefix } = container.configurations.of(guildId);
    const asked = call.option('command');
    if (asked === undefined) {
      await call.answer({ embeds: [overview({ guildId, prefix, t })], isPrivate: true });
      return;
    }
    const command = named(asked, commandsOf(guildId), prefix);
    if (command === undefined) await call.whisper(t('help.unknown', { name: asked.slice(0, 32), prefix }));
    else await call.answer({ embeds: [details(command, { prefix, locale: call.locale, t })], isPrivate: true });
  }
}

/** The commands of the modules that are on. */
function commandsOf(guildId: string): string[] {
  return modulesOf(guildId).flatMap(({ commands }) => [...commands]);
}

function modulesOf(guildId: string) {
  const { disabledModules } = container.configurations.of(guildId);
  return modules.filter(({ id }) => !disabledModules.includes(id));
}

function overview({ guildId, prefix, t }: { guildId: string; prefix: string; t: Translate }): EmbedBuilder {
  const lines = (commands: readonly string[]) =>
    commands.map((name) => `**/${t(`commands.${name}.name`)}** · ${t(`commands.${name}.description`)}`).join('\n');
  return new EmbedBuilder()
    .setColor(ACCENT_COLOR)
    .setTitle(t('help.title'))
    .setDescription(t('help.description', { prefix }))
    .addFields(modulesOf(guildId).map(({ id, commands }) => ({ name: t(`modules.${id}`), value: lines(commands) })));
}

function details(
  command: string,
  { prefix, locale, t }: { prefix: string; locale: Locale; t: Translate },
): EmbedBuilder {
  const name = t(`commands.${command}.name`);
  const usage = t(`commands.${command}.usage`, { defaultValue: '' });
  const ways = [`/${name}`, `${prefix}${name}`].map((way) => `\`${[way, usage].filter(Boolean).join(' ')}\``);
  const others = LOCALES.filter((other) => other !== locale)
    .map((other) => translator(other)(`commands.${command}.name`))
    .filter((other) => other !== name);
  const embed = new EmbedBuilder()
    .setColor(ACCENT_COLOR)
    .setTitle(`/${name}`)
    .setDescription(t(`commands.${command}.description`))
    .addFields({ name: t('help.usage'), value: ways.join('\n') });
  return others.length === 0 ? embed : embed.addFields({ name: t('help.aliases'), value: others.join(', ') });
}

/** The command that somebody means, by any of its names, written with or without what begins a command. */
function named(asked: string, commands: readonly string[], prefix: string): string | undefined {
  const name = (asked.startsWith(prefix) ? asked.slice(prefix.length) : asked).replace(/^\//, '').toLowerCase();
  return commands.find((command) =>
    [command, ...LOCALES.map((locale) => translator(locale)(`commands.${command}.name`))].includes(name),
  );
}
