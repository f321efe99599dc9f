import type { BotEventEnvelope } from '@guildhall/contracts';
import { laneOf } from './lanes.js';
import type { OutboxStatements } from './outbox-statements.js';

/** Whether something of a guild is still to be read. */
export interface Wish {
  guildId: string;
  isWanted: boolean;
}

/** What belongs to one dispatch and must be committed together. */
export interface OutboxChange {
  events?: readonly BotEventEnvelope[];
  /** Where a shard's Discord session stands after this dispatch; null when the session ended. */
  session?: { shard: number; info: object | null };
  /** Whether a guild's member list is still to be read. */
  memberList?: Wish;
  /** Whether a guild's ban list is still to be read. */
  banList?: Wish;
  /** Whether a guild's past messages are still to be imported; once they were, they are not wanted again. */
  messageHistory?: Wish;
  /** A guild whose past messages may be wanted again, before anything else of this change. */
  forgottenHistory?: string;
  /** A part of a member list that waits for its turn; it is forgotten when the process ends, as its list is read again. */
  staged?: { guildId: string; position: number; event: BotEventEnvelope };
  /** Parts that wait no longer. */
  unstaged?: { guildId: string; positions: readonly number[] };
  /** Commit at the next turn of the event loop, without waiting for more. */
  isUrgent?: boolean;
}

/** Writes a change but its session; `lasts` are the numbers given last in each lane, and grow with its events. */
export function writeChange(statements: OutboxStatements, change: OutboxChange, lasts: number[]): void {
  for (const event of change.events ?? []) {
    const lane = laneOf(event.guildId);
    const seq = (lasts[lane] ?? 0) + 1;
    statements.addEvent.run(lane, seq, JSON.stringify(event));
    lasts[lane] = seq;
  }
  writeStage(statements, change);
  writeWishes(statements, change);
}

function writeStage(statements: OutboxStatements, { staged, unstaged }: OutboxChange): void {
  if (staged) statements.addStagedChunk.run(staged.guildId, staged.position, JSON.stringify(staged.event));
  for (const position of unstaged?.positions ?? []) {
    statements.deleteStagedChunk.run(unstaged?.guildId ?? '', position);
  }
}

function writeWishes(statements: OutboxStatements, change: OutboxChange): void {
  const { memberList, banList, messageHistory, forgottenHistory } = change;
  const { addMemberList, deleteMemberList, addBanList, deleteBanList } = statements;
  if (memberList) (memberList.isWanted ? addMemberList : deleteMemberList).run(memberList.guildId);
  if (banList) (banList.isWanted ? addBanList : deleteBanList).run(banList.guildId);
  if (forgottenHistory !== undefined) statements.forgetMessageHistory.run(forgottenHistory);
  const { addMessageHistory, endMessageHistory } = statements;
  if (messageHistory) (messageHistory.isWanted ? addMessageHistory : endMessageHistory).run(messageHistory.guildId);
}
