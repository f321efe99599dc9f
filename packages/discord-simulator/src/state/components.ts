/** A component of a message or a modal, as Discord's JSON has it. */
export type Component = Record<string, unknown>;

/** A component, and where it is in the tree. */
interface Placed {
  component: Component;
  path: PropertyKey[];
}

/** Every component at any depth, from the top down: those in rows, sections, containers and labels, and accessories. */
export function* componentsIn(components: readonly Component[], path: PropertyKey[] = []): Generator<Placed> {
  for (const [index, component] of components.entries()) yield* withInside(component, [...path, index]);
}

function* withInside(component: Component, path: PropertyKey[]): Generator<Placed> {
  yield { component, path };
  const { components, accessory, component: labelled } = component;
  if (Array.isArray(components)) yield* componentsIn(components as Component[], [...path, 'components']);
  if (isComponent(accessory)) yield* withInside(accessory, [...path, 'accessory']);
  if (isComponent(labelled)) yield* withInside(labelled, [...path, 'component']);
}

function isComponent(value: unknown): value is Component {
  return typeof value === 'object' && value !== null;
}

/** The component with this custom id, at whatever depth. */
export function findComponent(components: readonly Component[], customId: string): Component | undefined {
  for (const { component } of componentsIn(components)) if (component['custom_id'] === customId) return component;
  return undefined;
}

/** Changes every component, and what is inside it. */
export function mapComponents(components: readonly Component[], change: (it: Component) => Component): Component[] {
  return components.map((component) => {
    const { components: inner, accessory, component: labelled } = component;
    return change({
      ...component,
      ...(Array.isArray(inner) ? { components: mapComponents(inner as Component[], change) } : {}),
      ...(isComponent(accessory) ? { accessory: mapComponents([accessory], change)[0] } : {}),
      ...(isComponent(labelled) ? { component: mapComponents([labelled], change)[0] } : {}),
    });
  });
}

/**
 * Gives a number to every component that comes without one: from the top down, and none twice.
 * @see https://docs.discord.com/developers/components/reference#anatomy-of-a-component
 */
export function numberComponents(components: readonly Component[]): Component[] {
  const taken = new Set([...componentsIn(components)].map(({ component }) => component['id']));
  let last = 0;
  const next = () => {
    do last += 1;
    while (taken.has(last));
    return last;
  };
  const number = (component: Component): Component => {
    const { id, components: inner, accessory, component: labelled } = component;
    return {
      ...component,
      id: typeof id === 'number' && id > 0 ? id : next(),
      ...(Array.isArray(inner) ? { components: (inner as Component[]).map(number) } : {}),
      ...(isComponent(accessory) ? { accessory: number(accessory) } : {}),
      ...(isComponent(labelled) ? { component: number(labelled) } : {}),
    };
  };
  return components.map(number);
}
