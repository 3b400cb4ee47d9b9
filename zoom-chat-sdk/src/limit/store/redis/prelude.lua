-- Before every script. ARGV[1] is the time in microseconds since 1970, or empty for that of the server.

local DAY = 24 * 3600 * 1000000

local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000000 + time[2]
end
local day = math.floor(now / DAY)

-- Lua writes large numbers with an exponent, which Redis does not read.
local function text(number)
    return string.format('%.0f', number)
end

-- So that keys nobody uses any more go away. The minute is for times that are not the server's.
local function expire(key, microseconds)
    redis.call('PEXPIRE', key, text(math.ceil(microseconds / 1000) + 60000))
end
