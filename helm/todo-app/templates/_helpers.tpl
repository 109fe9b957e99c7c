{{/* Where all objects of the chart live: `namespace`, or the release's own when that is empty. */}}
{{- define "todo-app.namespace" -}}
{{- .Values.namespace | default .Release.Namespace -}}
{{- end }}

{{/* Selector labels of one component: (dict "root" $ "component" "backend").
     Kubernetes refuses to change these on upgrade, so nothing that moves belongs here. `toYaml`, here and where a name
     or namespace stands: it puts marks around a name such as 1234, which YAML would read as a number. */}}
{{- define "todo-app.selectorLabels" -}}
app.kubernetes.io/name: todo-app
app.kubernetes.io/instance: {{ .root.Release.Name | toYaml }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* The plan's own labels, on the three workloads only: `kubectl wait -l app=todo-chatbot` must not meet a database or
     a test, which would never do what it waits for. Same argument. */}}
{{- define "todo-app.planLabels" -}}
app: todo-chatbot
component: {{ .component }}
{{- end }}

{{/* Labels of every object; same argument. The generator of k8s/ drops the lines that are only for Helm. */}}
{{- define "todo-app.labels" -}}
{{ include "todo-app.selectorLabels" . }}
app.kubernetes.io/part-of: todo-chatbot
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }} # only for Helm
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name (.root.Chart.Version | replace "+" "_") | trunc 63 | trimSuffix "-" }} # only for Helm
environment: {{ .root.Values.environment | toYaml }}
{{- end }}

{{/* The image of one component, with its registry, by digest where one is given; same argument. */}}
{{- define "todo-app.image" -}}
{{- $image := get .root.Values.images .component -}}
{{- with .root.Values.images.registry }}{{ trimSuffix "/" . }}/{{ end -}}
{{ $image.repository }}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ $image.tag }}{{ end }}
{{- end }}

{{/* How many pods one component has at least; same argument. */}}
{{- define "todo-app.minReplicas" -}}
{{- $autoscaling := get .root.Values.autoscaling .component -}}
{{- ternary $autoscaling.minReplicas (get .root.Values.replicas .component) $autoscaling.enabled -}}
{{- end }}

{{/* Whether `object`, found by lookup, may be rendered by this release: it is not there, or this release made it.
     (dict "root" $ "object" …); "true" or nothing. What others made is used and left alone. */}}
{{- define "todo-app.isOurs" -}}
{{- if not .object -}}
true
{{- else -}}
{{- $annotations := .object.metadata.annotations | default dict -}}
{{- if and (eq (get $annotations "meta.helm.sh/release-name") .root.Release.Name) (eq (get $annotations "meta.helm.sh/release-namespace") .root.Release.Namespace) -}}
true
{{- end -}}
{{- end -}}
{{- end }}

{{/* "true" when Helm talks to a cluster, so that lookup would find what is there. Without one (`helm template`, `helm
     lint`) Helm knows only a built-in list of API groups, without their kinds. */}}
{{- define "todo-app.seesCluster" -}}
{{- if .Capabilities.APIVersions.Has "v1/Secret" }}true{{ end -}}
{{- end }}
