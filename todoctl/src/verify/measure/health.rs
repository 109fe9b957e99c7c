//! Whether each pod answers on its probes' paths: asked through the API server, pod by pod.

use futures::{StreamExt as _, stream};

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
    let (name, short) = (&pod.metadata.name, pod.short_name());
    if !pod.runs() {
        return (short, Err(format!("does not run ({})", pod.word())));
    }
    let url = format!(
        "/api/v1/namespaces/{}/pods/{name}:{}/proxy{path}",
        bench.target.namespace, part.port
    );
    let asked = bench.kubectl.program(format!("ask the pod {name} for {path}"));
    let said = asked.args(["get", "--raw", url.as_str()]).limit(LIMIT).text().await;
    let answer = said.map(drop).map_err(|error| {
        let complaint = error.complaint().lines().last().unwrap_or_default();
        match complaint.strip_prefix("Error from server ").unwrap_or(complaint) {
            "" => error.to_string(),
            // The API server keeps the body of the answer to itself.
            said if said.starts_with("(ServiceUnavailable): the server is currently") => {
                "503".to_owned()
            }
            said => said.to_owned(),
        }
    });
    (format!("{short}{path}"), answer)
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
