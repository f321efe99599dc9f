/**
 * Lists the variables of a zod object schema.
 * @throws Error when one has no description: an undocumented setting must not pass unnoticed
 */
export function describeVariables(processName, schema) {
  return Object.entries(schema.shape).map(([name, type]) => {
    const description = descriptionOf(type);
    if (!description) throw new Error(`${name} of "${processName}" has no description: add .describe() to its schema.`);
    const { isRequired, fallback } = presenceOf(type);
    return { name, description, isRequired, fallback, choices: choicesOf(type) };
  });
}

/** Wrappers such as default() and optional() may stand inside or outside of describe(). */
function descriptionOf(type) {
  return type.description ?? (innerOf(type) && descriptionOf(innerOf(type)));
}

function presenceOf(type) {
  const { type: kind, defaultValue } = type.def;
  if (kind === 'default' || kind === 'prefault') return { isRequired: false, fallback: String(defaultValue) };
  if (kind === 'optional') return { isRequired: false };
  const inner = innerOf(type);
  return inner ? presenceOf(inner) : { isRequired: true };
}

function choicesOf(type) {
  if (type.def.type === 'enum') return Object.values(type.def.entries);
  const inner = innerOf(type);
  return inner ? choicesOf(inner) : undefined;
}

function innerOf(type) {
  return type.def.innerType ?? type.def.in;
}
