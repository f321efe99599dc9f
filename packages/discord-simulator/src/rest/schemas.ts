import { z } from 'zod';
import { snowflake } from '../state/model.js';

/** Discord's limits for messages. @see https://docs.discord.com/developers/resources/message#create-message */
export const messageLimits = {
  contentLength: 2_000,
  embeds: 10,
  embedCharacters: 6_000,
  componentRows: 5,
  nonceLength: 25,
} as const;

const text = (maximum: number) => z.string().max(maximum);

const embedField = z.looseObject({
  name: text(256).min(1),
  value: text(1_024).min(1),
  inline: z.boolean().default(false),
});

/** @see https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const embed = z.looseObject({
  title: text(256).optional(),
  description: text(4_096).optional(),
  url: z.string().optional(),
  color: z.number().int().min(0).max(0xffffff).nullish(),
  timestamp: z.string().nullish(),
  footer: z.looseObject({ text: text(2_048) }).optional(),
  author: z.looseObject({ name: text(256) }).optional(),
  fields: z.array(embedField).max(25).optional(),
});

const button = z
  .looseObject({
    type: z.literal(2),
    style: z.number().int().min(1).max(6),
    label: text(80).optional(),
    custom_id: text(100).optional(),
    url: text(512).optional(),
  })
  .refine((it) => (it.style >= 5 ? true : it.custom_id !== undefined), {
    path: ['custom_id'],
    message: 'A custom id is required',
    params: { code: 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED' },
  });

const select = z.looseObject({
  type: z.union([3, 5, 6, 7, 8].map((type) => z.literal(type))),
  custom_id: text(100),
  options: z
    .array(z.looseObject({ label: text(100), value: text(100) }))
    .max(25)
    .optional(),
});

const textInput = z.looseObject({
  type: z.literal(4),
  custom_id: text(100),
  style: z.number().int().min(1).max(2),
  label: text(45).optional(),
});

const row = z.looseObject({
  type: z.literal(1),
  components: z
    .array(z.union([button, select]))
    .min(1)
    .max(5),
});
const modalRow = z.looseObject({
  type: z.union([z.literal(1), z.literal(18)]),
  components: z.array(textInput).length(1).optional(),
});

function embedCharacters(embeds: readonly z.infer<typeof embed>[]): number {
  return embeds
    .flatMap((it) => [
      it.title,
      it.description,
      it.footer?.text,
      it.author?.name,
      ...(it.fields ?? []).flatMap((f) => [f.name, f.value]),
    ])
    .reduce((sum, part) => sum + (part?.length ?? 0), 0);
}

const messageParts = {
  content: text(messageLimits.contentLength).nullish(),
  embeds: z
    .array(embed)
    .max(messageLimits.embeds)
    .refine((embeds) => embedCharacters(embeds) <= messageLimits.embedCharacters, {
      message: `Embed size exceeds maximum size of ${messageLimits.embedCharacters}`,
      params: { code: 'MAX_EMBED_SIZE_EXCEEDED' },
    })
    .nullish(),
  components: z.array(row).max(messageLimits.componentRows).nullish(),
  flags: z.number().int().nonnegative().nullish(),
  allowed_mentions: z
    .looseObject({
      parse: z.array(z.enum(['users', 'roles', 'everyone'])).optional(),
      users: z.array(snowflake).max(100).optional(),
      roles: z.array(snowflake).max(100).optional(),
      replied_user: z.boolean().optional(),
    })
    .nullish(),
};

export const messageCreateBody = z.looseObject({
  ...messageParts,
  tts: z.boolean().optional(),
  nonce: z.union([z.string().max(messageLimits.nonceLength), z.number().int()]).nullish(),
  enforce_nonce: z.boolean().optional(),
  message_reference: z.looseObject({ message_id: snowflake, fail_if_not_exists: z.boolean().optional() }).nullish(),
});

export const messageEditBody = z.looseObject(messageParts);

export const historyQuery = z.looseObject({
  before: snowflake.optional(),
  after: snowflake.optional(),
  around: snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object */
