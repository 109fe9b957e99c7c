{{/* Combinations that cannot work, refused in a sentence that says what to do. The schema has looked at each value for
     itself before. No sentence repeats a secret. `helm lint` does not stop at these, so that a bare lint is clean. */}}
{{- define "todo-app.validate" -}}
{{- $secrets := .Values.secrets -}}
{{- $namespace := include "todo-app.namespace" . -}}

{{- /* Exactly one database. */ -}}
{{- if .Values.postgresql.enabled -}}
  {{- if or $secrets.databaseUrl $secrets.databaseDirectUrl -}}
    {{- fail "Two databases: secrets.databaseUrl (or databaseDirectUrl) names one, and postgresql.enabled brings another. Keep one of them." -}}
  {{- end -}}
{{- else if and (not $secrets.databaseUrl) (not $secrets.existingSecret) -}}
  {{- fail "No database: set secrets.databaseUrl to postgresql://user:password@host/database, or secrets.existingSecret to a Secret that holds DATABASE_URL, or postgresql.enabled=true for one in the cluster. An upgrade that sets anything forgets what was set before, unless it has --reuse-values." -}}
{{- end -}}
{{- range $key, $url := dict "databaseUrl" ($secrets.databaseUrl | default "") "databaseDirectUrl" ($secrets.databaseDirectUrl | default "") -}}
  {{- if hasPrefix "sqlite:" $url -}}
    {{- fail (printf "secrets.%s is a SQLite file, but five pods share one database: it must be a postgresql:// address. SQLite is for the single program `todo`." $key) -}}
  {{- else if and $url (not (regexMatch "^postgres(ql)?://[^/?#\\s]" $url)) -}}
    {{- fail (printf "secrets.%s must be postgresql://user:password@host/database." $key) -}}
  {{- end -}}
{{- end -}}

{{- /* Where the secrets come from. */ -}}
{{- if and $secrets.betterAuthSecret (lt (len $secrets.betterAuthSecret) 32) -}}
  {{- fail "secrets.betterAuthSecret is shorter than 32 characters: make one with `openssl rand -hex 32`, or leave it empty and the chart makes one." -}}
{{- end -}}
{{- if $secrets.existingSecret -}}
  {{- range list "databaseUrl" "databaseDirectUrl" "betterAuthSecret" "openaiApiKey" -}}
    {{- if get $secrets . -}}
      {{- fail (printf "secrets.existingSecret and secrets.%s are both set, and the second would have no effect: put it into Secret %s, or leave existingSecret empty." . $secrets.existingSecret) -}}
    {{- end -}}
  {{- end -}}
  {{- /* An upgrade takes away what this release made before and does not render now, unless it is marked to stay. */ -}}
  {{- $found := lookup "v1" "Secret" $namespace $secrets.existingSecret -}}
  {{- if and .Release.IsUpgrade $found (include "todo-app.isOurs" (dict "root" . "object" $found)) (ne "keep" (dig "metadata" "annotations" "helm.sh/resource-policy" "" $found)) -}}
    {{- fail (printf "Secret %s is one that this release made, so Helm would delete it now. Keep it first: kubectl annotate secret %s -n %s helm.sh/resource-policy=keep" $secrets.existingSecret $secrets.existingSecret $namespace) -}}
  {{- end -}}
{{- else if not (include "todo-app.isOurs" (dict "root" . "object" (lookup "v1" "Secret" $namespace "todo-secrets"))) -}}
  {{- fail (printf "Secret todo-secrets is already in namespace %s, and this release did not make it: use it with --set secrets.existingSecret=todo-secrets, or delete it." $namespace) -}}
{{- end -}}
{{- if and .Values.postgresql.enabled .Values.postgresql.password -}}
  {{- $kept := get (lookup "v1" "Secret" $namespace "todo-postgres" | default dict) "data" | default dict -}}
  {{- if and (get $kept "POSTGRES_PASSWORD") (ne (get $kept "POSTGRES_PASSWORD" | b64dec) .Values.postgresql.password) -}}
    {{- fail "postgresql.password differs from the one in Secret todo-postgres, with which the database was made: leave it empty." -}}
  {{- end -}}
{{- end -}}

{{- /* Where the objects go. */ -}}
{{- if ne $namespace .Release.Namespace -}}
  {{- if dig "metadata" "deletionTimestamp" "" (lookup "v1" "Namespace" "" $namespace | default dict) -}}
    {{- fail (printf "Namespace %s is still being deleted. Try again when it is gone: kubectl wait --for=delete namespace/%s" $namespace $namespace) -}}
  {{- end -}}
{{- end -}}

{{- /* Ways in. */ -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
  {{- fail "httpRoute.enabled needs httpRoute.parentRefs: the Gateway that serves it, such as [{name: local, namespace: ingress}]." -}}
{{- end -}}

{{- range $component := list "frontend" "backend" "mcp" -}}
  {{- $autoscaling := get $.Values.autoscaling $component -}}
  {{- if and $autoscaling.enabled (lt (int $autoscaling.maxReplicas) (int $autoscaling.minReplicas)) -}}
    {{- fail (printf "autoscaling.%s.maxReplicas is less than its minReplicas." $component) -}}
  {{- end -}}
  {{- range $name, $_ := get $.Values.extraEnv $component -}}
    {{- if has $name (list "DATABASE_URL" "DATABASE_DIRECT_URL" "BETTER_AUTH_SECRET" "BETTER_AUTH_URL" "OPENAI_API_KEY" "BACKEND_URL" "MCP_SERVER_URL" "MCP_ALLOWED_HOSTS" "ALLOW_SIGN_UP" "NODE_ENV" "LOG_LEVEL" "LISTEN") -}}
      {{- fail (printf "extraEnv.%s.%s: the chart sets this variable itself, from `config`, `secrets` or its own ports." $component $name) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end }}
