/**
 * Slots in Redis: under each key a sorted set of holders, by the millisecond of Redis's own clock at which each becomes free.
 * No process compares its clock with another's.
 */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** `ARGV`: the holder, its lease in milliseconds, the limit of each key. */
export const OCCUPY = `${NOW}
local wait = 0
for index, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  local freeAt = redis.call('ZSCORE', key, '*')
  if not freeAt and redis.call('ZCARD', key) >= tonumber(ARGV[2 + index]) then
    freeAt = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')[2]
  end
  if freeAt then wait = math.max(wait, freeAt - now) end
end
if wait > 0 then return wait end
for _, key in ipairs(KEYS) do
  redis.call('ZADD', key, now + ARGV[2], ARGV[1])
  redis.call('PEXPIREAT', key, redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')[2])
end
return 0`;

/** `ARGV`: for each key the holder and the milliseconds until its slot is free. */
export const VACATE = `${NOW}
for index, key in ipairs(KEYS) do
  local holder = ARGV[2 * index - 1]
  local after = tonumber(ARGV[2 * index])
  if after > 0 then
    if holder == '*' then redis.call('ZADD', key, 'GT', now + after, holder)
    else redis.call('ZADD', key, now + after, holder) end
    redis.call('PEXPIREAT', key, redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')[2])
  else
    redis.call('ZREM', key, holder)
  end
end
return 0`;
