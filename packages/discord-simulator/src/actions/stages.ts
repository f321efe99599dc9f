import { AuditLogEvent } from 'discord-api-types/v10';
import { type DispatchName, intents } from '../state/dispatch.js';
import type { Guild, StageInstanceRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderStageInstance } from '../views/stages.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';

type StageDraft = Pick<StageInstanceRecord, 'channelId' | 'topic' | 'privacyLevel' | 'eventId'>;

/** A stage goes live. @see https://docs.discord.com/developers/resources/stage-instance */
export function createStageInstance(world: World, guild: Guild, draft: StageDraft, by: Actor): StageInstanceRecord {
  const stage: StageInstanceRecord = { id: world.snowflakes.next(), ...draft };
  guild.stageInstances.set(stage.channelId, stage);
  publishStage(world, guild, stage, 'STAGE_INSTANCE_CREATE');
  const changes = differences({}, renderStageInstance(guild, stage));
  audit(world, guild, stage, { actionType: AuditLogEvent.StageInstanceCreate, changes, by });
  return stage;
}

export function updateStageInstance(
  world: World,
  guild: Guild,
  stage: StageInstanceRecord,
  { changes, by }: { changes: Partial<Pick<StageInstanceRecord, 'topic' | 'privacyLevel'>>; by: Actor },
): void {
  const before = renderStageInstance(guild, stage);
  Object.assign(stage, changes);
  publishStage(world, guild, stage, 'STAGE_INSTANCE_UPDATE');
  const logged = differences(before, renderStageInstance(guild, stage));
  audit(world, guild, stage, { actionType: AuditLogEvent.StageInstanceUpdate, changes: logged, by });
}

/** A stage is no longer live; nobody stands in the audit log where it ended by itself. */
export function deleteStageInstance(world: World, guild: Guild, stage: StageInstanceRecord, by?: Actor): void {
  guild.stageInstances.delete(stage.channelId);
  publishStage(world, guild, stage, 'STAGE_INSTANCE_DELETE');
  if (!by) return;
  const changes = differences(renderStageInstance(guild, stage), {});
  audit(world, guild, stage, { actionType: AuditLogEvent.StageInstanceDelete, changes, by });
}

interface StageEntry {
  actionType: AuditLogEvent;
  changes: Record<string, unknown>[];
  by: Actor;
}

function audit(world: World, guild: Guild, stage: StageInstanceRecord, entry: StageEntry): void {
  writeAuditLog(world, guild, { ...entry, targetId: stage.id, options: { channel_id: stage.channelId } });
}

function publishStage(
  world: World,
  guild: Guild,
  stage: StageInstanceRecord,
  name: Extract<DispatchName, `STAGE_INSTANCE_${string}`>,
): void {
  world.touch();
  const data = renderStageInstance(guild, stage);
  world.publish({ name, data, guildId: guild.id, channelId: stage.channelId, intents: intents.guilds });
}