export const interactionCallbackBody = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal(1) }),
  z.looseObject({ type: z.literal(4), data: messageCreateBody }),
  z.looseObject({ type: z.literal(5), data: z.looseObject({ flags: z.number().int().optional() }).optional() }),
  z.looseObject({ type: z.literal(6) }),
  z.looseObject({ type: z.literal(7), data: messageEditBody.optional() }),
  z.looseObject({
    type: z.literal(8),
    data: z.looseObject({
      choices: z.array(z.looseObject({ name: text(100), value: z.union([z.string(), z.number()]) })).max(25),
    }),
  }),
  z.looseObject({
    type: z.literal(9),
    data: z.looseObject({ custom_id: text(100), title: text(45), components: z.array(modalRow).min(1).max(5) }),
  }),
]);

const localizations = z.record(z.string(), z.string().max(100)).nullish();

const commandOption: z.ZodType = z.lazy(() =>
  z.looseObject({
    type: z.number().int().min(1).max(11),
    name: z.string().regex(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u),
    name_localizations: localizations,
    description: z.string().min(1).max(100),
    description_localizations: localizations,
    required: z.boolean().optional(),
    choices: z
      .array(z.looseObject({ name: text(100).min(1), value: z.union([z.string().max(100), z.number()]) }))
      .max(25)
      .optional(),
    options: z.array(commandOption).max(25).optional(),
  }),
);

/** @see https://docs.discord.com/developers/interactions/application-commands#create-global-application-command */
export const commandBody = z
  .looseObject({
    type: z.number().int().min(1).max(4).default(1),
    name: z.string().min(1).max(32),
    name_localizations: localizations,
    description: z.string().max(100).default(''),
    description_localizations: localizations,
    options: z.array(commandOption).max(25).optional(),
    default_member_permissions: z.string().regex(/^\d+$/).nullish(),
    integration_types: z.array(z.number().int().min(0).max(1)).optional(),
    contexts: z.array(z.number().int().min(0).max(2)).nullish(),
    nsfw: z.boolean().optional(),
  })
  .superRefine((command, context) => {
    if (command.type !== 1) return;
    if (
      !/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(command.name) ||
      command.name !== command.name.toLowerCase()
    ) {
      const params = { code: 'APPLICATION_COMMAND_INVALID_NAME' };
      context.addIssue({ code: 'custom', path: ['name'], message: 'Command name is invalid', params });
    }
    if (command.description === '') {
      const params = { code: 'BASE_TYPE_REQUIRED' };
      context.addIssue({ code: 'custom', path: ['description'], message: 'This field is required', params });
    }
  });

export const memberListQuery = z.looseObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(1),
  after: snowflake.default('0'),
});

export const memberSearchQuery = z.looseObject({
  query: z.string().min(1).max(100),
  limit: z.coerce.number().int().min(1).max(1_000).default(1),
});

export const memberPatchBody = z.looseObject({
  nick: text(32).nullish(),
  roles: z.array(snowflake).max(250).nullish(),
  communication_disabled_until: z.iso.datetime({ offset: true }).nullish(),
  mute: z.boolean().nullish(),
  deaf: z.boolean().nullish(),
  channel_id: snowflake.nullish(),
});

export const banListQuery = z.looseObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
  before: snowflake.optional(),
  after: snowflake.optional(),
});

export const banBody = z.looseObject({
  delete_message_seconds: z.number().int().min(0).max(604_800).optional(),
  delete_message_days: z.number().int().min(0).max(7).optional(),
});

export const bulkBanBody = z.looseObject({
  user_ids: z.array(snowflake).min(1).max(200),
  delete_message_seconds: z.number().int().min(0).max(604_800).nullish(),
});

export const bulkDeleteBody = z.looseObject({ messages: z.array(snowflake) });
export const directChannelBody = z.looseObject({ recipient_id: snowflake });
