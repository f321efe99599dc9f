import type { z } from 'zod';
import { typeChoices } from './form-fields.js';

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
  template: () => new DiscordError(404, 10057, 'Unknown Guild Template'),
  // In a path; in a reaction it is a 400.
  storedEmoji: () => new DiscordError(404, 10014, 'Unknown Emoji'),
  sticker: () => new DiscordError(404, 10060, 'Unknown Sticker'),
  stickerPack: () => new DiscordError(404, 10061, 'Unknown Sticker Pack'),
  welcomeScreen: () => new DiscordError(404, 10069, 'Unknown Guild Welcome Screen'),
  sound: () => new DiscordError(404, 10097, 'Unknown sound'),
  integration: () => new DiscordError(404, 10005, 'Unknown Integration'),
  entitlement: () => new DiscordError(404, 10029, 'Unknown Entitlement'),
  inviteTargets: () => new DiscordError(404, 10129, 'Unknown Invite Target Users'),
  inviteTargetsJob: () => new DiscordError(404, 10124, 'Unknown Invite Target Users Job'),
  stageInstance: () => new DiscordError(404, 10067, 'Unknown Stage Instance'),
  scheduledEvent: () => new DiscordError(404, 10070, 'Unknown Guild Scheduled Event'),
  // Discord documents no code for it.
  autoModerationRule: () => new DiscordError(404, 0, '404: Not Found'),
  command: () => new DiscordError(404, 10063, 'Unknown application command'),
  commandPermissions: () => new DiscordError(404, 10066, 'Unknown application command permissions'),
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
  tooManyGuilds: () => new DiscordError(400, 30001, 'Maximum number of guilds reached (100)'),
  tooManyEmojis: (maximum: number) => new DiscordError(400, 30008, `Maximum number of emojis reached (${maximum})`),
  tooManyAnimatedEmojis: () => new DiscordError(400, 30018, 'Maximum number of animated emojis reached (50)'),
  secondTemplate: () => new DiscordError(400, 30031, 'Guild already has a template'),
  tooManyStickers: () => new DiscordError(400, 30039, 'Maximum number of stickers reached (5)'),
  tooManySounds: () => new DiscordError(400, 30045, 'Maximum number of soundboard sounds reached (8)'),
  featureDisabled: () => new DiscordError(403, 40006, 'This feature has been temporarily disabled'),
  bannedFromGuild: () => new DiscordError(403, 40007, 'The user is banned from this guild.'),
  widgetDisabled: () => new DiscordError(403, 50004, 'Guild widget disabled'),
  invalidAccessToken: () => new DiscordError(400, 50025, 'Invalid OAuth2 access token'),
  fileTooLarge: () => new DiscordError(400, 50045, 'File uploaded exceeds the maximum size'),
  invalidFile: () => new DiscordError(400, 50046, 'Invalid file uploaded'),
  moreBoosts: () => new DiscordError(403, 50101, 'This server needs more boosts to perform this action'),
  invalidFileType: () => new DiscordError(400, 50123, 'The provided file type is invalid.'),
  soundTooLong: () => new DiscordError(400, 50124, 'The provided file duration exceeds maximum of 5.2 seconds.'),
  soundWithoutDuration: () => new DiscordError(400, 50192, 'The provided file does not have a valid duration.'),
  communityChannelType: () => new DiscordError(400, 50086, 'Community server channels must be text channels'),
  unresizable: (maxBytes: number) =>
    new DiscordError(400, 50138, `Failed to resize asset below the maximum size: ${maxBytes}`),
  voiceEffect: () =>
    new DiscordError(400, 50167, 'Cannot send voice effect when user is server muted, deafened, or suppressed'),
  onboardingRequirements: () => new DiscordError(400, 350000, 'Cannot enable onboarding, requirements are not met'),
  onboardingBelowRequirements: () => new DiscordError(400, 350001, 'Cannot update onboarding while below requirements'),
  tooManyWebhooks: () => new DiscordError(400, 30007, 'Maximum number of webhooks reached (15)'),
  tooManyCommands: (limit: number) =>
    new DiscordError(400, 30032, `Maximum number of application commands reached (${limit}).`),
  duplicateCommand: () => new DiscordError(400, 40041, 'An application command with that name already exists'),
  tooManyFollowUps: () =>
    new DiscordError(400, 40094, 'This interaction has hit the maximum number of follow up messages'),
  forbiddenToBots: () => new DiscordError(403, 20001, 'Bots cannot use this endpoint'),
  missingScope: () => new DiscordError(403, 50026, 'Missing required OAuth2 scope'),
  webhookToken: () => new DiscordError(401, 50027, 'Invalid Webhook Token'),
  webhookThread: {
    missing: () =>
      new DiscordError(400, 220001, 'Webhooks posted to forum channels must have a thread_name or thread_id'),
    both: () =>
      new DiscordError(400, 220002, 'Webhooks posted to forum channels cannot have both a thread_name and thread_id'),
    elsewhere: () => new DiscordError(400, 220003, 'Webhooks can only create threads in forum channels'),
  },
  bulkBan: () => new DiscordError(400, 500000, 'Failed to ban users'),
  tooHighBitrate: () => new DiscordError(400, 30052, 'Bitrate is too high for channel of this type'),
  tooManyPinnedPosts: () =>
    new DiscordError(400, 30047, 'Maximum number of pinned threads in a forum channel has been reached'),
  tooManyThreadMembers: () => new DiscordError(400, 30033, 'Max number of thread participants has been reached (1000)'),
  tooManyActiveThreads: () => new DiscordError(400, 160006, 'Maximum number of active threads reached'),
  openStage: () => new DiscordError(400, 150006, 'The Stage is already open'),
  communityChannel: () => new DiscordError(400, 50074, 'Cannot delete a channel required for Community guilds'),
  tooManyEvents: () =>
    new DiscordError(400, 30038, 'Maximum number of uncompleted guild scheduled events reached (100)'),
  finishedEvent: () => new DiscordError(400, 180000, 'Cannot update a finished event'),
  takenStage: () => new DiscordError(400, 180002, 'Failed to create stage needed for stage event'),
  foreignApplication: () =>
    new DiscordError(403, 20012, 'You are not authorized to perform this action on this application'),
  ownGuild: () => new DiscordError(400, 50055, 'Invalid Guild'),
  oneParentAtATime: () => new DiscordError(400, 40009, 'Only one channel can have a parent id modified at a time'),
  forumMessage: () => new DiscordError(400, 40058, 'Cannot send a message in a forum channel'),
  equalTagNames: () => new DiscordError(400, 40061, 'Tag names must be unique'),
  noOpenTags: () => new DiscordError(400, 40066, 'There are no tags available that can be set by non-moderators'),
  tagRequired: () => new DiscordError(400, 40067, 'A tag is required to create a forum post in this channel'),
  unknownTag: () => new DiscordError(404, 10087, 'Unknown tag'),
  tooManyAttachments: () => new DiscordError(400, 30015, 'Maximum number of attachments in a message reached (10)'),
  tooManyPins: () => new DiscordError(400, 30003, 'Maximum number of pins reached for the channel (250)'),
  entityTooLarge: () => new DiscordError(413, 40005, 'Request entity too large'),
  systemMessage: () => new DiscordError(403, 50021, 'Cannot execute action on a system message'),
  sticker: () => new DiscordError(400, 50081, 'Invalid sticker sent'),
  voiceMessageContent: () => new DiscordError(400, 50159, 'Voice messages do not support additional content.'),
  voiceMessageFile: () => new DiscordError(400, 50160, 'Voice messages must have a single audio attachment.'),
  voiceMessageMetadata: () => new DiscordError(400, 50161, 'Voice messages must have supporting metadata.'),
  voiceMessageEdit: () => new DiscordError(400, 50162, 'Voice messages cannot be edited.'),
  voiceMessage: () => new DiscordError(403, 50173, 'You cannot send voice messages in this channel.'),
  replyWithoutHistory: () => new DiscordError(403, 160002, 'Cannot reply without permission to read message history'),
  referenceWithoutHistory: () =>
    new DiscordError(403, 160009, 'Cannot reference a message without permission to read message history'),
  nsfwReference: () => new DiscordError(400, 160010, 'NSFW channel message reference not allowed'),
  messageType: () => new DiscordError(400, 50068, 'Invalid message type'),
  pollEmoji: () => new DiscordError(400, 520004, 'Cannot use an emoji included with the poll'),
  forwardOfUnreadable: () =>
    new DiscordError(403, 160014, 'You cannot forward a message whose content you cannot read.'),
  alreadyCrossposted: () => new DiscordError(400, 40033, 'This message has already been crossposted.'),
  directChannel: () => new DiscordError(403, 50003, 'Cannot execute action on a DM channel'),
  pollExpired: () => new DiscordError(400, 520001, 'Poll expired'),
  pollEdit: () => new DiscordError(400, 520003, 'Cannot edit a poll message'),
  noPoll: () => new DiscordError(400, 520006, 'Cannot expire a non-poll message'),
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

export interface FieldError {
  path: readonly PropertyKey[];
  code: string;
  message: string;
}

/** Form errors on several fields. */
export function invalidForm(fields: readonly FieldError[]): DiscordError {
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
  return invalidForm(error.issues.map((issue) => ({ path: pathOf(issue), ...describe(issue) })));
}

/** An unknown type is a fault of the whole object, not of its `type`. */
function pathOf(issue: z.core.$ZodIssue): PropertyKey[] {
  return 'options' in issue ? issue.path.slice(0, -1) : issue.path;
}

function describe(issue: z.core.$ZodIssue): { code: string; message: string } {
  switch (issue.code) {
    case 'invalid_union':
      return 'options' in issue
        ? { code: 'UNION_TYPE_CHOICES', message: typeChoices(issue.options as unknown[]) }
        : { code: 'BASE_TYPE_BAD_VALUE', message: issue.message };
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
