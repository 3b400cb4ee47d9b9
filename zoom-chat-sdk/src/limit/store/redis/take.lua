-- Takes a permit of every rule, or of none.
-- KEYS: for each rule its counts and its hold.
-- ARGV: time, arrival, id of the request; for each rule its kind ('day' or 'window'), the number of its quotas, and for
-- each quota its permits and its window.
-- Returns {0, day} when granted, else {number of the rule that is free last, microseconds until then}.

local arrival, id = tonumber(ARGV[2]), ARGV[3]

local rules, position = {}, 4
local function argument()
    position = position + 1
    return ARGV[position - 1]
end
for index = 1, #KEYS / 2 do
    local rule = { counts = KEYS[2 * index - 1], hold = KEYS[2 * index], quotas = {}, longest = 0 }
    rule.kind = argument()
    for quota = 1, tonumber(argument()) do
        local permits, window = tonumber(argument()), tonumber(argument())
        rule.quotas[quota] = { permits = permits, window = window }
        rule.longest = math.max(rule.longest, window)
    end
    rules[index] = rule
end

local function free_at(rule)
    local free = tonumber(redis.call('HGET', rule.hold, 'until') or 0)
    if rule.kind == 'day' then
        local counts = redis.call('HMGET', rule.counts, 'day', 'used')
        local used = tonumber(counts[1] or -1) == day and tonumber(counts[2]) or 0
        if used >= rule.quotas[1].permits then
            free = math.max(free, (day + 1) * DAY)
        end
        return free
    end
    redis.call('ZREMRANGEBYSCORE', rule.counts, '-inf', text(now - rule.longest))
    for _, quota in ipairs(rule.quotas) do
        local rank = quota.permits - 1
        local oldest = redis.call('ZREVRANGE', rule.counts, rank, rank, 'WITHSCORES')
        if oldest[2] then
            free = math.max(free, tonumber(oldest[2]) + quota.window)
        end
    end
    return free
end

local last, last_free = 0, now
for index, rule in ipairs(rules) do
    local free = free_at(rule)
    if free > last_free then
        last, last_free = index, free
    end
end
if last > 0 then
    return { last, last_free - now }
end

for _, rule in ipairs(rules) do
    if rule.kind == 'day' then
        if tonumber(redis.call('HGET', rule.counts, 'day') or -1) ~= day then
            redis.call('HSET', rule.counts, 'day', text(day), 'used', 0)
        end
        redis.call('HINCRBY', rule.counts, 'used', 1)
        expire(rule.counts, DAY)
    else
        redis.call('ZADD', rule.counts, text(now + arrival), id)
        expire(rule.counts, rule.longest + arrival)
    end
end
return { 0, day }
