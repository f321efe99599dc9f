import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type OutboxStatements = ReturnType<typeof prepareStatements>;

/** Everything the outbox says to its file. */
export function prepareStatements(database: DatabaseSync) {
  const statement = (sql: string): StatementSync => database.prepare(sql);
  return {
    getMeta: statement('SELECT value FROM meta WHERE key = ?'),
    setMeta: statement('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)'),
    getLane: statement('SELECT last FROM lanes WHERE lane = ?'),
    setLane: statement('INSERT OR REPLACE INTO lanes (lane, last) VALUES (?, ?)'),
    firstEvent: statement('SELECT min(seq) AS seq FROM events WHERE lane = ?'),
    addEvent: statement('INSERT INTO events (lane, seq, body) VALUES (?, ?, ?)'),
    readEvents: statement('SELECT body FROM events WHERE lane = ? AND seq >= ? ORDER BY seq LIMIT ?'),
    deleteEvents: statement('DELETE FROM events WHERE lane = ? AND seq <= ?'),
    shiftEvents: statement('UPDATE events SET seq = -(seq - ?) WHERE lane = ?'),
    flipEvents: statement('UPDATE events SET seq = -seq WHERE lane = ? AND seq < 0'),
    readSessions: statement('SELECT shard, info FROM sessions'),
    setSession: statement('INSERT OR REPLACE INTO sessions (shard, info) VALUES (?, ?)'),
    deleteSession: statement('DELETE FROM sessions WHERE shard = ?'),
    readMemberLists: statement('SELECT guild_id FROM member_lists'),
    addMemberList: statement('INSERT OR IGNORE INTO member_lists (guild_id) VALUES (?)'),
    deleteMemberList: statement('DELETE FROM member_lists WHERE guild_id = ?'),
    readBanLists: statement('SELECT guild_id FROM ban_lists'),
    addBanList: statement('INSERT OR IGNORE INTO ban_lists (guild_id) VALUES (?)'),
    deleteBanList: statement('DELETE FROM ban_lists WHERE guild_id = ?'),
    addStagedChunk: statement('INSERT INTO staged_chunks (guild_id, position, body) VALUES (?, ?, ?)'),
    readStagedChunk: statement('SELECT body FROM staged_chunks WHERE guild_id = ? AND position = ?'),
    deleteStagedChunk: statement('DELETE FROM staged_chunks WHERE guild_id = ? AND position = ?'),
    deleteStagedChunks: statement('DELETE FROM staged_chunks'),
    readMessageHistories: statement('SELECT guild_id FROM message_histories WHERE is_imported = 0'),
    getMessageHistory: statement('SELECT is_imported FROM message_histories WHERE guild_id = ?'),
    addMessageHistory: statement('INSERT OR IGNORE INTO message_histories (guild_id, is_imported) VALUES (?, 0)'),
    forgetMessageHistory: statement('DELETE FROM message_histories WHERE guild_id = ?'),
    endMessageHistory: statement('INSERT OR REPLACE INTO message_histories (guild_id, is_imported) VALUES (?, 1)'),
  };
}
