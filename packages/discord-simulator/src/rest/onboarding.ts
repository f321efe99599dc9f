import { GuildOnboardingMode, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { updateOnboarding } from '../actions/welcome.js';
import type { SimulatorContext } from '../context.js';
import type { OnboardingRecord } from '../state/guild-records.js';
import { type Guild, snowflake } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderOnboarding } from '../views/welcome.js';
import { actorOf, requireGuild, requireGuildPermission } from './access.js';
import { parseForm, refused, unknown } from './errors.js';

const PATH = '/guilds/:guildId/onboarding';
/** What has to be there before onboarding can be enabled. @see https://docs.discord.com/developers/resources/guild#modify-guild-onboarding */
const REQUIRED = { channels: 7, openChannels: 5 };

const optionBody = z.looseObject({
  id: snowflake.nullish(),
  title: z.string().min(1).max(50),
  description: z.string().max(100).nullish(),
  emoji_id: snowflake.nullish(),
  emoji_name: z.string().max(100).nullish(),
  emoji_animated: z.boolean().nullish(),
  role_ids: z.array(snowflake).max(50).nullish(),
  channel_ids: z.array(snowflake).max(50).nullish(),
});
const promptBody = z.looseObject({
  id: snowflake,
  type: z.union([z.literal(0), z.literal(1)]).nullish(),
  title: z.string().min(1).max(100),
  single_select: z.boolean().nullish(),
  required: z.boolean().nullish(),
  in_onboarding: z.boolean().nullish(),
  options: z.array(optionBody).min(1).max(50),
});
const onboardingBody = z.looseObject({
  prompts: z.array(promptBody).max(15).nullish(),
  default_channel_ids: z.array(snowflake).max(500).nullish(),
  enabled: z.boolean().nullish(),
  mode: z.union([z.literal(0), z.literal(1)]).nullish(),
});

type Prompt = OnboardingRecord['prompts'][number];

/** @see https://docs.discord.com/developers/resources/guild#guild-onboarding-object */
export function onboardingRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get(PATH, (request) => renderOnboarding(requireGuild(world, request)));

  app.put(PATH, (request) => {
    requireGuildPermission(world, request, Permission.ManageGuild);
    const guild = requireGuildPermission(world, request, Permission.ManageRoles);
    const { onboarding: before } = guild;
    const body = parseForm(onboardingBody, request.body);
    const onboarding: OnboardingRecord = {
      isEnabled: body.enabled ?? before.isEnabled,
      mode: body.mode ?? before.mode,
      defaultChannelIds: [...new Set(body.default_channel_ids ?? before.defaultChannelIds)],
      prompts: body.prompts?.map((prompt) => promptFrom(world, before, prompt)) ?? before.prompts,
    };
    requireKnown(guild, onboarding);
    if (onboarding.isEnabled && !meetsRequirements(guild, onboarding))
      throw before.isEnabled ? refused.onboardingBelowRequirements() : refused.onboardingRequirements();
    updateOnboarding(world, guild, onboarding, actorOf(request));
    return renderOnboarding(guild);
  });

  // What the server guide shows: nothing sets it up over the API, and there is none by default.
  app.get('/guilds/:guildId/new-member-welcome', (request, reply) => {
    requireGuild(world, request);
    return reply.code(204).send();
  });
}

/** Prompts and options that are known by their id keep it, others get one. */
function promptFrom(world: World, { prompts }: OnboardingRecord, body: z.infer<typeof promptBody>): Prompt {
  const known = prompts.find(({ id }) => id === body.id);
  return {
    id: known?.id ?? world.snowflakes.next(),
    type: body.type ?? 0,
    title: body.title,
    isSingleSelect: body.single_select ?? false,
    isRequired: body.required ?? false,
    isInOnboarding: body.in_onboarding ?? false,
    options: body.options.map((option) => ({
      id: known?.options.find(({ id }) => id === option.id)?.id ?? world.snowflakes.next(),
      title: option.title,
      description: option.description ?? '',
      emojiId: option.emoji_id ?? null,
      emojiName: option.emoji_name ?? null,
      isEmojiAnimated: option.emoji_animated ?? false,
      roleIds: option.role_ids ?? [],
      channelIds: option.channel_ids ?? [],
    })),
  };
}

function requireKnown(guild: Guild, { defaultChannelIds, prompts }: OnboardingRecord): void {
  const options = prompts.flatMap((prompt) => prompt.options);
  const channelIds = [...defaultChannelIds, ...options.flatMap((option) => option.channelIds)];
  if (channelIds.some((id) => !guild.channels.has(id))) throw unknown.channel();
  for (const id of options.flatMap((option) => option.roleIds)) {
    const role = guild.roles.get(id);
    if (!role) throw unknown.role();
    if (role.botId !== null || role.id === guild.id) throw refused.invalidRole();
  }
}

function meetsRequirements(guild: Guild, { mode, defaultChannelIds, prompts }: OnboardingRecord): boolean {
  const offered = prompts.flatMap(({ options }) => options.flatMap((option) => option.channelIds));
  const isAdvanced = mode === (GuildOnboardingMode.OnboardingAdvanced as number);
  const counted = new Set([...defaultChannelIds, ...(isAdvanced ? offered : [])]);
  const open = [...counted].filter((id) => isOpenToAll(guild, id));
  return counted.size >= REQUIRED.channels && open.length >= REQUIRED.openChannels;
}

/** Whether `@everyone` may write in a channel. */
function isOpenToAll(guild: Guild, channelId: string): boolean {
  const needed = Permission.ViewChannel | Permission.SendMessages;
  const overwrite = guild.channels.get(channelId)?.overwrites.find(({ id }) => id === guild.id);
  const base = BigInt(guild.roles.get(guild.id)?.permissions ?? 0);
  const held = (base & ~BigInt(overwrite?.deny ?? 0)) | BigInt(overwrite?.allow ?? 0);
  return (held & needed) === needed;
}
