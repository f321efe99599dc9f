import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageRecord } from './message-records.js';
import { snowflake } from './snowflake.js';
import { allChannels, restore, snapshotPieces, stateFile } from './snapshot.js';
import type { World } from './world.js';

/** Time between a change and its snapshot, in milliseconds. */
const SNAPSHOT_DELAY_MS = 2_000;
/** Messages are written in groups this far apart: what a SIGKILL may cost. */
const JOURNAL_DELAY_MS = 50;

const journalLine = z.union([
  z.object({ put: messageRecord }),
  z.object({ remove: z.object({ channelId: snowflake, messageId: snowflake }) }),
]);

type JournalLine = z.infer<typeof journalLine>;

/** The stored state cannot be read or written; the message is one line that says what to do. */
export class StateUnusable extends Error {}

/**
 * Keeps a world in a folder: `state.json`, replaced as a whole shortly after a change, and `messages.jsonl`, a journal that messages
 * are appended to and that is compacted when a simulator starts and stops.
 */
export class Persistence {
  private readonly statePath: string;
  private readonly journalPath: string;
  private readonly pending: string[] = [];
  private snapshotTimer: NodeJS.Timeout | null = null;
  private journalTimer: NodeJS.Timeout | null = null;
  private isSaving = false;
  private isClosed = false;

  constructor(
    private readonly world: World,
    private readonly directory: string,
  ) {
    this.statePath = join(directory, 'state.json');
    this.journalPath = join(directory, 'messages.jsonl');
  }

  /** Forgets what was stored. */
  reset(): void {
    rmSync(this.statePath, { force: true });
    rmSync(this.journalPath, { force: true });
  }

  /** Reads the stored world. Returns false when there is none. @throws StateUnusable for damaged files or a folder without access */
  load(): boolean {
    this.attempt('create', this.directory, () => mkdirSync(this.directory, { recursive: true }));
    if (!existsSync(this.statePath)) return false;
    const text = this.attempt('read', this.statePath, () => readFileSync(this.statePath, 'utf8'));
    const parsed = stateFile.safeParse(parseJson(text));
    if (!parsed.success) throw damaged(this.statePath);
    restore(this.world, parsed.data);
    if (existsSync(this.journalPath)) this.replayJournal();
    return true;
  }

  /** Begins to write what changes. */
  start(): void {
    this.saveEverything();
    this.world.on('changed', () => this.scheduleSnapshot());
    this.world.on('replaced', () => this.saveEverything());
    this.world.on('messageStored', (message) => this.append({ put: message }));
    this.world.on('messageRemoved', (removed) => this.append({ remove: removed }));
  }

  close(): void {
    this.isClosed = true;
    if (this.snapshotTimer) clearTimeout(this.snapshotTimer);
    if (this.journalTimer) clearTimeout(this.journalTimer);
    this.saveEverything();
  }

  private saveEverything(): void {
    this.pending.length = 0;
    this.saveSnapshot();
    const lines = [...allMessages(this.world)].map((message) => `${JSON.stringify({ put: message })}\n`);
    this.replace(this.journalPath, lines.join(''));
  }

  private scheduleSnapshot(): void {
    this.snapshotTimer ??= setTimeout(() => {
      this.snapshotTimer = null;
      if (this.isSaving) this.scheduleSnapshot();
      else void this.saveSnapshotInSteps();
    }, SNAPSHOT_DELAY_MS).unref();
  }

  /** Writes the state piece by piece, so that a world of 50,000 people holds nobody up. */
  private async saveSnapshotInSteps(): Promise<void> {
    this.isSaving = true;
    const path = `${this.statePath}.next`;
    try {
      const file = await open(path, 'w', 0o600);
      for (const piece of snapshotPieces(this.world)) await file.write(piece);
      await file.close();
      // Whoever closed meanwhile has saved everything, and younger.
      if (this.isClosed) rmSync(path, { force: true });
      else renameSync(path, this.statePath);
    } catch (error) {
      if (!this.isClosed) throw this.unusable('write', this.statePath, error);
    } finally {
      this.isSaving = false;
    }
  }

  private saveSnapshot(): void {
    this.replace(this.statePath, [...snapshotPieces(this.world)].join(''));
  }

  /** The line is made at once: the record may change again before it is written. */
  private append(line: JournalLine): void {
    this.pending.push(`${JSON.stringify(line)}\n`);
    this.journalTimer ??= setTimeout(() => {
      this.journalTimer = null;
      const text = this.pending.splice(0).join('');
      this.attempt('write', this.journalPath, () => appendFileSync(this.journalPath, text));
    }, JOURNAL_DELAY_MS).unref();
  }

  private replace(path: string, text: string): void {
    this.attempt('write', path, () => {
      writeFileSync(`${path}.tmp`, text, { mode: 0o600 });
      renameSync(`${path}.tmp`, path);
    });
  }

  private replayJournal(): void {
    const text = this.attempt('read', this.journalPath, () => readFileSync(this.journalPath, 'utf8'));
    const lines = text.split('\n');
    // What follows the last line break is either nothing or a line that a kill cut short.
    lines.pop();
    for (const line of lines) {
      const parsed = journalLine.safeParse(parseJson(line));
      if (!parsed.success) throw damaged(this.journalPath);
      replay(this.world, parsed.data);
    }
  }

  private attempt<Result>(verb: string, path: string, act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      throw this.unusable(verb, path, error);
    }
  }

  private unusable(verb: string, path: string, error: unknown): StateUnusable {
    const reason = error instanceof Error ? error.message : String(error);
    return new StateUnusable(
      `Cannot ${verb} ${path} (${reason}): make the folder writable or set GUILDHALL_DATA_DIR to another one.`,
    );
  }
}

function damaged(path: string): StateUnusable {
  return new StateUnusable(
    `${path} is damaged: restore it from a copy, or set DEMO_RESET=1 to start the simulator afresh.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON fits no schema: the caller reports the file as damaged.
    return undefined;
  }
}

function* allMessages(world: World) {
  for (const channel of allChannels(world)) yield* world.history(channel.id).all();
}

function replay(world: World, line: JournalLine): void {
  if ('remove' in line) {
    world.history(line.remove.channelId).remove(line.remove.messageId);
    return;
  }
  const { put: message } = line;
  world.snowflakes.skipPast(message.id);
  const channel = world.channel(message.channelId);
  // Its channel was made and lost in the same last moment.
  if (!channel) return;
  world.history(channel.id).put(message);
  if (channel.lastMessageId === null || BigInt(message.id) > BigInt(channel.lastMessageId))
    channel.lastMessageId = message.id;
}
