//! A person's first minute with the app, through the Ingress: an account, two sentences to the chat, a look at the list,
//! and everything gone again.

mod visitor;

use std::time::{Duration, Instant};

use futures::{StreamExt as _, stream};
use http::StatusCode;
use serde_json::{Value, json};
use todo_api::{
    change::ChangeBody,
    chat::{ChatReplyBody, ToolCallBody},
};
use visitor::{NoAccount, Visitor};

use super::{AT_ONCE, Bench, Door, LIMIT, skipped};
use crate::{
    logs::Entry,
    screen::Took,
    site::Site,
    verify::{
        catalogue as check, plan,
        report::{Check, Finding, Line},
    },
};

/// What is said, and the title that the task gets.
const TITLE: &str = "water the plants of the cluster";

/// Everything that needs an account.
const WITH_ACCOUNT: [&Check; 7] = [
    &check::SIGN_UP,
    &check::CHAT,
    &check::CHAT_CHANGES,
    &check::CHAT_VIA_MCP,
    &check::REST_SEES,
    &check::ISOLATION,
    &check::REMOVED,
];

pub(super) async fn measure(bench: &Bench<'_>, door: Option<&Door>) -> Vec<Line> {
    let Some(door) = door else {
        let mut lines = skipped(&WITH_ACCOUNT, "the Ingress does not answer");
        lines.extend(skipped(&[&check::MCP_TOKEN], "the Ingress does not answer"));
        return lines;
    };
    let (stranger, mut lines) = tokio::join!(mcp_needs_token(&door.site), visit(bench, &door.site));
    lines.push(stranger.on(&check::MCP_TOKEN));
    lines
}

/// One initialization without a token, and one with something that is none.
async fn mcp_needs_token(site: &Site) -> Finding {
    let hello = json!({
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": { "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "todoctl", "version": "1" } },
    });
    let response = match site.post("/mcp", &hello).await {
        Ok(response) => response,
        Err(error) => {
            return Finding::failed(
                error.to_string(),
                "See the log: `todoctl logs --component mcp`.",
            );
        }
    };
    let challenge = response.headers().contains_key(http::header::WWW_AUTHENTICATE);
    let status = response.status();
    let with = if challenge { "with" } else { "without" };
    Finding::judged(
        status == StatusCode::UNAUTHORIZED && challenge,
        format!("{} {with} WWW-Authenticate", status.as_u16()),
        "Whoever reaches /mcp must be asked for a token: does the Ingress lead to our MCP server?",
    )
}

async fn visit(bench: &Bench<'_>, site: &Site) -> Vec<Line> {
    let visitor = match Visitor::sign_up(site).await {
        Ok(visitor) => visitor,
        Err(NoAccount::Refused(reason)) => return skipped(&WITH_ACCOUNT, &reason),
        Err(NoAccount::Failed(what)) => {
            let mut lines = skipped(&WITH_ACCOUNT[1..], "there is no account to do it with");
            let advice =
                "See what the backend says: `todoctl logs --component backend --level warn`.";
            lines.push(Finding::failed(what, advice).on(&check::SIGN_UP));
            return lines;
        }
    };
    let mut lines =
        vec![Finding::passed(format!("200 in {}", Took(visitor.took))).on(&check::SIGN_UP)];

    // Whatever happens in between, the account goes again.
    let (talk, isolation) = tokio::join!(talk(bench, &visitor), isolation(site, &visitor));
    lines.extend(talk);
    lines.push(isolation.on(&check::ISOLATION));
    lines.push(visitor.leave(site).await.on(&check::REMOVED));
    lines
}

/// What the chat did, and what REST says about it.
async fn talk(bench: &Bench<'_>, visitor: &Visitor) -> Vec<Line> {
    let begun = Instant::now();
    let added = visitor.say(&format!("Add a task to {TITLE}"), None).await;
    let number = added.as_ref().ok().and_then(|turn| task_of(&turn.reply));
    let Some(number) = number else {
        let mut lines = skipped(
            &[&check::CHAT_CHANGES, &check::CHAT_VIA_MCP, &check::REST_SEES],
            "the chat added no task",
        );
        lines.push(judge_turn(&added, "add_task").on(&check::CHAT));
        return lines;
    };
    let conversation = added.as_ref().ok().map(|turn| turn.reply.conversation_id);
    let completed = visitor.say(&format!("Mark task {number} as done"), conversation).await;
    let (rest, via) = tokio::join!(
        rest_sees(visitor, number, completed.is_ok()),
        via_mcp(bench, visitor, [&added, &completed], number, begun),
    );
    vec![
        judge_turn(&added, "add_task").on(&check::CHAT),
        judge_turn(&completed, "complete_task").on(&check::CHAT_CHANGES),
        via.on(&check::CHAT_VIA_MCP),
        rest.on(&check::REST_SEES),
    ]
}

/// One message and its answer.
struct Turn {
    reply: ChatReplyBody,
    took: Duration,
}

