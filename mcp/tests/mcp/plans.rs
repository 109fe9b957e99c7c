//! What is bulk waits for a person.

use serde_json::{Value, json};
use todo_core::{Caller, ConversationId, PlanId};
use todo_testing::{TestApp, TestUser, ToolAnswer};

async fn ana_with(tasks: usize) -> (TestApp, TestUser) {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    for n in 1..=tasks {
        ana.add_task(&format!("task {n}")).await;
    }
    (app, ana)
}

/// The number of the plan, and proof that nothing was done.
fn plan(answer: &ToolAnswer) -> i64 {
    assert_eq!(answer.structured.get("change_id"), None, "{}", answer.structured);
    assert_eq!(answer.structured.get("results"), None, "{}", answer.structured);
    answer.structured["plan"]["plan_id"]
        .as_i64()
        .unwrap_or_else(|| panic!("no plan: {}", answer.text))
}

async fn apply(app: &TestApp, ana: &TestUser, plan: Option<i64>) -> Value {
    let caller = Caller { plan: plan.map(PlanId), ..ana.caller() };
    let mcp = app.mcp(&app.service_token(&caller).await);
    let answer = mcp.call("tools/call", json!({ "name": "apply_plan", "arguments": {} })).await;
    answer.json
}

#[tokio::test]
async fn deleting_one_task_happens_and_deleting_two_is_a_plan() {
    let (_app, ana) = ana_with(3).await;

    let one = ana.mcp_call("delete_task", json!({ "ids": [1] })).await;
    let two = ana.mcp_call("delete_task", json!({ "ids": [2, 3] })).await;

    assert_eq!(one.text, "Moved to the trash: 1 task 1.");
    assert_eq!(two.text, "Nothing has changed yet. The user must confirm: Delete 2 tasks?");
    insta::assert_json_snapshot!(two.structured["plan"], @r#"
    {
      "count": 2,
      "expires_at": "2026-11-20T05:20:00Z",
      "plan_id": 1,
      "tasks": [
        {
          "id": 2,
          "title": "task 2"
        },
        {
          "id": 3,
          "title": "task 3"
        }
      ],
      "title": "Delete 2 tasks?"
    }
    "#);
    assert_eq!(ana.get("/trash").await.json["total"], 1);
}

#[tokio::test]
async fn five_changes_happen_and_six_are_a_plan() {
    let (_app, ana) = ana_with(6).await;

    let five =
        ana.mcp_call("update_task", json!({ "ids": [1, 2, 3, 4, 5], "priority": "high" })).await;
    let six =
        ana.mcp_call("update_task", json!({ "ids": [1, 2, 3, 4, 5, 6], "due": "monday" })).await;
    let complete = ana.mcp_call("complete_task", json!({ "ids": [1, 2, 3, 4, 5, 6] })).await;

    assert_eq!(five.structured["results"].as_array().map(Vec::len), Some(5));
    assert_eq!(six.structured["plan"]["title"], "Move 6 tasks to Monday 23 November?");
    assert_eq!((plan(&six), plan(&complete)), (1, 2));
}

#[tokio::test]
async fn everything_is_pushed_back_by_one_plan_and_each_task_from_its_own_date() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_line("buy milk tomorrow").await;
    ana.add_line("call bob 1 december at 5pm").await;
    ana.add_task("read").await;

    let asked = ana.mcp_call("update_task", json!({ "all": true, "due": "+7 days" })).await;
    apply(&app, &ana, Some(plan(&asked))).await;

    assert_eq!(asked.structured["plan"]["title"], "Move all 2 tasks by 7 days?");
    let tasks = ana.get("/tasks?sort=oldest").await.json;
    let due: Vec<_> = (0..3).map(|n| tasks["tasks"][n]["due"]["date"].clone()).collect();
    assert_eq!(due, [json!("2026-11-28"), json!("2026-12-08"), Value::Null]);
}

