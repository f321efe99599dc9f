import type { z } from 'zod';

/** An answer Discord would refuse with. @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export class DiscordError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly errors?: FormErrors,
  ) {
    super(message);
  }

  toJSON(): object {
    return { message: this.message, code: this.code, ...(this.errors ? { errors: this.errors } : {}) };
  }
}

/** @see https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit */
export class RateLimited extends DiscordError {
  constructor(
    readonly retryAfterSeconds: number,
    readonly limit: { scope: RateLimitScope },
  ) {
    super(429, 0, 'You are being rate limited.');
  }

  override toJSON(): object {
    return { message: this.message, retry_after: this.retryAfterSeconds, global: this.limit.scope === 'global' };
  }
}

/** Of one caller in one bucket, of one caller altogether, or of a resource whoever calls. */
export type RateLimitScope = 'user' | 'global' | 'shared';

export interface FormErrors {
  _errors?: { code: string; message: string }[];
  [field: string]: FormErrors | { code: string; message: string }[] | undefined;
}

export const unauthorized = () => new DiscordError(401, 0, '401: Unauthorized');
export const missingAccess = () => new DiscordError(403, 50001, 'Missing Access');
export const missingPermissions = () => new DiscordError(403, 50013, 'Missing Permissions');

export const unknown = {
  application: () => new DiscordError(404, 10002, 'Unknown Application'),
  channel: () => new DiscordError(404, 10003, 'Unknown Channel'),
  guild: () => new DiscordError(404, 10004, 'Unknown Guild'),
  member: () => new DiscordError(404, 10007, 'Unknown Member'),
  message: () => new DiscordError(404, 10008, 'Unknown Message'),
  role: () => new DiscordError(404, 10011, 'Unknown Role'),
  user: () => new DiscordError(404, 10013, 'Unknown User'),
  emoji: () => new DiscordError(400, 10014, 'Unknown Emoji'),
  webhook: () => new DiscordError(404, 10015, 'Unknown Webhook'),
  ban: () => new DiscordError(404, 10026, 'Unknown Ban'),
  interaction: () => new DiscordError(404, 10062, 'Unknown interaction'),
  invite: () => new DiscordError(404, 10006, 'Unknown Invite'),
  overwrite: () => new DiscordError(404, 10009, 'Unknown Permission Overwrite'),
  voiceState: () => new DiscordError(404, 10065, 'Unknown Voice State'),
  scheduledEvent: () => new DiscordError(404, 10070, 'Unknown Guild Scheduled Event'),
  // Discord documents no code for it.
  autoModerationRule: () => new DiscordError(404, 0, '404: Not Found'),
  command: () => new DiscordError(404, 10063, 'Unknown application command'),
};

export const refused = {
  alreadyAcknowledged: () => new DiscordError(400, 40060, 'Interaction has already been acknowledged.'),
  editOfForeignMessage: () => new DiscordError(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new DiscordError(400, 50006, 'Cannot send an empty message'),
  directMessage: () => new DiscordError(403, 50007, 'Cannot send messages to this user'),
  channelType: () => new DiscordError(400, 50024, 'Cannot execute action on this channel type'),
  bulkDeleteCount: () =>
    new DiscordError(
      400,
      50016,
      'Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.',
    ),
  oldBulkDelete: () => new DiscordError(400, 50034, 'You can only bulk delete messages that are under 14 days old.'),
  tooManyRoles: () => new DiscordError(400, 30005, 'Maximum number of server roles reached (250)'),
  tooManyChannels: () => new DiscordError(400, 30013, 'Maximum number of server channels reached (500)'),
  tooManyInvites: () => new DiscordError(400, 30016, 'Maximum number of invites reached (1000)'),
  notInVoice: () => new DiscordError(400, 40032, 'Target user is not connected to voice.'),
  invalidRole: () => new DiscordError(400, 50028, 'Invalid Role'),
  archivedThread: () => new DiscordError(400, 50083, 'Thread is archived'),
  secondThread: () => new DiscordError(400, 160004, 'A thread has already been created for this message'),
  lockedThread: () => new DiscordError(403, 160005, 'Thread is locked'),
  bulkBan: () => new DiscordError(400, 500000, 'Failed to ban users'),
  tooManyReactions: () => new DiscordError(400, 30010, 'Maximum number of reactions reached (20)'),
};

/** Refuses what Discord knows and the simulator does not, rather than to accept it in silence. @throws DiscordError 501 */
export function refuseUnserved(body: object, fields: readonly string[]): void {
  const given = fields.filter((field) => ![undefined, null].includes((body as Record<string, null>)[field]));
  if (given.length > 0) throw new DiscordError(501, 0, `501: Not served by the simulator: ${given.join(', ')}`);
}

/** A form error on one field, in Discord's nested shape. @see https://docs.discord.com/developers/reference#error-messages */
export function formError(path: readonly PropertyKey[], code: string, message: string): DiscordError {
  return invalidForm([{ path, code, message }]);
}

interface FieldError {
  path: readonly PropertyKey[];
  code: string;
  message: string;
}

function invalidForm(fields: readonly FieldError[]): DiscordError {
  const errors: FormErrors = {};
  for (const { path, code, message } of fields) {
    let node = errors;
    for (const key of path) node = (node[String(key)] ??= {}) as FormErrors;
    (node._errors ??= []).push({ code, message });
  }
  return new DiscordError(400, 50035, 'Invalid Form Body', errors);
}

/** Renders a failed zod parse as Discord's 50035. */
export function formErrorsOf(error: z.ZodError): DiscordError {
  return invalidForm(error.issues.map((issue) => ({ path: issue.path, ...describe(issue) })));
}

function describe(issue: z.core.$ZodIssue): { code: string; message: string } {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${String(issue.maximum)} or fewer in length.` }
        : { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${String(issue.maximum)}.` };
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${String(issue.minimum)} or more in length.` }
        : {
            code: 'NUMBER_TYPE_MIN',
            message: `int value should be greater than or equal to ${String(issue.minimum)}.`,
          };
    case 'invalid_type':
      return issue.input === undefined
        ? { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
        : { code: 'BASE_TYPE_BAD_TYPE', message: `Could not interpret value as ${issue.expected}.` };
    case 'invalid_value':
      return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${issue.values.map(String).join(', ')}}.` };
    case 'invalid_format':
      return { code: 'STRING_TYPE_REGEX', message: 'String value did not match validation regex.' };
    case 'custom':
      return { code: String(issue.params?.['code'] ?? 'BASE_TYPE_BAD_VALUE'), message: issue.message };
    default:
      return { code: 'BASE_TYPE_BAD_VALUE', message: issue.message };
  }
}

/** Parses a request body; a failure is Discord's 50035. */
export function parseForm<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  // `reportInput` tells a missing field from one of the wrong type.
  const parsed = schema.safeParse(value ?? {}, { reportInput: true });
  if (!parsed.success) throw formErrorsOf(parsed.error);
  return parsed.data;
}
