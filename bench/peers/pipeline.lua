-- SPDX-License-Identifier: Apache-2.0
-- wrk: sixteen requests in a row.

init = function()
  local each = {}
  for i = 1, 16 do each[i] = wrk.format() end
  batch = table.concat(each)
end

request = function()
  return batch
end