#[tokio::test]
async fn one_date_of_a_repeat_is_skipped_without_being_done() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_line("pay rent every month on the 1st").await;

    let skipped = ana.mcp_call("update_task", json!({ "ids": [1], "due": "skip" })).await;
    let once = ana.mcp_call("update_task", json!({ "ids": [1], "repeat": "none" })).await;
    let refused = ana.mcp_call("update_task", json!({ "ids": [1], "due": "skip" })).await;

    assert_eq!(skipped.structured["results"][0]["task"]["due"], "2027-01-01");
    assert_eq!(once.structured["results"][0]["task"]["due"], "2027-01-01");
    assert!(refused.text.contains("does not repeat"), "{}", refused.text);
}

#[tokio::test]
async fn all_is_a_plan_however_few_they_are() {
    let (_app, ana) = ana_with(1).await;

    let complete = ana.mcp_call("complete_task", json!({ "all": true })).await;
    let delete = ana.mcp_call("delete_task", json!({ "all": true })).await;
    let update = ana.mcp_call("update_task", json!({ "all": true, "priority": "low" })).await;

    assert_eq!((plan(&complete), plan(&delete), plan(&update)), (1, 2, 3));
    assert_eq!(ana.seq().await, 1);
}

#[tokio::test]
async fn the_same_request_twice_is_one_plan() {
    let (_app, ana) = ana_with(2).await;

    let first = ana.mcp_call("delete_task", json!({ "all": true })).await;
    let second = ana.mcp_call("delete_task", json!({ "all": true })).await;

    assert_eq!(plan(&first), plan(&second));
    assert_eq!(ana.get("/plans").await.json["plans"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn applying_is_unknown_to_a_token_without_a_plan() {
    let (app, ana) = ana_with(2).await;
    ana.mcp_call("delete_task", json!({ "all": true })).await;

    let by_session =
        ana.mcp().call("tools/call", json!({ "name": "apply_plan", "arguments": {} })).await;
    let by_service = apply(&app, &ana, None).await;
    let unknown =
        ana.mcp().call("tools/call", json!({ "name": "no_such_tool", "arguments": {} })).await;

    assert_eq!(by_session.json["error"], unknown.json["error"]);
    assert_eq!(by_service["error"], unknown.json["error"]);
    assert_eq!(ana.get("/trash").await.json["total"], 0);
}

#[tokio::test]
async fn a_token_with_the_plan_applies_it_once() {
    let (app, ana) = ana_with(2).await;
    let proposed = ana.mcp_call("delete_task", json!({ "all": true })).await;
    let id = plan(&proposed);

    let first = apply(&app, &ana, Some(id)).await;
    let second = apply(&app, &ana, Some(id)).await;

    assert_eq!(first["result"]["isError"], false, "{first}");
    assert_eq!(
        second["result"]["content"][0]["text"],
        "plan 1 was already answered. Nothing changed."
    );
    assert_eq!(ana.get("/trash").await.json["total"], 2);
    assert_eq!(ana.seq().await, 3);
}

#[tokio::test]
async fn a_token_with_somebody_elses_plan_finds_none() {
    let (app, ana) = ana_with(2).await;
    let ben = app.user("ben").await;
    let proposed = ana.mcp_call("delete_task", json!({ "all": true })).await;

    let answer = apply(&app, &ben, Some(plan(&proposed))).await;

    assert_eq!(answer["result"]["content"][0]["text"], "plan 1 does not exist. Nothing changed.");
}

#[tokio::test]
async fn a_plan_is_out_of_date_when_one_of_its_tasks_was_changed() {
    let (app, ana) = ana_with(2).await;
    let proposed = ana.mcp_call("delete_task", json!({ "all": true })).await;
    ana.complete(2).await;

    let answer = apply(&app, &ana, Some(plan(&proposed))).await;

    assert_eq!(
        answer["result"]["content"][0]["text"],
        "plan 1 is out of date: task 2 was changed since. Nothing changed."
    );
    assert_eq!(ana.get("/trash").await.json["total"], 0);
}

#[tokio::test]
async fn who_acts_and_in_which_conversation_comes_from_the_token() {
    let (app, ana) = ana_with(0).await;
    let assistant = Caller::assistant(ana.user(), ConversationId(4));
    let mcp = app.mcp(&app.service_token(&assistant).await);

    mcp.tool("add_task", json!({ "title": "said" })).await;

    let change = &ana.get("/changes").await.json["changes"][0];
    assert_eq!((&change["actor"], &change["conversation_id"]), (&json!("assistant"), &json!(4)));
}
