{{/*
What stands for a value that is missing altogether. After `helm upgrade --reuse-values` all that this
chart has and the older one had not are: Helm then takes the older chart's values.yaml for this one's.
What Kubernetes defines is one value: a field that somebody removed from it by null stays removed.
*/}}
{{- define "ebb.defaults" -}}
nameOverride: ""
fullnameOverride: ""
replicaCount: 1
image.repository: ""
image.tag: ""
image.digest: ""
image.pullPolicy: IfNotPresent
imagePullSecrets: []
javaOptions:
  - -XX:MaxRAMPercentage=50
  - -XX:+UseSerialGC
  - -XX:-UsePerfData
  - -XX:+ExitOnOutOfMemoryError
mode: observe
port: 8400
publicNames: []
publicUrl: ""
operatorToken: keep
lease: 8s
readingAge: 3s
retention: 90d
azure.subscription: ""
azure.resourceGroups: []
azure.tag: ""
azure.endpoint: ""
azure.authority: ""
azure.caFile: ""
azure.tags: true
azure.acknowledge: true
azure.requestTimeout: 30s
azure.operationTimeout: 5m
azure.healthAge: 10s
policy: {}
pools: {}
rules: {}
workloadIdentity.enabled: true
workloadIdentity.clientId: ""
workloadIdentity.tenantId: ""
workloadIdentity.tokenExpirationSeconds: 3600
serviceAccount.create: true
serviceAccount.name: ""
serviceAccount.annotations: {}
database.existingSecret: ""
database.urlKey: url
database.usernameKey: username
database.passwordKey: password
database.port: 5432
tls.existingSecret: ""
tls.keyStoreKey: server.p12
tls.passwordKey: password
persistence.existingClaim: ""
persistence.storageClass: ""
persistence.accessModes: [ReadWriteOnce]
persistence.size: 1Gi
persistence.annotations: {}
persistence.retain: true
service.type: ClusterIP
service.annotations: {}
service.loadBalancerSourceRanges: []
networkPolicy.enabled: true
networkPolicy.ingressFrom: []
networkPolicy.extraEgress: []
podAnnotations: {}
podLabels: {}
podSecurityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
resources:
  requests:
    cpu: 100m
    memory: 512Mi
  limits:
    memory: 512Mi
startupProbe:
  periodSeconds: 3
  timeoutSeconds: 3
  failureThreshold: 40
livenessProbe:
  periodSeconds: 10
  timeoutSeconds: 3
  failureThreshold: 6
readinessProbe:
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
podDisruptionBudget.maxUnavailable: 1
nodeSelector: {}
affinity: {}
tolerations: []
topologySpreadConstraints: []
priorityClassName: ""
terminationGracePeriodSeconds: 30
extraEnv: []
extraEnvFrom: []
extraVolumes: []
extraVolumeMounts: []
tests.check: true
{{- end -}}

{{/* Fills them in. Each template begins with it. */}}
{{- define "ebb.complete" -}}
{{- range $path, $default := include "ebb.defaults" . | fromYaml -}}
{{- $values := $.Values -}}
{{- $keys := splitList "." $path -}}
{{- range initial $keys -}}
{{- if kindIs "invalid" (index $values .) }}{{ $_ := set $values . dict }}{{ end -}}
{{- $values = index $values . -}}
{{- end -}}
{{- if kindIs "invalid" (index $values (last $keys)) }}{{ $_ := set $values (last $keys) $default }}{{ end -}}
{{- end -}}
{{- end -}}
