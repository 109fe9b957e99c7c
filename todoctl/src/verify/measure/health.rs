//! Whether each pod answers on its probes' paths: asked through the API server, pod by pod, and from inside where that
//! fails.

use futures::{StreamExt as _, stream};
use serde_json::Value;

use super::{AT_ONCE, Bench, LIMIT};
use crate::{
    cluster::object::Pod,
    verify::{
        catalogue as check,
        plan::{self, Part},
        report::{Finding, Line},
    },
};

/// A pod's name with the path, and whether it answered 200 or what came instead.
type Answer = (String, Result<(), String>);

pub(super) async fn measure(bench: &Bench<'_>) -> Vec<Line> {
    let questions: Vec<(&Pod, &Part)> = bench
        .snapshot
        .our_pods()
        .filter_map(|pod| {
            let part = plan::PARTS.iter().find(|part| Some(part.name) == pod.component())?;
            Some((pod, *part))
        })
        .collect();
    let ask = async |path: fn(&Part) -> String| -> Vec<Answer> {
        stream::iter(&questions)
            .map(|(pod, part)| get(bench, pod, part, path(part)))
            .buffer_unordered(AT_ONCE)
            .collect()
            .await
    };
    let (alive, ready) = tokio::join!(ask(|part| part.health.to_owned()), ask(Part::readiness));
    vec![
        judge(
            &alive,
            "A pod that is not alive is restarted soon; its log says why: `todoctl logs`.",
        )
        .on(&check::LIVENESS),
        judge(
            &ready,
            "The pods say which check fails: `todoctl logs --level warn`. Mostly it is the database.",
        )
        .on(&check::READINESS),
    ]
}

async fn get(bench: &Bench<'_>, pod: &Pod, part: &Part, path: String) -> Answer {
    let short = pod.short_name();
    if !pod.runs() {
        return (short, Err(format!("does not run ({})", pod.word())));
    }
    let answer = match through_the_api(bench, pod, part, &path).await {
        Ok(()) => Ok(()),
        Err(refused) => from_inside(bench, pod, part, &path).await.unwrap_or(Err(refused)),
    };
    (format!("{short}{path}"), answer)
}

async fn through_the_api(
    bench: &Bench<'_>,
    pod: &Pod,
    part: &Part,
    path: &str,
) -> Result<(), String> {
    let (name, namespace) = (&pod.metadata.name, &bench.target.namespace);
    let url = format!("/api/v1/namespaces/{namespace}/pods/{name}:{}/proxy{path}", part.port);
    let asked = bench.kubectl.program(format!("ask the pod {name} for {path}"));
    let said = asked.args(["get", "--raw", url.as_str()]).limit(LIMIT).text().await;
    said.map(drop).map_err(|error| {
        let complaint = error.complaint().lines().last().unwrap_or_default();
        match complaint.strip_prefix("Error from server ").unwrap_or(complaint) {
            "" => error.to_string(),
            said => said.to_owned(),
        }
    })
}

/// Asked by its own program, inside the pod: the API server hides the body of a refusal, and a network policy or a
/// missing right may keep it from asking at all. Nothing when the program cannot be run either.
async fn from_inside(
    bench: &Bench<'_>,
    pod: &Pod,
    part: &Part,
    path: &str,
) -> Option<Result<(), String>> {
    let (name, container) = (pod.metadata.name.as_str(), pod.main_container()?.name.as_str());
    let program = format!("/usr/local/bin/{}", part.name);
    let url = format!("http://127.0.0.1:{}{path}", part.port);
    let asked = bench.kubectl.program(format!("ask inside the pod {name}")).limit(LIMIT);
    let asked = asked.args(["exec", name, "--container", container, "--"]);
    let ended = asked.args([program.as_str(), "health", "--url", &url]).finish().await.ok()?;
    if ended.status.success() {
        return Some(Ok(()));
    }
    Some(Err(reason(&ended.stdout)?))
}

/// The reason in what `<program> health` prints: `503 {"reason":"database","status":"unavailable"}` after the address.
fn reason(said: &str) -> Option<String> {
    let (before, json) = said.trim().split_once('{')?;
    let answer: Value = serde_json::from_str(&format!("{{{json}")).ok()?;
    let status = before.split_whitespace().last()?;
    Some(format!("{status}, {}", answer["reason"].as_str()?))
}

fn judge(answers: &[Answer], advice: &str) -> Finding {
    let wrong: Vec<String> = answers
        .iter()
        .filter_map(|(what, answer)| Some(format!("{what}: {}", answer.as_ref().err()?)))
        .collect();
    if answers.is_empty() {
        return Finding::failed("there is no pod to ask", "See the pods: `todoctl status`.");
    }
    if wrong.is_empty() {
        return Finding::passed(format!("200 from {} of {}", answers.len(), answers.len()));
    }
    Finding::failed(wrong.join("; "), advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_of_a_refusal_is_read_from_what_the_program_prints() {
        let said =
            r#"127.0.0.1:8000/health/ready 503 {"reason":"database","status":"unavailable"}"#;

        assert_eq!(reason(said).as_deref(), Some("503, database"));
        assert_eq!(reason("error: unexpected argument '--url' found"), None);
    }

    #[test]
    fn every_pod_that_does_not_answer_is_named() {
        let finding = judge(
            &[
                ("mcp-1/health".to_owned(), Ok(())),
                ("mcp-2".to_owned(), Err("does not run".to_owned())),
            ],
            "advice",
        );

        assert_eq!(finding.measured, "mcp-2: does not run");
    }
}
