{{/* What cannot be meant is refused here, in words: the schema's own messages name only the place. */}}
{{- define "ebb.refusals" -}}
{{- if not .Values.image.repository -}}
{{- fail "image.repository is missing: the image that holds /opt/ebb/ebb-orchestrator.jar and a Java 25" -}}
{{- end -}}
{{- if not .Values.azure.subscription -}}
{{- fail "azure.subscription is missing: the id of the subscription to look after" -}}
{{- end -}}
{{- if not (or .Values.azure.resourceGroups .Values.azure.tag) -}}
{{- fail "neither azure.resourceGroups nor azure.tag is set: one of them must say which VMs to look after" -}}
{{- end -}}
{{- if and .Values.azure.authority (not .Values.azure.endpoint) -}}
{{- fail "azure.authority is set but azure.endpoint is not: set both or neither" -}}
{{- end -}}
{{- if gt (int .Values.replicaCount) 1 -}}
{{- $replicas := printf "replicaCount is %d" (int .Values.replicaCount) -}}
{{- if not .Values.database.existingSecret -}}
{{- fail (printf "%s but database.existingSecret is not set: without PostgreSQL the ledger is an H2 file, which two processes must not share. Use one replica, or name a Secret with a PostgreSQL URL" $replicas) -}}
{{- end -}}
{{- if not .Values.tls.existingSecret -}}
{{- fail (printf "%s but tls.existingSecret is not set: each replica would make a certificate of its own, and an agent trusts exactly one" $replicas) -}}
{{- end -}}
{{- if .Values.persistence.existingClaim -}}
{{- fail (printf "%s but persistence.existingClaim is set: only a single replica has a volume" $replicas) -}}
{{- end -}}
{{- end -}}
{{- if and (not .Values.serviceAccount.create) (or .Values.workloadIdentity.clientId .Values.workloadIdentity.tenantId .Values.serviceAccount.annotations) -}}
{{- fail "serviceAccount.create is false, so the chart cannot annotate the service account: leave workloadIdentity.clientId, workloadIdentity.tenantId and serviceAccount.annotations empty, and annotate it where it is made" -}}
{{- end -}}
{{- end -}}
