-- Sends the bodies of a file in turn, one a line, and prints what came of it as JSON.
-- A run of twelve zeroes is replaced by a number that no other request has. What such a request
-- stores nobody asks for, so its answer is looked at: a refusal counts as failed.

local COUNTER = "000000000000"
local requests = {}
local counts = {}
local sent = 0
local number = 0
local threads = {}
refused = 0

local function look(_status, _headers, body)
  if body:find('"errors"', 1, true) == 2 or not body:find('"userErrors":[]', 1, true) then
    refused = refused + 1
  end
end

function setup(thread)
  threads[#threads + 1] = thread
end

function init(arguments)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Host"] = arguments[2]
  for body in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format(nil, nil, nil, body)
    counts[#requests] = body:find(COUNTER, 1, true) ~= nil
  end
  number = tonumber(arguments[3])
  -- Looking at answers has its cost: only who writes pays it.
  if counts[1] then
    response = look
  end
end

function request()
  local place = sent % #requests + 1
  sent = sent + 1
  if not counts[place] then
    return requests[place]
  end
  number = number + 1
  return (requests[place]:gsub(COUNTER, string.format("%012d", number)))
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  for _, thread in ipairs(threads) do
    failed = failed + thread:get("refused")
  end
  print(string.format(
    '{"requests": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "bytes": %d, "failed": %d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, summary.bytes, failed
  ))
end
