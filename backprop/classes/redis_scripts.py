"""What Redis does in one go, as Lua: no other process is in between a script's reads and its writes.

Every script first forgets the class if it is over, so that `ends` is nil for one that is over or never was: nothing
that is written late brings a part of it back. Whatever is written expires when the class ends.
"""

from __future__ import annotations

# KEYS: the class, its answers, who was seen, and all classes by their ends. ARGV: the time, the code, and what is said.
BEGIN = """
local room, answers, seen, all = unpack(KEYS)
local now, code = tonumber(ARGV[1]), ARGV[2]
local ends = tonumber(redis.call('HGET', room, 'ends') or nil)
if ends and ends <= now then
    redis.call('DEL', room, answers, seen)
    redis.call('ZREM', all, code)
    ends = nil
end
local function counted()
    local choices = tonumber(redis.call('HGET', room, 'choices') or 0)
    local counts = {}
    for choice = 1, choices do counts[choice] = 0 end
    for _, choice in ipairs(redis.call('HVALS', answers)) do
        counts[choice + 1] = counts[choice + 1] + 1
    end
    return {redis.call('HGETALL', room), counts}
end
local function there(since)
    redis.call('ZREMRANGEBYSCORE', seen, '-inf', since)
    local learners, number = {}, 0
    for _, place in ipairs(redis.call('ZRANGE', seen, 0, -1)) do
        local learner = string.match(place, '^%S+')
        if not learners[learner] then
            learners[learner] = true
            number = number + 1
        end
    end
    return learners, number
end
"""

# the lock, the end, how many classes there may be
OPEN = BEGIN + """
redis.call('ZREMRANGEBYSCORE', all, '-inf', now)
if ends then return 'other' end
if redis.call('ZCARD', all) >= tonumber(ARGV[5]) then return 'full' end
redis.call('HSET', room, 'lock', ARGV[3], 'ends', ARGV[4])
redis.call('EXPIREAT', room, ARGV[4])
redis.call('ZADD', all, ARGV[4], code)
local left = math.ceil(tonumber(ARGV[4]) - now)
if redis.call('TTL', all) < left then redis.call('EXPIRE', all, left) end
return 'kept'
"""

FIND = BEGIN + "return redis.call('HGETALL', room)"

# the figure, its state
SHOW = BEGIN + """
if not ends then return nil end
redis.call('HSET', room, 'figure', ARGV[3], 'state', ARGV[4])
return redis.call('HINCRBY', room, 'shown', 1)
"""

# the kind, the quantity, how many choices
ASK = BEGIN + """
if not ends then return nil end
redis.call('HSET', room, 'kind', ARGV[3], 'about', ARGV[4], 'choices', ARGV[5], 'revealed', 0)
redis.call('DEL', answers)
return redis.call('HINCRBY', room, 'asked', 1)
"""

# the learner, the question, the choice, how many learners there may be
ANSWER = BEGIN + """
if not ends then return 'gone' end
local asked = redis.call('HMGET', room, 'asked', 'revealed', 'choices')
if asked[1] ~= ARGV[4] then return 'other' end
if asked[2] == '1' then return 'revealed' end
if tonumber(ARGV[5]) >= tonumber(asked[3]) then return 'choice' end
if redis.call('HEXISTS', answers, ARGV[3]) == 0 and redis.call('HLEN', answers) >= tonumber(ARGV[6]) then
    return 'full'
end
redis.call('HSET', answers, ARGV[3], ARGV[5])
redis.call('EXPIREAT', answers, ends)
return 'kept'
"""

REVEAL = BEGIN + """
if not ends or redis.call('HEXISTS', room, 'asked') == 0 then return nil end
redis.call('HSET', room, 'revealed', 1)
return counted()
"""

COUNTS = BEGIN + """
if not ends or redis.call('HEXISTS', room, 'asked') == 0 then return nil end
return counted()
"""

# since when is lately, how many learners there may be, then each learner with the connection
SEEN = BEGIN + """
if not ends then return 'gone' end
local learners, before = there(ARGV[3])
local number = before
for place = 5, #ARGV do
    local learner = string.match(ARGV[place], '^%S+')
    if not learners[learner] then
        learners[learner] = true
        number = number + 1
    end
end
if number > before and number > tonumber(ARGV[4]) then return 'full' end
for place = 5, #ARGV do redis.call('ZADD', seen, now, ARGV[place]) end
redis.call('EXPIREAT', seen, ends)
return 'kept'
"""

# since when is lately
HERE = BEGIN + """
if not ends then return 0 end
local _, number = there(ARGV[3])
return number
"""

# the learner with the connection
LEFT = BEGIN + "return redis.call('ZREM', seen, ARGV[3])"

# how long it is between two turns
TURN = BEGIN + """
if not ends then return 0 end
local passed = now - tonumber(redis.call('HGET', room, 'told') or '-inf')
if passed >= 0 and passed < tonumber(ARGV[3]) then return 0 end
redis.call('HSET', room, 'told', ARGV[1])
return 1
"""

END = BEGIN + """
redis.call('DEL', room, answers, seen)
return redis.call('ZREM', all, code)
"""
