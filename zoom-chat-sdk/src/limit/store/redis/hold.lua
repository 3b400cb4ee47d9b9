-- Refuses everything in a scope for a while; for longer when the last time did not help.
-- KEYS: the hold.
-- ARGV: time; the steps.

local hold = redis.call('HMGET', KEYS[1], 'until', 'length', 'step')
local ends, length, step = tonumber(hold[1] or 0), tonumber(hold[2] or 0), tonumber(hold[3] or 1)
if now < ends then
    return
end
step = now < ends + length and step + 1 or 1
step = math.min(step, #ARGV - 1)
length = tonumber(ARGV[1 + step])
redis.call('HSET', KEYS[1], 'until', text(now + length), 'length', text(length), 'step', step)
expire(KEYS[1], 2 * length)
