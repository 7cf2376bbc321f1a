-- Each action sets one annotation. The operator ignores a request that does not apply, and says why in an Event.
local status = obj.status or {}
local wanted = obj.spec.collection
local generation = obj.metadata.generation

local function isTrue(name)
  for _, condition in ipairs(status.conditions or {}) do
    if condition.type == name then
      return condition.status == "True" and condition.observedGeneration == generation
    end
  end
  return false
end

-- The operator handles no request of an object that is suspended or being deleted.
-- The status of a spec that the operator has not looked at is outdated.
local attentive = obj.metadata.deletionTimestamp == nil and obj.spec.suspend ~= true
  and status.observedGeneration == generation
local givenUp = status.rejected ~= nil and status.rejected.collection == wanted
local candidate = status.active ~= nil and status.active.collection ~= wanted
  and not givenUp and status.rollback == nil
local back = status.previous ~= nil and status.rollback == nil
local stuck = givenUp or isTrue("Stalled")

local actions = {}
actions["promote"] = {
  ["displayName"] = "Promote",
  ["iconClass"] = "fa fa-fw fa-check",
  ["disabled"] = not (attentive and isTrue("AwaitingPromotion"))
}
actions["abort"] = {
  ["displayName"] = "Abort",
  ["iconClass"] = "fa fa-fw fa-times",
  ["disabled"] = not (attentive and candidate)
}
actions["rollback"] = {
  ["displayName"] = "Roll back",
  ["iconClass"] = "fa fa-fw fa-undo",
  ["disabled"] = not (attentive and back)
}
actions["retry"] = {
  ["displayName"] = "Retry",
  ["iconClass"] = "fa fa-fw fa-redo",
  ["disabled"] = not (attentive and stuck)
}
actions["refresh"] = {
  ["displayName"] = "Refresh",
  ["iconClass"] = "fa fa-fw fa-sync",
  ["disabled"] = false
}
return actions
