-- A stream of events with one consumer group, in which each conversation belongs to one worker at a time.
--
-- KEYS[1] is the stream; the other keys have its name as their prefix, and so the same slot of a cluster:
--   :workers       the set of workers that may hold events
--   :alive:WORKER  is there as long as the worker is
--   :mail:WORKER   ids of events that were read for the worker by another one
--   :owners        which worker a conversation belongs to, as long as it has unfinished events
--   :held          how many these are
--   :turns         by worker, the number of its newest take and the event that it was given, as `NUMBER ID`
-- An event is in the stream until it is done, and pending with the worker that it was given to.
local stream, group = KEYS[1], 'workers'

local function key(kind, worker)
  return stream .. ':' .. kind .. (worker and ':' .. worker or '')
end

local function ensure_group()
  if redis.call('EXISTS', stream) == 0 then
    redis.call('XGROUP', 'CREATE', stream, group, '0', 'MKSTREAM')
  end
end

local function is_alive(worker)
  return redis.call('EXISTS', key('alive', worker)) == 1
end
