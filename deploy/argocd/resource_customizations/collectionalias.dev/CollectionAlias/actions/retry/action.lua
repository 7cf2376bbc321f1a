-- The request is for the present spec only. The operator handles no value twice, so the part behind the # makes it new.
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["collectionalias.dev/retry"] = obj.metadata.generation .. "#" .. obj.metadata.resourceVersion
return obj
