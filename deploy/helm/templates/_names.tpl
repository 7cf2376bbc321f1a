{{- /* All charts of a release share the names of templates, so each name here begins with the name of its chart. */}}

{{- define "collection-alias-operator.name" -}}
{{- .Values.nameOverride | default .Chart.Name -}}
{{- end -}}

{{/* The name of the objects: the release's name and the operator's name, unless the former contains the latter. */}}
{{- define "collection-alias-operator.fullname" -}}
{{- $name := include "collection-alias-operator.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "collection-alias-operator.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (ternary (include "collection-alias-operator.fullname" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{/* The name of the lease by which the pods of this release, and of no other, agree on a leader. */}}
{{- define "collection-alias-operator.leaseName" -}}
{{- .Values.leaseName | default (include "collection-alias-operator.fullname" .) -}}
{{- end -}}

{{- define "collection-alias-operator.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{- printf "%s@%s" .repository .digest -}}
{{- else -}}
{{- printf "%s:%s" .repository (.tag | default $.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The Secrets to pull the image with, each once. Some parent charts give the ones in `global` as plain strings. */}}
{{- define "collection-alias-operator.imagePullSecrets" -}}
{{- $secrets := .Values.imagePullSecrets | default list -}}
{{- range (.Values.global).imagePullSecrets -}}
{{- $secrets = append $secrets (kindIs "map" . | ternary . (dict "name" .)) -}}
{{- end -}}
{{- with uniq $secrets -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}

{{/* The labels of every object. */}}
{{- define "collection-alias-operator.labels" -}}
{{- $own := dict
  "app.kubernetes.io/name" (include "collection-alias-operator.name" .)
  "app.kubernetes.io/instance" .Release.Name
  "app.kubernetes.io/version" .Chart.AppVersion
  "app.kubernetes.io/managed-by" .Release.Service
  "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_") -}}
{{- toYaml (merge $own (.Values.commonLabels | default dict)) -}}
{{- end -}}

{{/* These labels and an object's own, which win. The argument is a list of the context and the object's own labels. */}}
{{- define "collection-alias-operator.labelsWith" -}}
{{- toYaml (merge dict (index . 1 | default dict) (include "collection-alias-operator.labels" (index . 0) | fromYaml)) -}}
{{- end -}}

{{/* The labels of a pod. They leave out the release's version, because a changed label starts new pods. */}}
{{- define "collection-alias-operator.podLabels" -}}
{{- $own := include "collection-alias-operator.selector" . | fromYaml -}}
{{- $name := dict "app.kubernetes.io/name" (include "collection-alias-operator.name" .) -}}
{{- toYaml (merge $own $name (.Values.podLabels | default dict) (.Values.commonLabels | default dict)) -}}
{{- end -}}

{{/*
With these annotations, Helm, Argo CD and Flux keep an object that is not in the release any more. A deleted CRD takes
its objects along, and they take the aliases in Milvus along. A release must not delete a connection together with the
operator, because only the operator removes its finalizer. The argument is the object's own annotations, which win. Of
Argo CD's options, the first one counts, so the object's own ones come first.
*/}}
{{- define "collection-alias-operator.kept" -}}
{{- $options := "argocd.argoproj.io/sync-options" -}}
{{- $own := . | default dict -}}
{{- $kept := dict
  "helm.sh/resource-policy" "keep"
  "kustomize.toolkit.fluxcd.io/prune" "disabled"
  $options (list (get $own $options) "Prune=false" "Delete=false" | compact | join ",") -}}
{{- toYaml (merge (omit $own $options) $kept) -}}
{{- end -}}

{{/* The labels by which the Deployment finds its pods. An upgrade can't change them, so they hold only what never changes. */}}
{{- define "collection-alias-operator.selector" -}}
app.kubernetes.io/component: operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* The subjects of a RoleBinding or ClusterRoleBinding. */}}
{{- define "collection-alias-operator.subjects" -}}
subjects:
- kind: ServiceAccount
  name: {{ include "collection-alias-operator.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}
