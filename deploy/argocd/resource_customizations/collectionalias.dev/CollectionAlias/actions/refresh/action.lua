-- For any new value, the operator looks at Milvus now.
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["collectionalias.dev/reconcile-requested-at"] = obj.metadata.resourceVersion
return obj
