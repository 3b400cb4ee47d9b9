-- ARGV: the most events, the conversation, the event. Returns whether it was stored.
if redis.call('XLEN', stream) >= tonumber(ARGV[1]) then return 0 end
ensure_group()
redis.call('XADD', stream, '*', 'conversation', ARGV[2], 'event', ARGV[3])
return 1
