{{- /* Names of templates are common to all charts of a release, so that each of these begins with the name of its chart. */}}

{{- define "collection-alias-operator.name" -}}
{{- .Values.nameOverride | default .Chart.Name -}}
{{- end -}}

{{/* The name of the objects: the release's, and what it is, unless the release is called that already. */}}
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

{{/* What the pods of this release, and of no other, agree by which of them leads. */}}
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

{{/* The Secrets to pull the image with, each once. Some parent charts name those of `global` by a string alone. */}}
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

{{/* These, and an object's own, which come first. Called with a list of the context and the object's own. */}}
{{- define "collection-alias-operator.labelsWith" -}}
{{- toYaml (merge dict (index . 1 | default dict) (include "collection-alias-operator.labels" (index . 0) | fromYaml)) -}}
{{- end -}}

{{/* Those of a pod. Nothing of the release's version is in them, as a change of a label starts new pods. */}}
{{- define "collection-alias-operator.podLabels" -}}
{{- $own := include "collection-alias-operator.selector" . | fromYaml -}}
{{- $name := dict "app.kubernetes.io/name" (include "collection-alias-operator.name" .) -}}
{{- toYaml (merge $own $name (.Values.podLabels | default dict) (.Values.commonLabels | default dict)) -}}
{{- end -}}

{{/*
The annotations by which Helm, Argo CD and Flux leave an object that is not in the release any more. With a CRD go its
objects, and with these the aliases in Milvus. A connection has to outlive the operator, which would have to take the
finalizer away. Called with the object's own annotations, which come first: of Argo CD's options, too, the first one counts.
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

{{/* By what the Deployment knows its pods. It can't be changed in an upgrade, so nothing that may change is in it. */}}
{{- define "collection-alias-operator.selector" -}}
app.kubernetes.io/component: operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* A RoleBinding or ClusterRoleBinding says this of whom it is for. */}}
{{- define "collection-alias-operator.subjects" -}}
subjects:
- kind: ServiceAccount
  name: {{ include "collection-alias-operator.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}
