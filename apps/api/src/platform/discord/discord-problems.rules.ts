import { DiscordAPIError, HTTPError } from '@discordjs/rest';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { z } from 'zod';
import { DomainError } from '../problems/domain-error.js';

interface FieldError {
  path: string;
  message: string;
}

/**
 * The problem in what Discord answered, or in that it did not.
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes
 */
export function problemOfDiscord(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof DiscordAPIError) return refusal(error);
  const detail = error instanceof HTTPError ? `Discord answered with ${error.status}.` : 'Discord cannot be reached.';
  return new DomainError('discord-unavailable', { detail, logLevel: 'warn', cause: error });
}

function refusal(error: DiscordAPIError): DomainError {
  const discordCode = Number(error.code) || undefined;
  const options = { cause: error, ...(discordCode !== undefined && { discordCode }) };
  if (error.status === 401) {
    const detail = 'Discord refused the token of the bot. An administrator has to correct DISCORD_TOKEN.';
    return new DomainError('discord-unavailable', { ...options, detail, logLevel: 'error' });
  }
  if (error.status === 429) {
    return new DomainError('discord-unavailable', { ...options, detail: 'Discord asks for patience.' });
  }
  if (discordCode === RESTJSONErrorCodes.InvalidFormBodyOrContentType) {
    return new DomainError('validation-failed', { ...options, errors: fieldErrors(error) });
  }
  if (isUnknownThing(error.status, discordCode)) {
    return new DomainError('not-found', { ...options, detail: `Discord says: ${messageOf(error)}.` });
  }
  const missing = discordCode === undefined ? undefined : missingPermission[discordCode];
  if (missing !== undefined) return new DomainError('discord-missing-permission', { ...options, detail: missing });
  return new DomainError('discord-refused', { ...options, detail: `Discord says: ${messageOf(error)}.` });
}

const missingPermission: Readonly<Record<number, string>> = {
  [RESTJSONErrorCodes.MissingPermissions]:
    'The bot lacks a permission for this on Discord, or its highest role is not above what it should act on.',
  [RESTJSONErrorCodes.MissingAccess]: 'The bot has no access to this on Discord.',
};

/** Codes of five digits that begin with 10 are "Unknown …". */
function isUnknownThing(status: number, discordCode: number | undefined): boolean {
  return status === 404 || (discordCode !== undefined && discordCode >= 10_000 && discordCode < 11_000);
}

function messageOf({ rawError }: DiscordAPIError): string {
  return 'message' in rawError ? rawError.message.replace(/\.$/, '') : rawError.error;
}

/** Names that differ by more than their spelling; all others are ours with underscores. */
const ourNames: Readonly<Record<string, string>> = { nick: 'nickname', communication_disabled_until: 'until' };

function fieldErrors({ rawError }: DiscordAPIError): FieldError[] {
  const errors = 'errors' in rawError ? flatten(rawError.errors, []) : [];
  return errors.length > 0 ? errors : [{ path: '', message: 'Discord does not accept this.' }];
}

const messagesSchema = z.object({ _errors: z.array(z.object({ message: z.string() })) });
const nodeSchema = z.record(z.string(), z.unknown());

/** Discord nests the messages along the path of the field. @see https://discord.com/developers/docs/reference#error-messages */
function flatten(value: unknown, path: readonly string[]): FieldError[] {
  const leaf = messagesSchema.safeParse(value);
  if (leaf.success) return leaf.data._errors.map(({ message }) => ({ path: path.join('.'), message }));
  const node = nodeSchema.safeParse(value);
  if (!node.success) return [];
  return Object.entries(node.data).flatMap(([name, child]) =>
    flatten(child, [...path, ourNames[name] ?? camelCase(name)]),
  );
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
