import { z } from 'zod';
import { emojiRecord } from './guild-records.js';
import { applicationRecord, commandRecord, entitlementRecord, grantRecord } from './application-records.js';
import { channelRecord } from './channel-records.js';
import { type Guild, guildRecord, presenceRecord, snowflake, userRecord } from './model.js';
import type { World } from './world.js';

/** Records per piece: some milliseconds of work. */
const PIECE_SIZE = 1_000;

export const stateFile = z.object({
  version: z.literal(1),
  users: z.array(userRecord),
  guilds: z.array(guildRecord),
  channels: z.array(channelRecord),
  applications: z.array(applicationRecord),
  commands: z.array(commandRecord),
  grants: z.array(grantRecord),
  presences: z.array(z.tuple([snowflake, presenceRecord])),
  // States stored by earlier versions lack these.
  entitlements: z.array(entitlementRecord).default([]),
  applicationEmojis: z.array(z.tuple([snowflake, z.array(emojiRecord)])).default([]),
});

/**
 * The world as JSON, in pieces between which it may go on changing: what refers to something comes before that, so that nothing refers
 * to what is missing.
 */
export function* snapshotPieces(world: World): Generator<string> {
  yield '{"version":1,"channels":';
  yield* arrayPieces(allChannels(world));
  yield ',"guilds":[';
  let separator = '';
  for (const guild of world.guilds.values()) {
    yield `${separator}${JSON.stringify(guildWithoutMembers(guild)).slice(0, -1)},"members":`;
    yield* arrayPieces(guild.members.values());
    yield '}';
    separator = ',';
  }
  yield '],"users":';
  yield* arrayPieces(world.users.values());
  yield ',"presences":';
  yield* arrayPieces(world.presences);
  const applications = [...world.applications.values()];
  const applicationEmojis = [...world.applicationEmojis];
  const [commands, grants] = [[...world.commands.values()], [...world.grants.values()]];
  const entitlements = [...world.entitlements.values()];
  const rest = { applications, applicationEmojis, commands, grants, entitlements };
  yield `,${JSON.stringify(rest).slice(1)}`;
}

function* arrayPieces(items: Iterable<unknown>): Generator<string> {
  let batch: unknown[] = [];
  let separator = '[';
  const flush = () => {
    const piece = separator + JSON.stringify(batch).slice(1, -1);
    batch = [];
    separator = ',';
    return piece;
  };
  for (const item of items) if (batch.push(item) === PIECE_SIZE) yield flush();
  if (batch.length > 0 || separator === '[') yield flush();
  yield ']';
}

function guildWithoutMembers(whole: Guild): object {
  const { clock: _clock, members: _members, channels: _channels, threads: _threads, ...guild } = whole;
  return {
    ...guild,
    roles: [...guild.roles.values()],
    bans: [...guild.bans.values()],
    voiceStates: [...guild.voiceStates.values()],
    invites: [...guild.invites.values()],
    scheduledEvents: [...guild.scheduledEvents.values()],
    autoModerationRules: [...guild.autoModerationRules.values()],
    stageInstances: [...guild.stageInstances.values()],
  };
}

/** Channels and threads of all guilds, and the direct ones. */
export function* allChannels(world: World) {
  for (const guild of world.guilds.values()) {
    yield* guild.channels.values();
    yield* guild.threads.values();
  }
  yield* world.directChannels.values();
}

/** Puts a stored world into an empty one. */
export function restore(world: World, state: z.infer<typeof stateFile>): void {
  const byId = <Item extends { id: string }>(items: Item[]) => items.map((item) => [item.id, item] as const);
  const fill = <Key, Value>(map: Map<Key, Value>, entries: Iterable<readonly [Key, Value]>) => {
    for (const [key, value] of entries) map.set(key, value);
  };
  fill(world.users, byId(state.users));
  fill(world.applications, byId(state.applications));
  fill(world.commands, byId(state.commands));
  fill(world.entitlements, byId(state.entitlements));
  fill(world.presences, state.presences);
  fill(world.applicationEmojis, state.applicationEmojis);
  fill(
    world.grants,
    state.grants.map((grant) => [grant.accessToken, grant] as const),
  );
  for (const guild of state.guilds) {
    world.guilds.set(guild.id, {
      ...guild,
      clock: world.clock,
      roles: new Map(byId(guild.roles)),
      members: new Map(guild.members.map((member) => [member.userId, member])),
      bans: new Map(guild.bans.map((ban) => [ban.userId, ban])),
      channels: new Map(),
      threads: new Map(),
      voiceStates: new Map(guild.voiceStates.map((state) => [state.userId, state])),
      invites: new Map(guild.invites.map((invite) => [invite.code, invite])),
      scheduledEvents: new Map(byId(guild.scheduledEvents)),
      autoModerationRules: new Map(byId(guild.autoModerationRules)),
      stageInstances: new Map(guild.stageInstances.map((stage) => [stage.channelId, stage])),
    });
    const owned = [guild.emojis, guild.stickers, guild.sounds, guild.webhooks, guild.onboarding.prompts].flat();
    const numbered = [...owned, guild.roles, guild.auditLog, guild.scheduledEvents, guild.autoModerationRules].flat();
    for (const { id } of numbered) world.snowflakes.skipPast(id);
  }
  for (const channel of state.channels) {
    world.addChannel(channel);
    world.snowflakes.skipPast(channel.id);
  }
  const emojis = state.applicationEmojis.flatMap(([, items]) => items);
  for (const { id } of [...state.users, ...state.guilds, ...state.commands, ...emojis]) world.snowflakes.skipPast(id);
}
