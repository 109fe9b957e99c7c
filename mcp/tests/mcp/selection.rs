//! Which tasks a call means: by number, by filter, or all of them, and never by accident.

use serde_json::{Value, json};
use todo_testing::{TestApp, TestUser};

async fn ana() -> (TestApp, TestUser) {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    (app, ana)
}

/// What became of each task, as `1 changed, 9 missing`.
fn outcomes(structured: &Value) -> String {
    let results = structured["results"].as_array().expect("results");
    let one = |result: &Value| {
        format!("{} {}", result["id"], result["outcome"].as_str().unwrap_or_default())
    };
    results.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn a_filter_names_what_matches_among_the_open_ones() {
    let (_app, ana) = ana().await;
    for line in ["alpha #home", "beta #home", "gamma #work"] {
        ana.add_line(line).await;
    }
    ana.complete(2).await;

    let done = ana.mcp_call("complete_task", json!({ "filter": { "tag": "home" } })).await;

    assert_eq!(outcomes(&done.structured), "1 changed");
}

#[tokio::test]
async fn reopening_by_filter_looks_among_the_completed_ones() {
    let (_app, ana) = ana().await;
    for line in ["alpha #home", "beta #home"] {
        ana.add_line(line).await;
    }
    ana.complete(2).await;

    let opened = ana.mcp_call("reopen_task", json!({ "filter": { "tag": "home" } })).await;

    assert_eq!(outcomes(&opened.structured), "2 changed");
}

#[tokio::test]
async fn no_selection_never_means_all() {
    let (_app, ana) = ana().await;
    ana.add_task("one").await;

    for tool in ["complete_task", "reopen_task", "delete_task"] {
        for nothing in [
            json!({}),
            json!({ "ids": [] }),
            json!({ "filter": {} }),
            json!({ "ids": [], "filter": {}, "all": false }),
            json!({ "filter": { "tag": "", "q": " " } }),
            json!({ "filter": { "status": "pending" } }),
            json!({ "filter": { "status": "all" } }),
            json!({ "filter": { "q": "...", "status": "all" } }),
        ] {
            let answer = ana.mcp_call(tool, nothing.clone()).await;
            assert!(answer.refused, "{tool} {nothing}: {}", answer.structured);
        }
    }
    let update =
        ana.mcp_call("update_task", json!({ "priority": "high", "filter": { "q": "..." } })).await;
    assert!(update.refused, "{}", update.structured);
    assert_eq!(ana.seq().await, 1);
    assert_eq!(ana.get("/plans").await.json["plans"], json!([]));
}

#[tokio::test]
async fn two_ways_of_naming_tasks_at_once_are_refused() {
    let (_app, ana) = ana().await;
    ana.add_task("one").await;

    let answer = ana.mcp_call("delete_task", json!({ "ids": [1], "all": true })).await;

    assert_eq!(answer.text, "Give exactly one of ids, filter and all. Nothing changed.");
}

#[tokio::test]
async fn a_filter_that_matches_nothing_says_so() {
    let (_app, ana) = ana().await;

    let answer = ana.mcp_call("complete_task", json!({ "filter": { "tag": "nowhere" } })).await;

    assert_eq!(
        answer.text,
        "No task matches. Use list_tasks to see what there is. Nothing changed."
    );
}

#[tokio::test]
async fn each_task_of_a_batch_has_its_own_result() {
    let (_app, ana) = ana().await;
    ana.add_task("one").await;
    ana.add_task("two").await;
    ana.complete(2).await;

    let done = ana.mcp_call("complete_task", json!({ "ids": [1, 2, 9] })).await;

    assert_eq!(outcomes(&done.structured), "1 changed, 2 already, 9 missing");
    assert_eq!(done.text, "Completed 1 one. Nothing to do for 2 two. There is no task 9 here.");
}

#[tokio::test]
async fn somebody_elses_tasks_and_changes_look_like_missing_ones() {
    let app = TestApp::start().await;
    let (ana, ben) = (app.user("ana").await, app.user("ben").await);
    ana.add_task("secret").await;
    let calls = |id: i64| {
        [
            ("get_task", json!({ "id": id })),
            ("update_task", json!({ "ids": [id], "title": "mine" })),
            ("complete_task", json!({ "ids": [id] })),
            ("reopen_task", json!({ "ids": [id] })),
            ("delete_task", json!({ "ids": [id] })),
            ("restore_task", json!({ "ids": [id] })),
            ("undo", json!({ "change_id": id })),
            ("history", json!({ "task_id": id })),
        ]
    };

    for ((tool, hers), (_, nobodys)) in calls(1).into_iter().zip(calls(7)) {
        let (hers, nobodys) = (ben.mcp_call(tool, hers).await, ben.mcp_call(tool, nobodys).await);
        let as_seven = |text: String| text.replace('1', "7");
        assert_eq!(hers.refused, nobodys.refused, "{tool}");
        assert_eq!(as_seven(hers.text), nobodys.text, "{tool}");
        assert_eq!(as_seven(hers.structured.to_string()), nobodys.structured.to_string(), "{tool}");
    }
    assert_eq!((ana.seq().await, ben.seq().await), (1, 0));
}
