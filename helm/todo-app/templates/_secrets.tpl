{{/* Name of the Secret with the app's keys. */}}
{{- define "todo-app.secretName" -}}
{{- .Values.secrets.existingSecret | default "todo-secrets" -}}
{{- end }}

{{/* Name of the Secret that holds DATABASE_URL: the chart's own database has one to itself. */}}
{{- define "todo-app.databaseSecretName" -}}
{{- if .Values.postgresql.enabled }}todo-postgres{{ else }}{{ include "todo-app.secretName" . }}{{ end -}}
{{- end }}

{{/* A random value that stays what it is: the one in the cluster's Secret, or a new one where there is none yet.
     (dict "root" $ "secret" "todo-secrets" "key" "BETTER_AUTH_SECRET" "value" "secrets.betterAuthSecret").
     Rendered twice (in the Secret and in a checksum) it must be the same, so it is remembered among the values. */}}
{{- define "todo-app.generated" -}}
{{- $memory := get .root.Values "remembered" | default dict -}}
{{- if not (hasKey $memory .key) -}}
  {{- $found := lookup "v1" "Secret" (include "todo-app.namespace" .root) .secret | default dict -}}
  {{- $old := get (get $found "data" | default dict) .key | b64dec -}}
  {{- if and (not $old) (not (include "todo-app.seesCluster" .root)) -}}
    {{- include "todo-app.validate" .root -}}
    {{- fail (printf "%s is empty, and without a cluster to look at (helm template, --dry-run=client) a new one would be made each time: give one, such as --set %s=\"$(openssl rand -hex 32)\", or use --dry-run=server." .value .value) -}}
  {{- end -}}
  {{- $_ := set $memory .key ($old | default (randAlphaNum 48)) -}}
  {{- $_ := set .root.Values "remembered" $memory -}}
{{- end -}}
{{- get $memory .key -}}
{{- end }}

{{/* The secret that signs cookies. */}}
{{- define "todo-app.betterAuthSecret" -}}
{{- with .Values.secrets.betterAuthSecret }}{{ . }}{{ else }}{{ include "todo-app.generated" (dict "root" $ "secret" "todo-secrets" "key" "BETTER_AUTH_SECRET" "value" "secrets.betterAuthSecret") }}{{ end -}}
{{- end }}

{{/* The password of the chart's own database. */}}
{{- define "todo-app.postgresPassword" -}}
{{- with .Values.postgresql.password }}{{ . }}{{ else }}{{ include "todo-app.generated" (dict "root" $ "secret" "todo-postgres" "key" "POSTGRES_PASSWORD" "value" "postgresql.password") }}{{ end -}}
{{- end }}

{{/* What ConfigMap todo-config holds. Each pod takes only the keys that it reads. */}}
{{- define "todo-app.configData" -}}
LOG_LEVEL: {{ .Values.config.logLevel | quote }}
NODE_ENV: {{ .Values.config.nodeEnv | quote }}
ALLOW_SIGN_UP: {{ .Values.config.allowSignUp | quote }}
BACKEND_URL: http://backend-service:8000
MCP_SERVER_URL: http://mcp-service:8001
MCP_ALLOWED_HOSTS: {{ include "todo-app.mcpAllowedHosts" . | quote }}
{{- end }}

{{/* The MCP server knows its names in namespace todo-app by itself. */}}
{{- define "todo-app.mcpAllowedHosts" -}}
{{- $namespace := include "todo-app.namespace" . -}}
{{- $hosts := list -}}
{{- if ne $namespace "todo-app" }}{{ $hosts = list (printf "mcp-service.%s" $namespace) (printf "mcp-service.%s.svc.cluster.local" $namespace) }}{{ end -}}
{{- with .Values.config.mcpAllowedHosts }}{{ $hosts = append $hosts . }}{{ end -}}
{{- join "," $hosts -}}
{{- end }}

{{/* What Secret todo-secrets holds, when the chart makes it. */}}
{{- define "todo-app.secretData" -}}
{{- if not .Values.postgresql.enabled }}
DATABASE_URL: {{ .Values.secrets.databaseUrl | default "" | b64enc | quote }}
{{- with .Values.secrets.databaseDirectUrl }}
DATABASE_DIRECT_URL: {{ . | b64enc | quote }}
{{- end }}
{{- end }}
BETTER_AUTH_SECRET: {{ include "todo-app.betterAuthSecret" . | b64enc | quote }}
BETTER_AUTH_URL: {{ .Values.secrets.betterAuthUrl | trimSuffix "/" | b64enc | quote }}
OPENAI_API_KEY: {{ .Values.secrets.openaiApiKey | default "" | b64enc | quote }}
{{- end }}

{{/* What Secret todo-postgres holds. */}}
{{- define "todo-app.postgresData" -}}
POSTGRES_PASSWORD: {{ include "todo-app.postgresPassword" . | b64enc | quote }}
DATABASE_URL: {{ printf "postgresql://todo:%s@postgres:5432/todo" (include "todo-app.postgresPassword" .) | b64enc | quote }}
{{- end }}

{{/* Checksum of some keys of the Secrets, so that pods that read them are replaced when they change:
     (dict "root" $ "keys" (list "DATABASE_URL")). Nothing when the Secret is somebody else's and cannot be seen. */}}
{{- define "todo-app.secretChecksum" -}}
{{- $data := dict -}}
{{- if .root.Values.secrets.existingSecret -}}
  {{- $found := lookup "v1" "Secret" (include "todo-app.namespace" .root) .root.Values.secrets.existingSecret | default dict -}}
  {{- $data = get $found "data" | default dict -}}
{{- else -}}
  {{- $data = include "todo-app.secretData" .root | fromYaml -}}
{{- end -}}
{{- if .root.Values.postgresql.enabled -}}
  {{- $data = merge (include "todo-app.postgresData" .root | fromYaml) $data -}}
{{- end -}}
{{- $seen := dict -}}
{{- range .keys }}{{ if hasKey $data . }}{{ $_ := set $seen . (get $data .) }}{{ end }}{{ end -}}
{{- if $seen }}{{ $seen | toJson | sha256sum }}{{ end -}}
{{- end }}
