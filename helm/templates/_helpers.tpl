{{- define "ebb.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "ebb.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "ebb.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What the Service selects: the test's pod must not be among them, hence the component. */}}
{{- define "ebb.selector" -}}
app.kubernetes.io/name: {{ include "ebb.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: orchestrator
{{- end -}}

{{- define "ebb.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: ebb
{{- end -}}

{{- define "ebb.labels" -}}
{{ include "ebb.selector" . }}
{{ include "ebb.commonLabels" . }}
{{- end -}}

{{- define "ebb.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "ebb.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "ebb.image" -}}
{{- $image := .Values.image -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository (default .Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The name that resolves in the cluster. */}}
{{- define "ebb.host" -}}
{{- printf "%s.%s.svc" (include "ebb.fullname" .) .Release.Namespace -}}
{{- end -}}

{{- define "ebb.claim" -}}
{{- default (include "ebb.fullname" .) .Values.persistence.existingClaim -}}
{{- end -}}

{{/* The settings that are no secret, as the orchestrator reads them. */}}
{{- define "ebb.settings" -}}
{{- $azure := dict "subscription" .Values.azure.subscription "tags" .Values.azure.tags "acknowledge" .Values.azure.acknowledge -}}
{{- range $key, $setting := dict "tag" "tag" "endpoint" "endpoint" "authority" "authority" "caFile" "ca-file" "requestTimeout" "request-timeout" "operationTimeout" "operation-timeout" "healthAge" "health-age" -}}
{{- with get $.Values.azure $key }}{{ $_ := set $azure $setting . }}{{ end -}}
{{- end -}}
{{- with .Values.azure.resourceGroups }}{{ $_ := set $azure "resource-groups" . }}{{ end -}}
{{- $names := append .Values.publicNames (include "ebb.host" .) | uniq -}}
{{- $ebb := dict "mode" .Values.mode "host" "0.0.0.0" "port" (int .Values.port) "public-names" $names "operator-token" .Values.operatorToken "lease" .Values.lease "reading-age" .Values.readingAge "retention" .Values.retention "azure" $azure -}}
{{- with .Values.publicUrl }}{{ $_ := set $ebb "public-url" . }}{{ end -}}
{{- with .Values.policy }}{{ $_ := set $ebb "policy" . }}{{ end -}}
{{- with .Values.pools }}{{ $_ := set $ebb "pools" . }}{{ end -}}
{{- with .Values.rules }}{{ $_ := set $ebb "rules" . }}{{ end -}}
{{- toYaml (dict "ebb" $ebb) -}}
{{- end -}}
