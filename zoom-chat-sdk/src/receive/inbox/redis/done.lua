-- ARGV: the id, the conversation.
redis.call('XACK', stream, group, ARGV[1])
-- Another worker can have finished it, if this one seemed to be gone.
if redis.call('XDEL', stream, ARGV[1]) == 1 then
  if redis.call('HINCRBY', key('held'), ARGV[2], -1) <= 0 then
    redis.call('HDEL', key('held'), ARGV[2])
    redis.call('HDEL', key('owners'), ARGV[2])
  end
end
return 1
