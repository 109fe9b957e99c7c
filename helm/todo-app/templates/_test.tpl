{{/* A pod of `helm test`: asks addresses, and fails unless each answers with the status. No image has a shell, so the
     frontend's program asks (`frontend health --url … --status …`). It runs in the release's namespace, because
     `helm test --logs` looks there.
     (dict "root" $ "name" "services-answer" "status" 200 "urls" (list "http://frontend-service.%s:3000/")), with the
     app's namespace for %s. */}}
{{- define "todo-app.test" -}}
{{- $image := dict "root" .root "component" "frontend" -}}
{{- $namespace := include "todo-app.namespace" .root -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .root.Release.Name | trunc 40 | trimSuffix "-" }}-test-{{ .name }}
  namespace: {{ .root.Release.Namespace | toYaml }}
  labels:
    {{- include "todo-app.labels" (dict "root" .root "component" "test") | nindent 4 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
    # Uid 1000 is the plan's.
    kube-score/ignore: container-security-context-user-group-id
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
    - name: test
      image: {{ include "todo-app.image" $image }}
      imagePullPolicy: {{ .root.Values.images.frontend.pullPolicy }}
      args:
        - health
        {{- range .urls }}
        - --url={{ printf . $namespace }}
        {{- end }}
        - --status={{ .status }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      resources:
        limits: {memory: 64Mi, cpu: 100m, ephemeral-storage: 16Mi}
        requests: {memory: 16Mi, cpu: 10m, ephemeral-storage: 16Mi}
{{- end }}
