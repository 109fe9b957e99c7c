//! How the programs are confined, as they see it themselves in the running pods.

use futures::{StreamExt as _, stream};
use serde::Deserialize;

use super::{AT_ONCE, Bench, LIMIT};
use crate::{
    cluster::object::Pod,
    verify::{
        catalogue as check,
        plan::UID,
        report::{Finding, Line},
    },
};

/// What `<program> sandbox` prints.
#[derive(Debug, Clone, Deserialize)]
struct Sandbox {
    uid: u32,
    gid: u32,
    root_writable: bool,
    /// Whether the file system refused it, and not only the owner of `/`.
    root_read_only: bool,
    capabilities: Vec<String>,
    no_new_privileges: bool,
    seccomp: String,
}

/// A pod's name, and what its program said or why it said nothing.
type Answer = (String, Result<Sandbox, String>);

pub(super) async fn measure(bench: &Bench<'_>) -> Vec<Line> {
    let running = bench.snapshot.our_pods().filter(|pod| pod.runs());
    let answers: Vec<Answer> =
        stream::iter(running).map(|pod| ask(bench, pod)).buffer_unordered(AT_ONCE).collect().await;
    judge(&answers)
}

async fn ask(bench: &Bench<'_>, pod: &Pod) -> Answer {
    let name = pod.metadata.name.as_str();
    let component = pod.component().unwrap_or_default();
    let container = pod.main_container().map_or(component, |container| container.name.as_str());
    let program = format!("/usr/local/bin/{component}");
    let asked = bench.kubectl.program(format!("look into the pod {name}"));
    let said = asked
        .args(["exec", name, "--container", container, "--", program.as_str(), "sandbox"])
        .limit(LIMIT)
        .json::<Sandbox>()
        .await;
    (pod.short_name(), said.map_err(|error| error.to_string().replace('\n', " ")))
}

/// Three lines: who it is, what it may write, what else it may do.
fn judge(answers: &[Answer]) -> Vec<Line> {
    if answers.is_empty() {
        let none = || Finding::failed("no pod runs", "See the pods: `todoctl status`.");
        return vec![
            none().on(&check::USER),
            none().on(&check::READ_ONLY),
            none().on(&check::PRIVILEGES),
        ];
    }
    let user =
        each(answers, "Set `runAsNonRoot` and `runAsUser: 1000` as the chart does.", |one| {
            let who = format!("{}:{}", one.uid, one.gid);
            if one.uid == UID { Ok(who) } else { Err(format!("runs as {who}")) }
        });
    let root =
        each(answers, "Set `readOnlyRootFilesystem: true` as the chart does.", |one| {
            match (one.root_writable, one.root_read_only) {
                (true, _) => Err("can write to /".to_owned()),
                (false, false) => Err("has a writable root, though not for its user".to_owned()),
                (false, true) => Ok("refused".to_owned()),
            }
        });
    let rights = each(
        answers,
        "Drop all capabilities and set seccomp to RuntimeDefault as the chart does.",
        |one| {
            let wrong: Vec<String> = [
                (!one.capabilities.is_empty()).then(|| one.capabilities.join(" ")),
                (!one.no_new_privileges).then(|| "may gain privileges".to_owned()),
                (one.seccomp == "off").then(|| "no seccomp".to_owned()),
            ]
            .into_iter()
            .flatten()
            .collect();
            if wrong.is_empty() { Ok("none".to_owned()) } else { Err(wrong.join(", ")) }
        },
    );
    vec![user.on(&check::USER), root.on(&check::READ_ONLY), rights.on(&check::PRIVILEGES)]
}

/// The same question to every answer: what is right is said once, what is wrong pod by pod.
fn each(
    answers: &[Answer],
    advice: &str,
    question: impl Fn(&Sandbox) -> Result<String, String>,
) -> Finding {
    let mut right = std::collections::BTreeSet::new();
    let mut wrong = Vec::new();
    for (pod, answer) in answers {
        match answer.as_ref().map(&question) {
            Ok(Ok(value)) => {
                right.insert(value);
            }
            Ok(Err(value)) => wrong.push(format!("{pod} {value}")),
            Err(error) => {
                return Finding::failed(
                    format!("{pod}: {error}"),
                    "Can you run programs in pods (`kubectl auth can-i create pods/exec`)?",
                );
            }
        }
    }
    if !wrong.is_empty() {
        return Finding::failed(wrong.join("; "), advice);
    }
    let values: Vec<String> = right.into_iter().collect();
    Finding::passed(format!("{} in {} pods", values.join(", "), answers.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::report::Outcome;

    fn answer(pod: &str, json: &str) -> Answer {
        (pod.to_owned(), Ok(serde_json::from_str(json).expect("what the program prints")))
    }

    const GOOD: &str = r#"{"uid":1000,"gid":1000,"root_writable":false,"root_read_only":true,"capabilities":[],"no_new_privileges":true,"seccomp":"filter"}"#;

    #[test]
    fn confined_programs_pass_all_three() {
        let lines = judge(&[answer("mcp-1", GOOD), answer("backend-1", GOOD)]);

        assert!(lines.iter().all(|line| line.finding.outcome == Outcome::Passed));
        assert_eq!(lines[0].finding.measured, "1000:1000 in 2 pods");
    }

    #[test]
    fn what_is_wrong_is_told_pod_by_pod() {
        let loose = r#"{"uid":0,"gid":0,"root_writable":true,"root_read_only":false,"capabilities":["NET_RAW"],"no_new_privileges":false,"seccomp":"off"}"#;

        let lines = judge(&[answer("mcp-1", GOOD), answer("backend-1", loose)]);

        let told: Vec<&str> = lines.iter().map(|line| line.finding.measured.as_str()).collect();
        assert_eq!(
            told,
            [
                "backend-1 runs as 0:0",
                "backend-1 can write to /",
                "backend-1 NET_RAW, may gain privileges, no seccomp",
            ]
        );
    }

    #[test]
    fn a_root_that_only_its_owner_may_write_is_not_read_only() {
        let unprivileged = GOOD.replace(r#""root_read_only":true"#, r#""root_read_only":false"#);

        let lines = judge(&[answer("mcp-1", GOOD), answer("backend-1", &unprivileged)]);

        let finding = &lines[1].finding;
        assert_eq!(finding.outcome, Outcome::Failed);
        assert_eq!(finding.measured, "backend-1 has a writable root, though not for its user");
        let advice = finding.advice.as_deref().expect("what to do");
        assert!(advice.contains("readOnlyRootFilesystem: true"), "{advice}");
    }
}
