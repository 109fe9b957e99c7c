use serde_json::{Value, json};
use todo_testing::TestApp;

#[tokio::test]
async fn what_is_sent_changes_and_the_rest_stays() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    let before = ana.add_line("pay rent tomorrow 9am !high #home // the flat").await;

    let answer = ana.patch("/tasks/1", &json!({ "title": "pay the rent", "tags": [] })).await;

    let mut expected = before;
    expected["title"] = json!("pay the rent");
    expected["tags"] = json!([]);
    expected["version"] = json!(2);
    assert_eq!(answer.json, expected);
}

#[tokio::test]
async fn null_empties_a_field() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_line("pay rent every month on the 1st // the flat").await;

    let repeat = ana.patch("/tasks/1", &json!({ "repeat": null })).await;
    let rest = ana.patch("/tasks/1", &json!({ "due": null, "description": null })).await;

    assert_eq!(
        (&repeat.json["repeat"], &repeat.json["due"]["date"]),
        (&Value::Null, &json!("2026-12-01"))
    );
    assert_eq!((&rest.json["due"], &rest.json["description"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn words_and_parts_both_reschedule() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_line("dentist tomorrow 9am").await;

    let words = ana.patch("/tasks/1", &json!({ "due": "monday" })).await;
    let parts = ana.patch("/tasks/1", &json!({ "due": { "date": "2026-12-24" } })).await;

    assert_eq!(
        words.json["due"],
        json!({ "date": "2026-11-23", "time": "09:00", "timezone": "UTC" })
    );
    assert_eq!(parts.json["due"], json!({ "date": "2026-12-24" }));
}

#[tokio::test]
async fn a_change_of_another_version_is_refused_and_names_the_one_there_is() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("buy milk").await;
    let rename = |title: &str| ana.patch("/tasks/1", &json!({ "title": title }));
    rename("buy oat milk").header("if-match", "\"1\"").await;

    let stale = rename("buy soy milk").header("if-match", "\"1\"").await;
    let any = rename("buy almond milk").header("if-match", "*").await;

    assert_eq!((stale.status, &stale.json["version"]), (412, &json!(2)));
    assert_eq!((any.status, any.header("etag")), (200, "\"3\""));
}

#[tokio::test]
async fn an_if_match_that_is_no_strong_etag_is_refused() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("buy milk").await;

    for bad in ["1", "W/\"1\"", "\"one\"", "\"1\", \"2\"", "\"\"", "", "\"99999999999999999999\""] {
        let answer = ana.patch("/tasks/1", &json!({ "title": "x" })).header("if-match", bad).await;
        assert_eq!((answer.status, answer.code()), (400, "bad_if_match"), "{bad:?}");
    }
    assert_eq!(ana.seq().await, 1);
}

#[tokio::test]
async fn each_limit_is_refused_with_its_field_and_nothing_changes() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("buy milk").await;

    for (body, field) in [
        (json!({ "title": "" }), "title"),
        (json!({ "title": "x".repeat(201) }), "title"),
        (json!({ "description": "x".repeat(1001) }), "description"),
        (json!({ "priority": 3 }), "priority"),
        (json!({ "tags": "home" }), "tags"),
        (json!({ "tags": ["a b,"] }), "tags"),
        (json!({ "due": "blue" }), "due"),
        (json!({ "due": { "date": "2026-11-31" } }), "due.date"),
        (json!({ "repeat": "FREQ=" }), "repeat"),
        (json!({ "completed": "yes" }), "completed"),
        (json!({ "id": 2 }), "id"),
        (json!({ "version": 9 }), "version"),
    ] {
        let answer = ana.patch("/tasks/1", &body).await;
        assert_eq!((answer.status, answer.field()), (422, field), "{body}: {}", answer.text);
    }
    assert_eq!(ana.seq().await, 1);
}

#[tokio::test]
async fn a_task_in_the_trash_cannot_be_changed() {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    ana.add_task("buy milk").await;
    ana.delete_task(1).await;

    let answer = ana.patch("/tasks/1", &json!({ "title": "x" })).await;

    assert_eq!((answer.status, answer.code()), (404, "task_not_found"));
}
