import type { EntitlementRecord } from '../state/model.js';

/** What an application has sold; here always for a test. */
const APPLICATION_SUBSCRIPTION = 8;

/** @see https://docs.discord.com/developers/resources/entitlement#entitlement-object */
export function renderEntitlement(entitlement: EntitlementRecord): object {
  return {
    id: entitlement.id,
    sku_id: entitlement.skuId,
    application_id: entitlement.applicationId,
    user_id: entitlement.userId,
    ...(entitlement.guildId === null ? {} : { guild_id: entitlement.guildId }),
    type: APPLICATION_SUBSCRIPTION,
    deleted: entitlement.isDeleted,
    consumed: entitlement.isConsumed,
    starts_at: null,
    ends_at: null,
  };
}
