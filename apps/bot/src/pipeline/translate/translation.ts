import type { BotEvent, MessageContentMode } from '@guildhall/contracts';

/** What a translator makes of a dispatch: everything of the event but what all events have in common. */
export type Translation = {
  [T in BotEvent['type']]: Omit<Extract<BotEvent, { type: T }>, 'id' | 'timestamp' | 'guildId'> & { guildId: string };
}[BotEvent['type']];

/** What the translation of a message needs to know beyond the message itself. */
export interface MessageContext {
  /** Without the privileged intent Discord sends empty content, which must not pass for an empty message. */
  hasMessageContent: boolean;
  /** How much of a guild's messages its administrators let us keep. */
  messageContentOf: (guildId: string) => MessageContentMode;
}

/** What a translator may need to know beyond the dispatch itself. */
export interface TranslationContext extends MessageContext {
  /** Whether this is the guild's first GUILD_CREATE after READY, which tells about a guild the bot was in already. */
  isInitialGuild: (guildId: string) => boolean;
}
