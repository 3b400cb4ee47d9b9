-- ARGV: the worker, its lease in milliseconds, the number of this take, and that of the newest take whose answer has
-- reached the worker. Returns id, conversation and text of an event, or nothing.
local me, lease, turn, answered = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
ensure_group()

-- A take that was cut off with its connection can arrive after the one that replaced it. Nobody waits for its answer.
local newest, given = string.match(redis.call('HGET', key('turns'), me) or '0 ', '^(%d+) (.*)$')
newest = tonumber(newest)
if newest >= turn then return false end

local function give(id, conversation, event)
  redis.call('HSET', key('turns'), me, string.format('%d %s', turn, id or ''))
  return id and { id, conversation, event }
end

redis.call('SET', key('alive', me), '1', 'PX', lease)
redis.call('SADD', key('workers'), me)

-- An entry of the stream: its fields stand in the order in which they were put.
local function fields(entry) return entry[2][2], entry[2][4] end

local function send(id, worker)
  redis.call('XCLAIM', stream, group, worker, 0, id, 'JUSTID')
  redis.call('RPUSH', key('mail', worker), id)
end

-- First what workers left behind that are gone, or later events of a conversation would overtake it.
for _, gone in ipairs(redis.call('SMEMBERS', key('workers'))) do
  if not is_alive(gone) then
    while true do
      local pending = redis.call('XPENDING', stream, group, '-', '+', 1000, gone)
      if #pending == 0 then break end
      for _, item in ipairs(pending) do
        local entry = redis.call('XRANGE', stream, item[1], item[1])[1]
        if entry then
          local conversation = fields(entry)
          local owner = redis.call('HGET', key('owners'), conversation)
          if not owner or not is_alive(owner) then
            owner = me
            redis.call('HSET', key('owners'), conversation, me)
          end
          send(item[1], owner)
        else
          redis.call('XACK', stream, group, item[1])
        end
      end
    end
    redis.call('XGROUP', 'DELCONSUMER', stream, group, gone)
    redis.call('DEL', key('mail', gone))
    redis.call('HDEL', key('turns'), gone)
    redis.call('SREM', key('workers'), gone)
  end
end

-- Then what an earlier take gave, if its answer was lost.
if newest > answered and given ~= '' then
  local entry = redis.call('XRANGE', stream, given, given)[1]
  if entry then return give(given, fields(entry)) end
end

-- Then what others have read for this worker.
while true do
  local id = redis.call('LPOP', key('mail', me))
  if not id then break end
  local entry = redis.call('XRANGE', stream, id, id)[1]
  if entry then
    return give(id, fields(entry))
  end
end

-- Then something new, unless its conversation belongs to another worker. In steps, so that Redis serves others in between.
for _ = 1, 100 do
  local read = redis.call('XREADGROUP', 'GROUP', group, me, 'COUNT', 1, 'STREAMS', stream, '>')
  if not read then return give() end
  local entry = read[1][2][1]
  local conversation, event = fields(entry)
  local owner = redis.call('HGET', key('owners'), conversation)
  redis.call('HINCRBY', key('held'), conversation, 1)
  if not owner or owner == me or not is_alive(owner) then
    redis.call('HSET', key('owners'), conversation, me)
    return give(entry[1], conversation, event)
  end
  send(entry[1], owner)
end
return give()
