-- Tells what became of a request.
-- KEYS: for each rule its counts.
-- ARGV: time, id of the request, outcome, the day of the grant; for each rule its kind.
-- The outcome is 'answered', 'unused', or 'unheard': whoever asked went away before the answer came, so that it is not
-- known whether there was a grant.

local id, outcome, granted_on = ARGV[2], ARGV[3], tonumber(ARGV[4])

local found = false
for index, counts in ipairs(KEYS) do
    if ARGV[4 + index] ~= 'day' then
        local stamp = tonumber(redis.call('ZSCORE', counts, id) or nil)
        found = found or stamp ~= nil
        if outcome ~= 'answered' then
            redis.call('ZREM', counts, id)
        elseif stamp and now < stamp then
            redis.call('ZADD', counts, text(now), id)
        end
    end
end

if outcome == 'unheard' then
    granted_on = found and day or nil
end
if outcome ~= 'answered' and granted_on then
    for index, counts in ipairs(KEYS) do
        if ARGV[4 + index] == 'day' and tonumber(redis.call('HGET', counts, 'day') or -1) == granted_on then
            redis.call('HINCRBY', counts, 'used', -1)
        end
    end
end
