import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { type Component, componentsIn } from '../state/components.js';

/** A button, a select or a field, with what people call it. */
export interface Widget {
  type: number;
  /** Absent for links and premium buttons. */
  customId: string | undefined;
  /** What is written on it, over it or in it. */
  label: string | undefined;
  isDisabled: boolean;
  isLink: boolean;
  component: Component;
}

const SELECTS: readonly number[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

export function buttonsIn(components: readonly Component[]): Widget[] {
  return widgetsIn(components).filter(({ type }) => type === ComponentType.Button);
}

export function selectsIn(components: readonly Component[]): Widget[] {
  return widgetsIn(components).filter(({ type }) => SELECTS.includes(type));
}

/** Everything that can be used, in the order in which it is shown. */
export function widgetsIn(components: readonly Component[]): Widget[] {
  const placed = [...componentsIn(components)].map(({ component }) => component);
  const labels = new Map(placed.map((it) => [it['component'], text(it['label'])]));
  return placed
    .filter((it) => it['custom_id'] !== undefined || it['type'] === ComponentType.Button)
    .map((component) => ({
      type: Number(component['type']),
      customId: text(component['custom_id']),
      label:
        text(component['label']) ??
        labels.get(component) ??
        text(component['placeholder']) ??
        text((component['emoji'] as Component | undefined)?.['name']),
      isDisabled: component['disabled'] === true,
      isLink: component['style'] === ButtonStyle.Link,
      component,
    }));
}

/** The one that is called so, by its label first and then by its custom id; without a name the only one. */
export function named(widgets: readonly Widget[], name: string | undefined): Widget | undefined {
  if (name === undefined) return widgets.length === 1 ? widgets[0] : undefined;
  return widgets.find(({ label }) => label === name) ?? widgets.find(({ customId }) => customId === name);
}

/** What there is, for whoever asked for something else. */
export function listed(widgets: readonly Widget[]): string {
  const names = widgets.map(({ label, customId }) => JSON.stringify(label ?? customId ?? ''));
  return names.length > 0 ? names.join(', ') : 'nothing';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