type Said = Result<Turn, String>;

fn judge_turn(said: &Said, tool: &str) -> Finding {
    let advice = "See what the backend says: `todoctl logs --component backend --level warn`; it has to reach the MCP server.";
    let turn = match said {
        Ok(turn) => turn,
        Err(error) => return Finding::failed(error.as_str(), advice),
    };
    let did = turn.reply.tool_calls.iter().any(|call| call.tool == tool && !call.failed);
    if !did {
        return Finding::failed(
            format!("it did nothing and said: {}", turn.reply.response),
            advice,
        );
    }
    Finding::judged(
        turn.took < plan::CHAT,
        format!("{:.0} ms, {tool}", turn.took.as_secs_f64() * 1000.0),
        "See which part is slow: `todoctl logs` shows the time of each request.",
    )
}

/// The number of the task that a turn changed, from the tool's own result.
fn task_of(reply: &ChatReplyBody) -> Option<i64> {
    let results =
        |call: &ToolCallBody| call.result.get("results").and_then(Value::as_array).cloned();
    reply
        .tool_calls
        .iter()
        .filter_map(results)
        .flatten()
        .find_map(|one| one.get("id").and_then(Value::as_i64))
}

async fn rest_sees(visitor: &Visitor, number: i64, completed: bool) -> Finding {
    let advice = "Do backend and MCP server use the same DATABASE_URL?";
    match visitor.client.task(number).await {
        Ok(task) => Finding::judged(
            task.title.eq_ignore_ascii_case(TITLE) && task.completed == completed,
            format!("task {number}, {}", if task.completed { "completed" } else { "open" }),
            advice,
        ),
        Err(error) => Finding::failed(error.to_string(), advice),
    }
}

/// Each turn has receipts of tools that changed something, the history names the assistant as the one who did it, and
/// the MCP server logged the requests.
async fn via_mcp(
    bench: &Bench<'_>,
    visitor: &Visitor,
    turns: [&Said; 2],
    number: i64,
    begun: Instant,
) -> Finding {
    let advice = "Does the backend's MCP_SERVER_URL lead to mcp-service:8001?";
    let calls: Vec<&ToolCallBody> = turns
        .iter()
        .filter_map(|said| said.as_ref().ok())
        .flat_map(|turn| &turn.reply.tool_calls)
        .collect();
    let changes = calls.iter().filter(|call| call.change_id.is_some()).count();
    let written = match visitor.changes_of(number).await {
        Ok(changes) => changes,
        Err(error) => return Finding::failed(error.to_string(), advice),
    };
    let by_assistant = |change: &&ChangeBody| change.actor.starts_with("assistant");
    let by_assistant = written.iter().filter(by_assistant).count();
    let logged = logged_requests(bench, begun).await;
    let told = logged.map_or_else(String::new, |count| format!(", {count} requests in its log"));
    Finding::judged(
        changes == turns.len() && by_assistant == turns.len() && logged != Some(0),
        format!("{changes} changes by {} tool calls{told}", calls.len()),
        advice,
    )
}

/// How many requests for tools the MCP server has logged since `begun`; nothing when it logs none at all.
async fn logged_requests(bench: &Bench<'_>, begun: Instant) -> Option<usize> {
    let since = format!("--since={}s", begun.elapsed().as_secs() + 2);
    let logs = stream::iter(bench.snapshot.pods_of(plan::MCP.name)).map(async |pod| {
        let asked = bench.kubectl.program("read the log of the MCP server");
        asked.args(["logs", pod.metadata.name.as_str(), &since]).limit(LIMIT).text().await.ok()
    });
    let logs: Vec<String> =
        logs.buffer_unordered(AT_ONCE).filter_map(async |log| log).collect().await;
    let entries: Vec<Entry> = logs.iter().flat_map(|log| log.lines()).map(Entry::read).collect();
    let asked = entries.iter().filter(|entry| entry.field("route") == Some("/mcp")).count();
    (!entries.is_empty()).then_some(asked)
}

/// Nothing without a token, and a foreign address looks like a missing one.
async fn isolation(site: &Site, visitor: &Visitor) -> Finding {
    let advice = "This must not be: take the Ingress away (`kubectl delete ingress todo-ingress`) and report it.";
    let stranger = site.get("/api/me/tasks").await.map(|response| response.status());
    let foreign = visitor.get("/api/00000000-0000-4000-8000-000000000000/tasks").await;
    match (foreign, stranger) {
        (Ok(foreign), Ok(stranger)) => Finding::judged(
            foreign == StatusCode::NOT_FOUND && stranger == StatusCode::UNAUTHORIZED,
            format!("{} and {}", foreign.as_u16(), stranger.as_u16()),
            advice,
        ),
        (Err(error), _) | (_, Err(error)) => {
            Finding::failed(error.to_string(), "See the log: `todoctl logs --component backend`.")
        }
    }
}
