// Writes to an outbox until it is killed, and prints each number that it was told is committed.
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const [outboxModule, path, guildId] = process.argv.slice(2);
const { Outbox } = await import(pathToFileURL(outboxModule).href);

const fail = (error) => {
  throw error;
};
const outbox = new Outbox(path, { onFailure: fail });
let number = 0;
let committed = 0;
outbox.onEvents(() => {
  committed = outbox.depth;
  process.stdout.write(`${committed}\n`);
});
setInterval(() => {
  for (let count = 0; count < 7; count++) {
    number++;
    const timestamp = new Date().toISOString();
    const event = { id: randomUUID(), type: 'message_create', guildId, data: { number }, timestamp };
    outbox.append({ events: [event], session: { shard: 0, info: { sequence: number } } });
  }
}, 1);
