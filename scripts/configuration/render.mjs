/** @returns docs/configuration.md */
export function markdown(processes, aliases) {
  return [
    '# Configuration',
    '',
    '<!-- Generated from the schemas by `npm run docs:configuration`; edit those. -->',
    '',
    '`npm start` needs none of this: it runs against a local Discord, on an embedded PostgreSQL, with secrets it generates. Settings come',
    'from the environment, or from a `.env` file in the folder Guildhall is started from ([`.env.example`](../.env.example)). An empty variable counts as',
    'absent. Whatever is wrong is told at the start, all at once.',
    '',
    'On one machine only the first table matters; `guildhall start` hands every process what it needs, and hands on any variable of the',
    'other tables that you set. Processes that are started separately, one container each, read their own table.',
    '',
    ...processes.flatMap(({ name, variables }) => [`## ${titleOf(name)}`, '', ...table(variables), '']),
    '## Older names',
    '',
    'They keep working, and the log asks to rename them.',
    '',
    '| older | now |',
    '| --- | --- |',
    ...Object.entries(aliases).map(([older, now]) => `| \`${older}\` | \`${now}\` |`),
    '',
  ].join('\n');
}

/** @returns .env.example: everything commented out, with its default */
export function environmentExample(own, others) {
  const seen = new Set(own.map(({ name }) => name));
  const sections = [
    ['Everything is optional: "npm start" runs without any of it. docs/configuration.md tells more.', own],
    ...others.map(({ name, variables }) => [
      `Only for the ${name} on its own, or to change what "npm start" gives it.`,
      variables.filter((variable) => !seen.has(variable.name) && seen.add(variable.name)),
    ]),
  ];
  return sections
    .filter(([, variables]) => variables.length > 0)
    .map(([title, variables]) => [`## ${title}`, ...variables.flatMap(exampleLines), ''].join('\n'))
    .join('\n');
}

function exampleLines({ name, description, fallback }) {
  return ['', `# ${description.replaceAll('`', '')}`, `# ${name}=${fallback ?? ''}`];
}

function table(variables) {
  return [
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    ...variables.map(({ name, description, isRequired, fallback, choices }) => {
      const options = choices ? ` One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.` : '';
      return `| \`${name}\` | ${fallback ? `\`${fallback}\`` : isRequired ? '**required**' : ''} | ${description}${options} |`;
    }),
  ];
}

function titleOf(name) {
  return name.startsWith('guildhall') ? `\`${name}\`` : name[0].toUpperCase() + name.slice(1);
}
