//! Why nothing can be said about an installation at all.

use crate::tools::program::ProgramError;

/// One sentence on why, and one on what to do. Nothing else is said then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}\n{advice}")]
pub(crate) struct Unreachable {
    pub(crate) what: String,
    pub(crate) advice: String,
}

impl Unreachable {
    /// The namespace is there and holds nothing of the app.
    pub(crate) fn nothing_installed(namespace: &str) -> Self {
        Self {
            what: format!("the namespace {namespace} holds nothing of the app"),
            advice: "Install it with `todoctl up`, or name another place with --namespace and --context."
                .to_owned(),
        }
    }

    /// What an error of `kubectl` says about the cluster; nothing when it may be about one request alone.
    pub(crate) fn read(error: &ProgramError, namespace: &str) -> Option<Self> {
        if let ProgramError::Missing { .. } = error {
            return Some(Self {
                what: error.to_string(),
                advice: "Install it: https://kubernetes.io/docs/tasks/tools/".to_owned(),
            });
        }
        if let ProgramError::TooLong { .. } = error {
            return Some(Self::no_answer("it did not answer in time"));
        }
        let complaint = error.complaint();
        let has = |words: &[&str]| words.iter().any(|word| complaint.contains(word));
        let last = complaint.lines().last().unwrap_or_default();
        if has(&["namespaces \"", "(NotFound)"]) && has(&["not found"]) {
            return Some(Self {
                what: format!("the cluster has no namespace {namespace}"),
                advice: "Install the app with `todoctl up`, or name another place with --namespace and --context."
                    .to_owned(),
            });
        }
        if has(&["context was not found", "does not exist", "no context exists"]) {
            return Some(Self {
                what: last.trim_start_matches("error: ").to_owned(),
                advice: "`kubectl config get-contexts` lists those that there are.".to_owned(),
            });
        }
        if has(&["logged in", "Unauthorized", "getting credentials"]) {
            return Some(Self {
                what: format!("the cluster does not know you: {last}"),
                advice: "Renew your credentials for it, then try again.".to_owned(),
            });
        }
        if has(&[
            "Unable to connect",
            "refused",
            "no such host",
            "timeout",
            "deadline exceeded",
            "no configuration has been provided",
        ]) {
            return Some(Self::no_answer(last));
        }
        None
    }

    /// The same, for an error that leaves nothing to say in any case.
    pub(crate) fn from_error(error: &ProgramError, namespace: &str) -> Self {
        Self::read(error, namespace).unwrap_or_else(|| Self {
            what: error.to_string().replace('\n', " "),
            advice: "Check that you may read the namespace: `kubectl auth can-i --list`."
                .to_owned(),
        })
    }

    fn no_answer(why: &str) -> Self {
        Self {
            what: format!("the cluster cannot be reached: {why}"),
            advice:
                "Start it (`minikube start`, or `todoctl up`), or choose another with --context."
                    .to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(complaint: &str) -> Option<String> {
        let error = ProgramError::Failed {
            program: "kubectl".to_owned(),
            purpose: "look for the namespace".to_owned(),
            status: "status 1".to_owned(),
            complaint: complaint.to_owned(),
        };
        Unreachable::read(&error, "todo-app").map(|reason| reason.what)
    }

    #[test]
    fn each_way_of_not_being_there_has_its_sentence() {
        let refused = "The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?";
        assert_eq!(said(refused), Some(format!("the cluster cannot be reached: {refused}")));
        assert_eq!(
            said("Error from server (NotFound): namespaces \"todo-app\" not found").as_deref(),
            Some("the cluster has no namespace todo-app")
        );
        assert_eq!(
            said("error: context \"nope\" does not exist").as_deref(),
            Some("context \"nope\" does not exist")
        );
        assert_eq!(
            said("error: You must be logged in to the server (Unauthorized)").as_deref(),
            Some(
                "the cluster does not know you: error: You must be logged in to the server (Unauthorized)"
            )
        );
    }

    #[test]
    fn a_request_that_is_forbidden_is_no_verdict_on_the_cluster() {
        let forbidden = "Error from server (Forbidden): namespaces \"todo-app\" is forbidden: User \"ana\" cannot get resource \"namespaces\"";

        assert_eq!(said(forbidden), None);
    }
}
