-- The conditions follow kstatus; the operator's docs/troubleshooting.md explains their reasons.
-- Only Stalled is Degraded: somebody has to change something. The operator waits for everything else that is not Ready.
local generation = obj.metadata.generation

local function find(name)
  for _, condition in ipairs(obj.status.conditions or {}) do
    -- A condition of an older spec says nothing about this one.
    if condition.type == name and condition.observedGeneration == generation then
      return condition
    end
  end
  return nil
end

local function isTrue(condition)
  return condition ~= nil and condition.status == "True"
end

if obj.metadata.deletionTimestamp ~= nil then
  return {status = "Progressing", message = "Pending deletion"}
end
if obj.status == nil or obj.status.observedGeneration ~= generation then
  return {status = "Progressing", message = "Waiting for the operator to look at generation " .. generation}
end

local ready = find("Ready")
local stalled = find("Stalled")
if isTrue(stalled) then
  return {status = "Degraded", message = stalled.message}
end
if ready == nil then
  return {status = "Progressing", message = "Waiting for the operator to look at generation " .. generation}
end
if isTrue(ready) then
  return {status = "Healthy", message = ready.message}
end
return {status = "Progressing", message = ready.message}
