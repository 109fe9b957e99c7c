{{/* A pod of `helm test`: asks some addresses, and fails when one answers with another status. There is no shell in any
     image, so the frontend's program asks (`frontend health --url … --status …`).
     (dict "root" $ "name" "services-answer" "checks" (list (dict "name" … "url" … "status" 401))) */}}
{{- define "todo-app.test" -}}
{{- $image := dict "root" .root "component" "frontend" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .root.Release.Name | trunc 40 | trimSuffix "-" }}-test-{{ .name }}
  namespace: {{ include "todo-app.namespace" .root }}
  labels:
    {{- include "todo-app.labels" (dict "root" .root "component" "test") | nindent 4 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  enableServiceLinks: false
  securityContext:
    runAsNonRoot: true
    runAsUser: 1000
    runAsGroup: 1000
    seccompProfile:
      type: RuntimeDefault
  {{- with .root.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    {{- range .checks }}
    - name: {{ .name }}
      image: {{ include "todo-app.image" $image }}
      imagePullPolicy: {{ $.root.Values.images.frontend.pullPolicy }}
      args: [health, --url, {{ .url | quote }}, --status, {{ .status | default 200 | quote }}]
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      resources:
        limits: {memory: 64Mi, cpu: 100m, ephemeral-storage: 16Mi}
        requests: {memory: 16Mi, cpu: 10m, ephemeral-storage: 16Mi}
    {{- end }}
{{- end }}
