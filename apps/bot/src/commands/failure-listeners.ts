import {
  Events,
  Listener,
  container,
  type ChatInputCommandDeniedPayload,
  type ChatInputCommandErrorPayload,
  type MessageCommandErrorPayload,
  type UserError,
} from '@sapphire/framework';
import { nearestLocale } from '@guildhall/contracts';
import type { Logger } from 'pino';
import { localeOfMessage, whisperTo } from './command-call.js';
import { denialText, failureText } from './failures.js';

declare module '@sapphire/pieces' {
  interface Container {
    pino: Logger;
  }
}

/** Tells somebody that their slash command failed. */
export class ChatInputFailureListener extends Listener<typeof Events.ChatInputCommandError> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ChatInputCommandError });
  }

  override async run(error: unknown, { interaction, command }: ChatInputCommandErrorPayload): Promise<void> {
    const logger = container.pino.child({ command: command.name, guildId: interaction.guildId });
    await whisperTo(interaction, failureText(error, nearestLocale(interaction.locale), logger));
  }
}

/** Tells somebody that their prefix command failed. */
export class MessageFailureListener extends Listener<typeof Events.MessageCommandError> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.MessageCommandError });
  }

  override async run(error: unknown, { message, command }: MessageCommandErrorPayload): Promise<void> {
    const logger = container.pino.child({ command: command.name, guildId: message.guildId });
    const content = failureText(error, localeOfMessage(message), logger);
    await message.reply({ content, failIfNotExists: false });
  }
}

/** Tells somebody why their slash command was not run; a denied prefix command stays silent, to feed no abuse. */
export class ChatInputDeniedListener extends Listener<typeof Events.ChatInputCommandDenied> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ChatInputCommandDenied });
  }

  override async run(error: UserError, { interaction }: ChatInputCommandDeniedPayload): Promise<void> {
    const content = denialText(error, nearestLocale(interaction.locale));
    if (content !== undefined) await whisperTo(interaction, content);
  }
}
