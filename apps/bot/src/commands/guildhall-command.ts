import { LOCALES } from '@guildhall/contracts';
import { type Args, Command, CommandOptionsRunTypeEnum, container } from '@sapphire/framework';
import {
  ApplicationIntegrationType,
  InteractionContextType,
  type ChatInputCommandInteraction,
  type Message,
  type SlashCommandBuilder,
} from 'discord.js';
import type { ApiClient } from '../api-client.js';
import type { GuildConfigurations } from '../configuration/guild-configurations.js';
import { localizations, translator } from '../i18n.js';
import type { Metrics } from '../metrics.js';
import { prefixCall, slashCall, type CommandCall } from './command-call.js';

declare module '@sapphire/pieces' {
  interface Container {
    api: ApiClient;
    configurations: GuildConfigurations;
    metrics: Metrics;
    botId: string;
  }
}

/**
 * A command with one definition for both ways to call it. Its name and description are in the locale files under
 * `commands.<name>`; a subclass gives the name and says in `run` what happens. By message it answers to its name in every
 * language.
 */
export abstract class GuildhallCommand extends Command {
  constructor(context: Command.LoaderContext, options: Command.Options & { name: string }) {
    const description = translator('en')(`commands.${options.name}.description`);
    const aliases = LOCALES.map((locale) => translator(locale)(`commands.${options.name}.name`));
    super(context, {
      description,
      aliases: aliases.filter((alias) => alias !== options.name),
      runIn: CommandOptionsRunTypeEnum.GuildAny,
      ...options,
    });
  }

  /** Does the work and answers. @throws ApiProblem, which the caller is told in their language */
  protected abstract run(call: CommandCall): Promise<void>;

  /** Adds the command's own options. */
  protected build(builder: SlashCommandBuilder): SlashCommandBuilder {
    return builder;
  }

  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) =>
      this.build(
        builder
          .setName(this.name)
          .setNameLocalizations(localizations(`commands.${this.name}.name`))
          .setDescription(this.description)
          .setDescriptionLocalizations(localizations(`commands.${this.name}.description`))
          .setContexts(InteractionContextType.Guild)
          .setIntegrationTypes(ApplicationIntegrationType.GuildInstall),
      ),
    );
  }

  override chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    return this.#measured(slashCall(interaction));
  }

  override messageRun(message: Message, args: Args): Promise<void> {
    return this.#measured(prefixCall(message, args));
  }

  async #measured(call: CommandCall): Promise<void> {
    const { metrics } = container;
    const stopTimer = metrics.commandSeconds.startTimer({ command: this.name });
    const count = (outcome: string) => metrics.commands.inc({ command: this.name, kind: call.kind, outcome });
    try {
      await this.run(call);
      count('ok');
    } catch (error) {
      count('failed');
      throw error;
    } finally {
      stopTimer();
    }
  }
}
