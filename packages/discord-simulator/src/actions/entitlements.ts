import { type DispatchName, intents } from '../state/dispatch.js';
import type { EntitlementRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderEntitlement } from '../views/entitlements.js';

type EntitlementDraft = Pick<EntitlementRecord, 'applicationId' | 'skuId' | 'userId' | 'guildId'>;

/** Somebody has what an application sells, as a test. @see https://docs.discord.com/developers/resources/entitlement */
export function createEntitlement(world: World, draft: EntitlementDraft): EntitlementRecord {
  const entitlement = { id: world.snowflakes.next(), ...draft, isConsumed: false, isDeleted: false };
  world.entitlements.set(entitlement.id, entitlement);
  publish(world, 'ENTITLEMENT_CREATE', entitlement);
  return entitlement;
}

/** What can be used once was used. */
export function consumeEntitlement(world: World, entitlement: EntitlementRecord): void {
  entitlement.isConsumed = true;
  publish(world, 'ENTITLEMENT_UPDATE', entitlement);
}

/** It is kept, marked as deleted: lists show it where they are asked to. */
export function deleteEntitlement(world: World, entitlement: EntitlementRecord): void {
  entitlement.isDeleted = true;
  publish(world, 'ENTITLEMENT_DELETE', entitlement);
}

function publish(
  world: World,
  name: Extract<DispatchName, `ENTITLEMENT_${string}`>,
  entitlement: EntitlementRecord,
): void {
  world.touch();
  const userIds = [entitlement.applicationId];
  world.publish({ name, data: renderEntitlement(entitlement), guildId: null, intents: intents.none, userIds });
}
