//! Every check, in the order in which they are reported: first the plan's requirements by number, then what the plan
//! asks for without a number.

use super::report::Check;

macro_rules! checks {
    ($($name:ident = $id:literal, $requirement:literal, $title:literal, $bound:literal $(, aim $aim:literal)?;)*) => {
        $(pub(crate) static $name: Check = Check {
            id: $id,
            requirement: $requirement,
            title: $title,
            bound: $bound,
            aim: checks!(@aim $($aim)?),
        };)*

        /// All of them.
        pub(crate) static ALL: &[&Check] = &[$(&$name),*];
    };
    (@aim) => { None };
    (@aim $aim:literal) => { Some($aim) };
}

checks! {
    DOCKERFILES = "dockerfiles", "FR-001", "three Dockerfiles with several stages", "3 multi-stage";
    USER = "non-root", "FR-002", "every container runs as user 1000", "uid 1000";
    READ_ONLY = "read-only", "FR-002", "no container can write to its root", "read-only";
    PRIVILEGES = "privileges", "FR-002", "no capabilities, seccomp on", "none";
    NAMESPACE = "namespace", "FR-003", "everything is in the namespace", "all objects";
    PLAIN_CONFIG = "no-plain-secrets", "FR-004", "no secret outside of Secrets", "none";
    SECRET_KEYS = "secret-keys", "FR-004", "each key only where it is needed", "none too many";
    BACKEND_REPLICAS = "backend-replicas", "FR-005", "replicas of the backend", "2 Ready";
    BACKEND_SERVICE = "backend-service", "FR-005", "service of the backend", "ClusterIP :8000";
    MCP_REPLICAS = "mcp-replicas", "FR-006", "replicas of the MCP server", "1 Ready";
    MCP_SERVICE = "mcp-service", "FR-006", "service of the MCP server", "ClusterIP :8001";
    FRONTEND_REPLICAS = "frontend-replicas", "FR-007", "replicas of the frontend", "2 Ready";
    FRONTEND_SERVICE = "frontend-service", "FR-007", "service of the frontend", "ClusterIP :3000";
    INGRESS = "ingress", "FR-007", "the Ingress has the host", "host and class";
    RESOURCES = "resources", "FR-008", "requests and limits", "the plan's";
    PROBE_PATHS = "probe-paths", "FR-009", "paths of the probes", "the plan's";
    LIVENESS = "liveness", "FR-009", "each pod answers on its health path", "200";
    READINESS = "readiness", "FR-009", "each pod answers that it is ready", "200";
    MANIFESTS = "manifests", "FR-010", "the chart renders what k8s/ holds", "equal";
    AI_QUESTIONS = "ai-questions", "FR-011", "questions to kubectl-ai", "answers";
    MIGRATIONS = "migrations", "FR-012", "migrated before the backend starts", "in order";
    DEPLOYMENT_TIME = "deployment-time", "SC-001", "from first object to all Ready", "< 5 min", aim "< 30 s";
    PODS_RUNNING = "pods-running", "SC-002", "all pods Ready, none restarted", "0 restarts";
    PODS_STABLE = "pods-stable", "SC-002", "still so 5 minutes after the start", "≥ 5 min old";
    FRONTEND_IMAGE = "frontend-image", "SC-003", "image of the frontend", "< 200 MB", aim "< 45 MB";
    BACKEND_IMAGE = "backend-image", "SC-003", "image of the backend", "< 500 MB", aim "< 45 MB";
    MCP_IMAGE = "mcp-image", "SC-003", "image of the MCP server", "< 500 MB", aim "< 45 MB";
    INGRESS_ANSWERS = "ingress-answers", "SC-004", "the host answers through the Ingress", "200";
    HOST_NAME = "host-name", "SC-004", "this machine knows the host name", "resolves";
    HELM_LINT = "helm-lint", "SC-005", "helm lint", "0 errors";
    PULL_POLICY = "images-in-cluster", "CD-01", "images are in the cluster's daemon", "Never pulled";
    INGRESS_CLASS = "ingress-class", "CD-04", "a controller serves the Ingress class", "nginx";
    DATABASE_ERRORS = "database-errors", "US2", "logs without connection errors", "0 lines";
    SIGN_UP = "sign-up", "US3", "sign-up through the Ingress", "200";
    CHAT = "chat", "US3", "a chat turn adds a task", "< 5 s";
    CHAT_CHANGES = "chat-changes", "US3", "a second one completes it", "< 5 s";
    CHAT_VIA_MCP = "chat-via-mcp", "US3", "chat acts through the MCP server", "tool calls";
    REST_SEES = "rest-sees", "US3", "REST reads what chat wrote", "the same row";
    REMOVED = "account-removed", "–", "the account is gone with its data", "401 after";
    RELEASE = "release", "US4", "the Helm release", "deployed";
    MCP_TOKEN = "mcp-needs-token", "–", "MCP refuses who has no token", "401";
    ISOLATION = "isolation", "–", "tasks of others stay hidden", "404 and 401";
    COLD_START = "cold-start", "–", "from process start to ready, each pod", "< 3 s", aim "< 150 ms";
    MEMORY = "memory", "–", "memory of the pods", "< 4 GB", aim "< 150 MB";
    LIMITS_FIT = "limits-fit", "–", "memory limits fit the plan's Minikube", "< 4 GB";
}

/// The place of a check in the report.
pub(crate) fn place(check: &Check) -> usize {
    ALL.iter().position(|one| one.id == check.id).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn identifiers_are_unique() {
        let ids: BTreeSet<_> = ALL.iter().map(|check| check.id).collect();

        assert_eq!(ids.len(), ALL.len());
    }

    #[test]
    fn every_number_of_the_plan_that_a_cluster_can_show_has_a_check() {
        let numbers: BTreeSet<_> = ALL.iter().map(|check| check.requirement).collect();

        for number in
            (1..=12).map(|n| format!("FR-{n:03}")).chain((1..=5).map(|n| format!("SC-{n:03}")))
        {
            assert!(numbers.contains(number.as_str()), "{number}");
        }
    }

    #[test]
    fn docs_name_every_check_as_it_is() {
        let docs = include_str!("../../../docs/verify.md");

        for check in ALL {
            let asked = check.aim.map_or_else(
                || check.bound.to_owned(),
                |aim| format!("{}; aim {aim}", check.bound),
            );
            let row =
                format!("| `{}` | {} | {} | {asked} |", check.id, check.requirement, check.title);
            assert!(docs.contains(&row), "docs/verify.md lacks {row}");
        }
    }
}
