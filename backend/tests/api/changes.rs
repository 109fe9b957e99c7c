use jiff::SignedDuration;
use serde_json::{Value, json};
use todo_testing::{TestApp, TestUser};

fn ids(list: &Value) -> Vec<i64> {
    list["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .filter_map(|change| change["id"].as_i64())
        .collect()
}

async fn ana_with_a_history() -> (TestApp, TestUser) {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("one").await;
    ana.add_task("two").await;
    ana.complete(1).await;
    (app, ana)
}

#[tokio::test]
async fn a_change_shows_each_task_before_and_after() {
    let (_app, ana) = ana_with_a_history().await;

    let change = ana.get("/changes?limit=1").await.json["changes"][0].clone();

    insta::assert_json_snapshot!(change, { ".tasks[].before" => "[task]", ".tasks[].after" => "[task]" }, @r#"
    {
      "actor": "person",
      "at": "2026-11-20T05:15:00Z",
      "conversation_id": null,
      "id": 3,
      "plan_id": null,
      "tasks": [
        {
          "after": "[task]",
          "before": "[task]",
          "id": 1
        }
      ],
      "undoes": [],
      "undone_by": null,
      "verb": "complete"
    }
    "#);
    let row = &change["tasks"][0];
    assert_eq!(
        (&row["before"]["completed"], &row["after"]["completed"]),
        (&json!(false), &json!(true))
    );
}

#[tokio::test]
async fn the_history_is_newest_first_and_from_a_place_on_oldest_first() {
    let (_app, ana) = ana_with_a_history().await;
    let list = async |query: &str| ids(&ana.get(&format!("/changes{query}")).await.json);

    assert_eq!(list("").await, [3, 2, 1]);
    assert_eq!(list("?after=1").await, [2, 3]);
    assert_eq!(list("?before=3").await, [2, 1]);
    assert_eq!(list("?limit=2").await, [3, 2]);
    assert_eq!(list("?task=1").await, [3, 1]);
    assert_eq!(list("?actor=person").await, [3, 2, 1]);
    assert_eq!(list("?actor=assistant").await, [0_i64; 0]);
    assert_eq!(list("?after=3").await, [0_i64; 0]);
}

#[tokio::test]
async fn a_question_about_history_that_cannot_be_answered_is_refused() {
    let (_app, ana) = ana_with_a_history().await;

    for (query, field) in [
        ("?limit=0", "limit"),
        ("?limit=201", "limit"),
        ("?after=x", "after"),
        ("?after=9223372036854775808", "after"),
        ("?actor=nobody", "actor"),
        ("?actor=key:", "actor"),
        ("?colour=red", "colour"),
    ] {
        let answer = ana.get(&format!("/changes{query}")).await;
        assert_eq!((answer.status, answer.field()), (422, field), "{query}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_change_is_undone_and_redone() {
    let (_app, ana) = ana_with_a_history().await;

    let undo = ana.undo(3).await;
    assert_eq!(
        (undo.status, &undo.json["verb"], &undo.json["undoes"]),
        (200, &json!("undo"), &json!([3]))
    );
    assert_eq!(ana.task(1).await.json["completed"], false);
    assert_eq!(ana.get("/changes?before=4&limit=1").await.json["changes"][0]["undone_by"], 4);

    ana.undo(4).await;
    assert_eq!(ana.task(1).await.json["completed"], true);
    assert_eq!(
        ana.get("/changes?before=4&limit=1").await.json["changes"][0]["undone_by"],
        Value::Null
    );
}

#[tokio::test]
async fn an_undone_addition_is_gone() {
    let (_app, ana) = ana_with_a_history().await;

    let undo = ana.undo(2).await;

    assert_eq!(undo.json["tasks"][0]["after"], Value::Null);
    assert_eq!(ana.task(2).await.status, 404);
}

#[tokio::test]
async fn what_cannot_be_undone_says_why_and_changes_nothing() {
    let (_app, ana) = ana_with_a_history().await;
    ana.undo(2).await;

    let conflict = ana.undo(1).await;
    let twice = ana.undo(2).await;
    let missing = ana.undo(99).await;

    assert_eq!(
        (conflict.status, conflict.code(), &conflict.json["change"]),
        (409, "undo_conflict", &json!(3))
    );
    assert_eq!((twice.status, twice.code()), (409, "already_undone"));
    assert_eq!((missing.status, missing.code()), (404, "change_not_found"));
    assert_eq!(ana.seq().await, 4);
}

#[tokio::test]
async fn everything_an_actor_did_since_a_moment_is_taken_back_at_once() {
    let (app, ana) = ana_with_a_history().await;
    app.advance(SignedDuration::from_mins(1));
    ana.add_task("three").await;
    ana.delete_task(2).await;

    let undo = ana
        .post("/changes/undo", &json!({ "actor": "person", "since": "2026-11-20T05:16:00Z" }))
        .await;

    assert_eq!((undo.status, &undo.json["undoes"]), (200, &json!([5, 4])));
    assert_eq!(ana.titles("?status=all&sort=oldest").await, ["one", "two"]);
}

#[tokio::test]
async fn of_an_actor_who_did_nothing_there_is_nothing_to_undo() {
    let (_app, ana) = ana_with_a_history().await;

    let nothing = ana
        .post("/changes/undo", &json!({ "actor": "key:abc", "since": "2026-11-20T00:00:00Z" }))
        .await;

    assert_eq!((nothing.status, nothing.code()), (409, "nothing_to_undo"));
}

#[tokio::test]
async fn an_undo_since_names_actor_and_moment() {
    let (_app, ana) = ana_with_a_history().await;

    for (body, field) in [
        (json!({}), "actor"),
        (json!({ "actor": "person" }), "since"),
        (json!({ "actor": "person", "since": "noon" }), "since"),
        (json!({ "actor": "me", "since": "2026-11-20T00:00:00Z" }), "actor"),
    ] {
        let answer = ana.post("/changes/undo", &body).await;
        assert_eq!((answer.status, answer.field()), (422, field), "{body}: {}", answer.text);
    }
    assert_eq!(ana.seq().await, 3);
}
