{{/* The traffic of one component; everything else is refused, in both directions. Probes come from the node, which
     network plugins let through.
     (dict "root" $ "component" "backend" "port" 8000
           "from" (components that call it) "fromIngress" (whether the ingress controller does)
           "to" (components that it calls) "outside" (list of {cidrs, port} that it calls)) */}}
{{- define "todo-app.networkPolicy" }}
{{- $ports := dict "frontend" 3000 "backend" 8000 "mcp" 8001 "postgres" 5432 }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .component }}
  namespace: {{ include "todo-app.namespaceOf" . | toYaml }}
  labels:
    {{- include "todo-app.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "todo-app.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- if .port }}
  ingress:
    - ports:
        - port: {{ .port }}
      from:
        {{- range .from }}
        - {{ include "todo-app.networkPeer" (dict "root" $.root "component" .) | indent 10 | trim }}
        {{- end }}
        {{- if .fromIngress }}
        {{- with .root.Values.networkPolicy.ingressNamespace }}
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ . | toYaml }}
        {{- else }}
        - namespaceSelector: {}
        {{- end }}
        {{- end }}
  {{- end }}
  {{- if or .to .outside }}
  egress:
    # Names are resolved by the cluster's DNS.
    - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
      to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
        {{- range .root.Values.networkPolicy.dnsCidrs }}
        - ipBlock:
            cidr: {{ . }}
        {{- end }}
    {{- range .to }}
    - ports:
        - port: {{ get $ports . }}
      to:
        - {{ include "todo-app.networkPeer" (dict "root" $.root "component" .) | indent 10 | trim }}
    {{- end }}
    {{- range .outside }}
    {{- if .cidrs }}
    - ports:
        - port: {{ .port }}
      to:
        {{- range .cidrs }}
        - ipBlock:
            cidr: {{ . }}
        {{- end }}
    {{- end }}
    {{- end }}
    {{- with .root.Values.networkPolicy.extraEgress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
{{- end }}

{{/* The pods of one component as a NetworkPolicy names them: (dict "root" $ "component" "backend"). */}}
{{- define "todo-app.networkPeer" -}}
namespaceSelector:
  matchLabels:
    kubernetes.io/metadata.name: {{ include "todo-app.namespaceOf" . | toYaml }}
podSelector:
  matchLabels:
    {{- include "todo-app.selectorLabels" . | nindent 4 }}
{{- end }}

{{/* Where the pods of one component are; same argument. */}}
{{- define "todo-app.namespaceOf" -}}
{{- if eq .component "test" }}{{ .root.Release.Namespace }}{{ else }}{{ include "todo-app.namespace" .root }}{{ end -}}
{{- end }}
