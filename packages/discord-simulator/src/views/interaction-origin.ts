import { ApplicationCommandType as CommandType } from 'discord-api-types/v10';
import type { InteractionOrigin } from '../state/webhook-records.js';
import type { World } from '../state/world.js';
import { renderUser, userOf } from './users.js';

/** What brought a message about, in Discord's old and new form. @see https://docs.discord.com/developers/resources/message#message-interaction-metadata-object */
export function renderInteractionOrigin(world: World, origin: InteractionOrigin): object {
  const { id, type, name, userId } = origin;
  const user = renderUser(userOf(world, userId));
  return {
    interaction_metadata: renderMetadata(world, origin),
    ...(name ? { interaction: { id, type, name, user } } : {}),
  };
}

function renderMetadata(world: World, origin: InteractionOrigin): object {
  const { targetUserId, targetMessageId, sourceMessageId, originalMessageId, trigger, name, userId } = origin;
  return {
    id: origin.id,
    type: origin.type,
    user: renderUser(userOf(world, userId)),
    authorizing_integration_owners: origin.owners ?? {},
    ...(name ? { name, command_type: commandTypeOf(origin) } : {}),
    ...(targetUserId ? { target_user: renderUser(userOf(world, targetUserId)) } : {}),
    ...(targetMessageId ? { target_message_id: targetMessageId } : {}),
    ...(sourceMessageId ? { interacted_message_id: sourceMessageId } : {}),
    ...(originalMessageId ? { original_response_message_id: originalMessageId } : {}),
    ...(trigger ? { triggering_interaction_metadata: renderMetadata(world, trigger) } : {}),
  };
}

function commandTypeOf({ targetUserId, targetMessageId }: InteractionOrigin): CommandType {
  if (targetUserId) return CommandType.User;
  return targetMessageId ? CommandType.Message : CommandType.ChatInput;
}
