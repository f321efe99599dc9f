import { ComponentType } from 'discord-api-types/v10';
import type { Component } from '../state/components.js';
import type { Kind, Resolved } from './resolved.js';
import { ImpossibleAction } from './use.js';

const KINDS: Partial<Record<ComponentType, Kind[]>> = {
  [ComponentType.UserSelect]: ['user'],
  [ComponentType.RoleSelect]: ['role'],
  [ComponentType.MentionableSelect]: ['user', 'role'],
  [ComponentType.ChannelSelect]: ['channel'],
};

/** What was chosen in a select: as many as it takes, and only what it offers. @throws ImpossibleAction otherwise */
export function requireChoices(component: Component, values: readonly string[], resolved: Resolved): void {
  requireCount(component, values.length);
  if (new Set(values).size < values.length) throw new ImpossibleAction('Nothing can be chosen twice');
  const kinds = KINDS[Number(component['type']) as ComponentType];
  if (kinds) {
    for (const id of values) resolved.add(id, kinds, component['channel_types'] as number[] | undefined);
    return;
  }
  for (const value of values) requireOption(component, value);
}

/** @throws ImpossibleAction when a component does not take as many */
export function requireCount(component: Component, count: number): void {
  const { type, min_values: minimum = 1, required, options } = component;
  const { max_values: maximum = type === ComponentType.CheckboxGroup ? (options as unknown[]).length : 1 } = component;
  if (count === 0 && required === false) return;
  if (count < Number(minimum) || count > Number(maximum))
    throw new ImpossibleAction(`${nameOf(component)} takes ${String(minimum)} to ${String(maximum)}, not ${count}`);
}

/** @throws ImpossibleAction when a component does not offer it */
export function requireOption(component: Component, value: string): void {
  const options = (component['options'] ?? []) as { value: string }[];
  if (!options.some((option) => option.value === value))
    throw new ImpossibleAction(`${nameOf(component)} does not offer ${value}`);
}

export function nameOf(component: Component): string {
  return `Component ${String(component['custom_id'])}`;
}
