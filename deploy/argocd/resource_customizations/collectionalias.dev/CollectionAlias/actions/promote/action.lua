-- Bound to the spec as it is now. What is behind the # makes it a new request, since none is handled twice.
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["collectionalias.dev/promote"] = obj.spec.collection .. "@" .. obj.metadata.generation
  .. "#" .. obj.metadata.resourceVersion
return obj
