/** The import rules of docs/architecture.md; scripts/boundaries.spec.ts plants a violation of each and expects an error. */

const workspaces = [
  'packages/contracts',
  'packages/database',
  'packages/discord-simulator',
  'packages/process',
  'apps/api',
  'apps/bot',
  'apps/gateway',
  'apps/web',
  'apps/cli',
];

/** What each workspace may import of ours, besides itself. `cli`, specs, `e2e` and `bench` may import anything. */
const allowed = {
  'packages/contracts': [],
  'packages/database': ['packages/contracts'],
  'packages/discord-simulator': [],
  'packages/process': ['packages/contracts'],
  'apps/gateway': ['packages/contracts', 'packages/process'],
  'apps/bot': ['packages/contracts', 'packages/process'],
  'apps/api': ['packages/contracts', 'packages/database', 'packages/process'],
  'apps/web': ['packages/contracts'],
};

/** Test code may import what it tests. */
const testCode = '\\.spec\\.ts$|/testing/|/test/|\\.fixture\\.ts$';

const workspaceRules = Object.entries(allowed).map(([from, to]) => ({
  name: `${from.split('/')[1]}-imports`,
  comment: `${from} may import ${to.length > 0 ? to.join(', ') : 'nothing of ours'} only (docs/architecture.md).`,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: testCode },
  to: { path: workspaces.filter((other) => other !== from && !to.includes(other)).map((other) => `^${other}/`) },
}));

module.exports = {
  forbidden: [
    ...workspaceRules,
    {
      name: 'no-circular',
      comment: 'A cycle hides who depends on whom.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'contracts-only-zod',
      comment: 'contracts is part of the dashboard too: zod only.',
      severity: 'error',
      from: { path: '^packages/contracts/', pathNot: testCode },
      to: { pathNot: ['^packages/contracts/', 'node_modules/zod/'] },
    },
    {
      name: 'feature-through-index',
      comment: 'Features of the API reach each other through their index.ts.',
      severity: 'error',
      from: { path: '^apps/api/src/features/([^/]+)/', pathNot: testCode },
      to: { path: '^apps/api/src/features/([^/]+)/', pathNot: ['^apps/api/src/features/$1/', '/index\\.ts$'] },
    },
    {
      name: 'bot-feature-through-index',
      comment: 'Features of the bot reach each other through their index.ts.',
      severity: 'error',
      from: { path: '^apps/bot/src/features/([^/]+)/', pathNot: testCode },
      to: { path: '^apps/bot/src/features/([^/]+)/', pathNot: ['^apps/bot/src/features/$1/', '/index\\.ts$'] },
    },
    {
      name: 'web-feature-alone',
      comment: 'Pages share through shell/ and ui/, never with each other.',
      severity: 'error',
      from: { path: '^apps/web/src/app/features/([^/]+)/', pathNot: testCode },
      to: { path: '^apps/web/src/app/features/([^/]+)/', pathNot: ['^apps/web/src/app/features/$1/', '/index\\.ts$'] },
    },
    {
      name: 'cross-cutting-knows-no-feature',
      comment: 'What serves every feature must not depend on one.',
      severity: 'error',
      from: { path: '^apps/(api/src/platform|web/src/app/(shell|ui))/', pathNot: testCode },
      to: { path: '^apps/(api|web)/src/(app/)?features/' },
    },
    {
      name: 'database-in-repositories',
      comment: "Only *.repository.ts and the platform's provider open the database.",
      severity: 'error',
      from: { path: '^apps/api/src/', pathNot: ['\\.repository\\.ts$', '^apps/api/src/platform/database/', testCode] },
      to: { path: ['^packages/database/', 'node_modules/pg/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'queries-in-repositories',
      comment: 'A feature speaks SQL in its *.repository.ts only.',
      severity: 'error',
      from: { path: '^apps/api/src/features/', pathNot: ['\\.repository\\.ts$', testCode] },
      to: { path: 'node_modules/drizzle-orm/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-knows-no-test',
      comment: 'Specs and their helpers are not shipped.',
      severity: 'error',
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: testCode },
      to: { path: '\\.spec\\.ts$|^packages/database/src/testing/|^e2e/|^bench/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.angular)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['guildhall:source', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
