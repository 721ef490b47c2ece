{{- define "brr-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "brr-operator.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := include "brr-operator.name" . }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "brr-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "brr-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "brr-operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "brr-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: operator
app.kubernetes.io/part-of: brr
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "brr-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "brr-operator.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "brr-operator.registryHost" -}}
{{- required "registry.host is required: host[:port][/prefix] of the registry that images of services are pushed to, for example --set registry.host=registry.example.com/team" .Values.registry.host }}
{{- end }}

{{- define "brr-operator.image" -}}
{{- $repository := .Values.image.repository | default (printf "%s/brr/operator" (include "brr-operator.registryHost" .)) }}
{{- if .Values.image.digest }}
{{- printf "%s@%s" $repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" $repository (.Values.image.tag | default .Chart.AppVersion) }}
{{- end }}
{{- end }}

{{/* What the operator does in a namespace that it watches. Dependents are written by server-side apply: create + patch. */}}
{{- define "brr-operator.namespacedRules" -}}
- apiGroups: [brr.dev]
  resources: [brrservices]
  verbs: [get, list, watch]
- apiGroups: [brr.dev]
  resources: [brrservices/status]
  verbs: [get, patch, update]
# An owner reference with blockOwnerDeletion needs this where OwnerReferencesPermissionEnforcement is on.
- apiGroups: [brr.dev]
  resources: [brrservices/finalizers]
  verbs: [update]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch, update, delete]
- apiGroups: [""]
  resources: [services, configmaps]
  verbs: [get, list, watch, create, patch, update, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, watch, create, patch, update, delete]
- apiGroups: [monitoring.coreos.com]
  resources: [podmonitors, prometheusrules]
  verbs: [get, list, watch, create, patch, update, delete]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end }}

{{/* CRDs have no namespace, so this is at cluster level always; by name, and only to look. */}}
{{- define "brr-operator.crdRules" -}}
- apiGroups: [apiextensions.k8s.io]
  resources: [customresourcedefinitions]
  resourceNames: [brrservices.brr.dev, podmonitors.monitoring.coreos.com, prometheusrules.monitoring.coreos.com]
  verbs: [get]
{{- end }}

{{- define "brr-operator.subject" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "brr-operator.serviceAccountName" . }}
    namespace: {{ .Release.Namespace }}
{{- end }}
