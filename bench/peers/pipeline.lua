-- SPDX-License-Identifier: Apache-2.0
-- wrk: sixteen requests in a row. Word: the path.

init = function(args)
  local each = {}
  for i = 1, 16 do each[i] = wrk.format("GET", args[1]) end
  batch = table.concat(each)
end

request = function()
  return batch
end
