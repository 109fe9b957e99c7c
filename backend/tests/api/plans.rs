use jiff::SignedDuration;
use serde_json::{Value, json};
use todo_testing::{TestApp, TestUser};

/// Ana has three tasks, and some program of hers asked to delete all of them.
async fn ana_with_a_plan() -> (TestApp, TestUser) {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    for title in ["one", "two", "three"] {
        ana.add_task(title).await;
    }
    let asked = ana.mcp_call("delete_task", json!({ "all": true })).await;
    assert_eq!(asked.structured["plan"]["plan_id"], 1, "{}", asked.text);
    (app, ana)
}

#[tokio::test]
async fn a_plan_says_what_it_would_do_and_who_asks() {
    let (_app, ana) = ana_with_a_plan().await;

    let plan = ana.get("/plans/1").await.json;

    insta::assert_json_snapshot!(plan, { ".tasks[].before" => "[task]", ".tasks[].after" => "[task]" }, @r#"
    {
      "asked_by": "person",
      "change_id": null,
      "conversation_id": null,
      "created_at": "2026-11-20T05:15:00Z",
      "expires_at": "2026-11-20T05:20:00Z",
      "id": 1,
      "state": "waiting",
      "tasks": [
        {
          "after": "[task]",
          "before": "[task]",
          "id": 1
        },
        {
          "after": "[task]",
          "before": "[task]",
          "id": 2
        },
        {
          "after": "[task]",
          "before": "[task]",
          "id": 3
        }
      ],
      "title": "Delete all 3 tasks?",
      "verb": "delete"
    }
    "#);
    assert_eq!(ana.get("/plans").await.json["plans"], json!([plan]));
}

#[tokio::test]
async fn a_confirmed_plan_is_one_change_that_can_be_undone() {
    let (_app, ana) = ana_with_a_plan().await;

    let outcome = ana.press("/plans/1/confirm").await;

    assert_eq!((outcome.status, &outcome.json["plan"]["state"]), (200, &json!("confirmed")));
    assert_eq!(
        (&outcome.json["change"]["id"], &outcome.json["change"]["plan_id"]),
        (&json!(4), &json!(1))
    );
    assert_eq!(outcome.json["plan"]["change_id"], 4);
    assert!(ana.titles("").await.is_empty());
    assert_eq!(ana.get("/plans").await.json["plans"], json!([]));

    ana.undo(4).await;
    assert_eq!(ana.titles("?sort=oldest").await, ["one", "two", "three"]);
}

#[tokio::test]
async fn a_plan_is_confirmed_once() {
    let (_app, ana) = ana_with_a_plan().await;
    ana.press("/plans/1/confirm").await;

    let again = ana.press("/plans/1/confirm").await;

    assert_eq!((again.status, again.code()), (409, "plan_answered"));
    assert_eq!(ana.seq().await, 4);
}

#[tokio::test]
async fn a_plan_that_is_confirmed_many_times_at_once_is_carried_out_once() {
    let (_app, ana) = ana_with_a_plan().await;

    let presses = (0..8).map(|_| {
        let ana = ana.clone();
        tokio::spawn(async move { ana.press("/plans/1/confirm").await })
    });
    let mut codes = Vec::new();
    for press in presses.collect::<Vec<_>>() {
        let answer = press.await.expect("an answer");
        codes.push((answer.status, answer.code().to_owned()));
    }

    codes.sort_unstable();
    assert_eq!(codes[0].0, 200);
    assert_eq!(codes[1..], vec![(409, "plan_answered".to_owned()); 7]);
    assert_eq!(ana.seq().await, 4);
}

#[tokio::test]
async fn a_cancelled_plan_does_nothing_any_more() {
    let (_app, ana) = ana_with_a_plan().await;

    let cancelled = ana.delete("/plans/1").await;
    let again = ana.delete("/plans/1").await;
    let confirmed = ana.press("/plans/1/confirm").await;

    assert_eq!(cancelled.status, 204);
    assert_eq!((again.status, again.code()), (409, "plan_answered"));
    assert_eq!((confirmed.status, confirmed.code()), (409, "plan_answered"));
    assert_eq!(ana.get("/plans/1").await.json["state"], "cancelled");
    assert_eq!(ana.titles("").await.len(), 3);
}

#[tokio::test]
async fn a_plan_expires_after_five_minutes() {
    let (app, ana) = ana_with_a_plan().await;

    app.advance(SignedDuration::from_mins(5));
    let confirmed = ana.press("/plans/1/confirm").await;
    let cancelled = ana.delete("/plans/1").await;

    assert_eq!((confirmed.status, confirmed.code()), (409, "plan_expired"));
    assert_eq!((cancelled.status, cancelled.code()), (409, "plan_expired"));
    assert_eq!(ana.get("/plans/1").await.json["state"], "expired");
    assert_eq!(ana.get("/plans").await.json["plans"], json!([]));
    assert_eq!(ana.titles("").await.len(), 3);
}

#[tokio::test]
async fn a_plan_of_tasks_that_were_changed_since_does_nothing() {
    let (_app, ana) = ana_with_a_plan().await;
    ana.patch("/tasks/2", &json!({ "title": "two and a half" })).await;

    let confirmed = ana.press("/plans/1/confirm").await;

    assert_eq!((confirmed.status, confirmed.code()), (409, "plan_stale"));
    assert!(
        confirmed.json["detail"].as_str().is_some_and(|text| text.contains("task 2")),
        "{}",
        confirmed.text
    );
    assert_eq!(ana.titles("").await.len(), 3);
}

#[tokio::test]
async fn the_change_of_a_plan_is_written_in_the_name_of_whoever_asked() {
    let (app, ana) = ana_with_a_plan().await;
    let assistant = todo_core::Caller::assistant(ana.user(), todo_core::ConversationId(1));
    let mcp = app.mcp(&app.service_token(&assistant).await);
    let asked = mcp.tool("complete_task", json!({ "all": true })).await;
    assert_eq!(asked.structured["plan"]["plan_id"], 2);

    let outcome = ana.press("/plans/2/confirm").await;

    let change = &outcome.json["change"];
    assert_eq!((&change["actor"], &change["conversation_id"]), (&json!("assistant"), &json!(1)));
}

#[tokio::test]
async fn a_plan_that_is_not_there_is_missing() {
    let (_app, ana) = ana_with_a_plan().await;

    for answer in [
        ana.get("/plans/9").await,
        ana.press("/plans/9/confirm").await,
        ana.delete("/plans/9").await,
    ] {
        assert_eq!((answer.status, answer.code()), (404, "plan_not_found"));
    }
    assert_ne!(ana.get("/plans/1").await.json, Value::Null);
}
