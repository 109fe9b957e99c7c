{{/* What the pods of all three services have in common: (dict "root" $ "component" "backend"). */}}
{{- define "todo-app.podSpec" -}}
# Nothing in these pods talks to Kubernetes.
automountServiceAccountToken: false
# Otherwise Kubernetes describes every service of the namespace in the environment, under names that
# could be read as settings.
enableServiceLinks: false
# 10 s of preStop, then up to 25 s for answers that are under way.
terminationGracePeriodSeconds: 40
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  seccompProfile:
    type: RuntimeDefault
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .root.Values.topologySpread.enabled }}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "todo-app.selectorLabels" $ | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end }}
{{- end }}

{{/* Image and confinement of one container; same argument. The programs write nothing to disk, so there is no volume. */}}
{{- define "todo-app.container" -}}
image: {{ include "todo-app.image" . }}
imagePullPolicy: {{ (get .root.Values.images .component).pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
resources:
  {{- get .root.Values.resources .component | toYaml | nindent 2 }}
{{- end }}

{{/* Life of one container: (dict "component" "backend" "health" "/health"). */}}
{{- define "todo-app.life" -}}
# Alive depends on nothing, so that a database that is away does not get pods restarted. The plan
# asks this path for both questions.
startupProbe:
  httpGet:
    path: {{ .health }}
    port: http
  periodSeconds: 1
  timeoutSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet:
    path: {{ .health }}
    port: http
  periodSeconds: 10
  timeoutSeconds: 3
  failureThreshold: 3
# Ready is another question: whether what the program needs is there. About 10 seconds after that
# is lost, the pod gets no requests.
readinessProbe:
  httpGet:
    path: {{ .health }}/ready
    port: http
  periodSeconds: 3
  timeoutSeconds: 2
  failureThreshold: 3
lifecycle:
  preStop:
    exec:
      # Serves on until every proxy has heard that this pod is leaving.
      command: [/usr/local/bin/{{ .component }}, pause, "10"]
{{- end }}

{{/* Variables that only this installation sets: (dict "root" $ "component" "backend"). */}}
{{- define "todo-app.extraEnv" -}}
{{- range $name, $value := get .root.Values.extraEnv .component }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Annotations of a pod: checksums of what it reads, and further ones. Same argument, and
     "secrets" (list "DATABASE_URL"). */}}
{{- define "todo-app.podAnnotations" -}}
checksum/config: {{ include "todo-app.configData" .root | sha256sum }} # only for Helm
{{- with include "todo-app.secretChecksum" (dict "root" .root "keys" .secrets) }}
checksum/secrets: {{ . }} # only for Helm
{{- end }}
{{- with get .root.Values.podAnnotations .component }}
{{ toYaml . }}
{{- end }}
{{- end }}
