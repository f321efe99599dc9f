import { ComponentType, InteractionType } from 'discord-api-types/v10';
import { type Component, findComponent } from '../state/components.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import { canView } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { requireChoices } from './choices.js';
import type { InteractionOutcome, Interactions } from './interactions.js';
import { Resolved } from './resolved.js';
import { type ComponentUse, ImpossibleAction } from './use.js';

/** Presses a button or chooses from a select as a person. @throws ImpossibleAction when it is not there, or does not take what is chosen */
export function useComponent(world: World, interactions: Interactions, use: ComponentUse): Promise<InteractionOutcome> {
  const { channel, source, component } = requireComponent(world, interactions, use);
  const resolved = new Resolved(world, channel, use.userId);
  const type = Number(component['type']);
  const values = use.values ?? [];
  if (type !== ComponentType.Button) requireChoices(component, values, resolved);
  const data = {
    id: component['id'],
    custom_id: use.customId,
    component_type: type,
    ...(type === ComponentType.Button ? {} : { values }),
    ...resolved.toJSON(),
  };
  return interactions.start({
    type: InteractionType.MessageComponent,
    applicationId: source.applicationId ?? source.authorId,
    userId: use.userId,
    channel,
    data,
    name: null,
    source,
    renderedSource: renderMessage(world, source),
    owners: source.interaction?.owners,
  });
}

interface Used {
  channel: ChannelRecord;
  source: MessageRecord;
  component: Component;
}

function requireComponent(world: World, interactions: Interactions, use: ComponentUse): Used {
  const channel = world.channel(use.channelId);
  const source =
    world.history(use.channelId).get(use.messageId) ?? interactions.findEphemeral(use.messageId, use.userId);
  const component = source && findComponent(source.components, use.customId);
  if (!channel || !source || !component || !canView(world, channel, use.userId))
    throw new ImpossibleAction(`No component ${use.customId} on this message`);
  if (component['disabled'] === true) throw new ImpossibleAction(`Component ${use.customId} is disabled`);
  return { channel, source, component };
}
