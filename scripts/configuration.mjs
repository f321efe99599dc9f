// Writes docs/configuration.md and .env.example from the schemas that the processes parse their environment with;
// `--check` only says whether they are current. Needs a build, which `npm run check` sees to.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { apiEnvironmentAliases, apiEnvironmentSchema } from '../apps/api/dist/config.js';
import { configSchema as botSchema } from '../apps/bot/dist/config.js';
import { cliEnvironmentAliases, cliEnvironmentSchema } from '../apps/cli/dist/config.js';
import { configSchema as gatewaySchema } from '../apps/gateway/dist/config.js';
import { environment as simulatorSchema } from '../packages/discord-simulator/dist/config.js';
import { describeVariables } from './configuration/describe.mjs';
import { environmentExample, markdown } from './configuration/render.mjs';
import { root } from './run.mjs';

const processes = [
  { name: 'guildhall start', schema: cliEnvironmentSchema },
  { name: 'API', schema: apiEnvironmentSchema },
  { name: 'gateway', schema: gatewaySchema },
  { name: 'bot', schema: botSchema },
  { name: 'local Discord', schema: simulatorSchema },
].map(({ name, schema }) => ({ name, variables: describeVariables(name, schema) }));

const aliases = { DISCORD_BOT_TOKEN: 'DISCORD_TOKEN', ...apiEnvironmentAliases, ...cliEnvironmentAliases };
const style = { ...JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8')), parser: 'markdown' };
const documents = {
  'docs/configuration.md': await format(markdown(processes, aliases), style),
  '.env.example': environmentExample(processes[0].variables, processes.slice(1)),
};

const isCheck = process.argv.includes('--check');
for (const [path, text] of Object.entries(documents)) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (isCheck) {
    console.error(`${path} is not current: run "npm run docs:configuration" and commit it.`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`${path} written.`);
  }
}
