//! What `minikube start --output=json` tells while it works: one CloudEvent on each line.

use serde::Deserialize;

/// One thing that happened.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A step of so many.
    Step { number: String, of: String, message: String },
    /// Why the start fails.
    Error { message: String, advice: String },
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    message: String,
    advice: String,
    currentstep: String,
    totalsteps: String,
}

impl Event {
    /// Reads a line; nothing when it is something else.
    pub(super) fn read(line: &str) -> Option<Self> {
        let Envelope { kind, data } = serde_json::from_str(line).ok()?;
        match kind.as_str() {
            "io.k8s.sigs.minikube.step" => Some(Self::Step {
                number: data.currentstep,
                of: data.totalsteps,
                message: data.message.trim().to_owned(),
            }),
            "io.k8s.sigs.minikube.error" => {
                Some(Self::Error { message: data.message, advice: data.advice })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_and_errors_are_read_and_the_rest_is_passed_over() {
        let step = r#"{"specversion":"1.0","id":"1","source":"https://minikube.sigs.k8s.io/","type":"io.k8s.sigs.minikube.step","datacontenttype":"application/json","data":{"currentstep":"8","message":"Creating docker container (CPUs=6, Memory=4096MB) ...","name":"Creating Container","totalsteps":"19"}}"#;
        let error = r#"{"type":"io.k8s.sigs.minikube.error","data":{"advice":"Start the Docker service","exitcode":"69","issues":"","message":"deadline exceeded","name":"PROVIDER_DOCKER_NOT_RUNNING","url":""}}"#;

        assert_eq!(
            Event::read(step),
            Some(Event::Step {
                number: "8".to_owned(),
                of: "19".to_owned(),
                message: "Creating docker container (CPUs=6, Memory=4096MB) ...".to_owned(),
            })
        );
        assert!(
            matches!(Event::read(error), Some(Event::Error { advice, .. }) if advice == "Start the Docker service")
        );
        assert_eq!(Event::read("* minikube v1.39.0 on Debian 12"), None);
    }
}
