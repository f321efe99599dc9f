import { nearestLocale, type InteractionContext, type Locale, type Snowflake } from '@guildhall/contracts';
import { type Args, container } from '@sapphire/framework';
import {
  MessageFlags,
  PermissionsBitField,
  type ActionRowBuilder,
  type APIInteractionGuildMember,
  type ButtonBuilder,
  type ChatInputCommandInteraction,
  type EmbedBuilder,
  type GuildMember,
  type Message,
  type PermissionResolvable,
} from 'discord.js';

/** Half of the 3 s that Discord gives for the first answer. */
const DEFER_AFTER_MS = 1_500;

export interface Answer {
  content?: string;
  embeds?: EmbedBuilder[];
  components?: ActionRowBuilder<ButtonBuilder>[];
  /** For the caller's eyes only, as far as Discord allows: an answer to a message is seen by everybody. */
  isPrivate?: boolean;
}

/** A command as somebody called it, by slash or by prefix; a command's code needs to know no more. */
export interface CommandCall {
  kind: 'slash' | 'prefix';
  locale: Locale;
  /** Who calls, where, and with which roles Discord just said they have. */
  context: InteractionContext;
  /** The value of an option; a command that was called by a message asks for its options in their order. */
  option: (name: string) => string | undefined;
  /** Runs work that may be slow; Discord is told in time that an answer will come. */
  patiently: <T>(work: Promise<T>) => Promise<T>;
  answer: (answer: Answer) => Promise<void>;
  /** An answer for the caller's eyes only, as far as Discord allows. */
  whisper: (content: string) => Promise<void>;
}

/** @throws TypeError outside of a guild; commands are registered for guilds only */
export function slashCall(interaction: ChatInputCommandInteraction): CommandCall {
  if (!interaction.inGuild()) throw new TypeError('the interaction has no guild');
  const locale = nearestLocale(interaction.locale);
  const context = contextOf({
    guildId: interaction.guildId,
    userId: interaction.user.id,
    roleIds: rolesOf(interaction.member, interaction.guildId),
    permissions: interaction.memberPermissions,
    locale,
  });
  return {
    kind: 'slash',
    locale,
    context,
    option: (name) => interaction.options.getString(name) ?? undefined,
    patiently: (work) => deferIfSlow(work, () => interaction.deferReply()),
    answer: async ({ isPrivate = false, ...answer }) => {
      if (interaction.deferred) await interaction.editReply(answer);
      else await interaction.reply({ ...answer, ...(isPrivate && { flags: MessageFlags.Ephemeral }) });
    },
    whisper: (content) => whisperTo(interaction, content),
  };
}

/** @throws TypeError outside of a guild */
export function prefixCall(message: Message, args: Args): CommandCall {
  if (!message.inGuild() || !message.member) throw new TypeError('the message has no guild');
  const locale = localeOfMessage(message);
  const context = contextOf({
    guildId: message.guildId,
    userId: message.author.id,
    roleIds: rolesOf(message.member, message.guildId),
    permissions: message.channel.permissionsFor(message.member),
    locale,
  });
  const reply = async ({ isPrivate: _everybodySeesIt, ...answer }: Answer): Promise<void> => {
    await message.reply({ ...answer, failIfNotExists: false });
  };
  return {
    kind: 'prefix',
    locale,
    context,
    option: () => args.next() ?? undefined,
    patiently: (work) => deferIfSlow(work, () => message.channel.sendTyping()),
    answer: reply,
    whisper: (content) => reply({ content }),
  };
}

/** A message carries no language of its author, so the guild's own is spoken: as chosen here, or else on Discord. */
export function localeOfMessage({ guildId, guild }: Message): Locale {
  return container.configurations.of(guildId ?? '', guild?.preferredLocale).locale;
}

/** Answers an interaction for its caller only, whatever was answered or deferred before. */
export async function whisperTo(interaction: ChatInputCommandInteraction, content: string): Promise<void> {
  const flags = MessageFlags.Ephemeral;
  if (!interaction.deferred && !interaction.replied) {
    await interaction.reply({ content, flags });
    return;
  }
  // The public "is thinking…" cannot become private, and the first follow-up would take its place: it goes first.
  if (!interaction.replied) await interaction.deleteReply();
  await interaction.followUp({ content, flags });
}

function rolesOf(member: GuildMember | APIInteractionGuildMember, guildId: string): string[] {
  const ids = Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
  // Everybody has the role that bears the guild's id; Discord does not list it either.
  return ids.filter((id) => id !== guildId);
}

function contextOf(caller: {
  guildId: string;
  userId: string;
  roleIds: string[];
  permissions: PermissionResolvable | null;
  locale: Locale;
}): InteractionContext {
  // Casts: these ids come from Discord, and the API parses the header anyway.
  return {
    guildId: caller.guildId as Snowflake,
    userId: caller.userId as Snowflake,
    roleIds: caller.roleIds as Snowflake[],
    permissions: new PermissionsBitField(caller.permissions ?? []).bitfield.toString(),
    locale: caller.locale,
  };
}

async function deferIfSlow<T>(work: Promise<T>, defer: () => Promise<unknown>): Promise<T> {
  let deferral: Promise<unknown> | undefined;
  const timer = setTimeout(() => {
    deferral = defer();
  }, DEFER_AFTER_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    await deferral;
  }
}
