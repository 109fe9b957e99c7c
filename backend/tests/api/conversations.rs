use serde_json::{Value, json};
use todo_testing::{TestApp, TestUser};

async fn ana() -> (TestApp, TestUser) {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    (app, ana)
}

#[tokio::test]
async fn a_conversation_is_begun_renamed_read_and_deleted() {
    let (_app, ana) = ana().await;

    let begun = ana.post("/conversations", &json!({ "title": " Shopping \n list " })).await;
    assert_eq!(begun.status, 201);
    insta::assert_json_snapshot!(begun.json, @r#"
    {
      "created_at": "2026-11-20T05:15:00Z",
      "id": 1,
      "title": "Shopping list",
      "updated_at": "2026-11-20T05:15:00Z"
    }
    "#);

    let renamed = ana.put("/conversations/1", &json!({ "title": "Groceries" })).await;
    assert_eq!(renamed.json["title"], "Groceries");
    assert_eq!(ana.get("/conversations/1").await.json["title"], "Groceries");

    assert_eq!(ana.delete("/conversations/1").await.status, 204);
    assert_eq!(ana.delete("/conversations/1").await.status, 404);
    assert_eq!(ana.get("/conversations/1").await.code(), "conversation_not_found");
}

#[tokio::test]
async fn the_last_used_comes_first_and_search_looks_into_messages() {
    let (app, ana) = ana().await;
    ana.post("/chat", &json!({ "message": "add buy milk" })).await;
    app.advance(jiff::SignedDuration::from_secs(1));
    ana.post("/conversations", &json!({ "title": "Garden" })).await;
    let titles = async |query: &str| -> Vec<Value> {
        let list = ana.get(&format!("/conversations{query}")).await.json;
        list["conversations"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["title"].clone())
            .collect()
    };

    assert_eq!(titles("").await, ["Garden", "add buy milk"]);
    assert_eq!(titles("?q=garden").await, ["Garden"]);
    assert_eq!(titles("?q=MILK").await, ["add buy milk"]);
    assert_eq!(titles("?q=nothing").await, Vec::<Value>::new());
    assert_eq!(titles("?q=%25").await, Vec::<Value>::new());
    assert_eq!(titles("?limit=1").await, ["Garden"]);
    assert_eq!(titles("?before=2026-11-20T05:15:01Z").await, ["add buy milk"]);
}

#[tokio::test]
async fn messages_come_oldest_first_and_in_pages_from_the_end() {
    let (_app, ana) = ana().await;
    for message in ["add buy milk", "add buy eggs"] {
        ana.post("/chat", &json!({ "message": message})).await;
    }
    ana.post("/chat", &json!({ "message": "add call mum", "conversation_id": 1 })).await;

    let all = ana.get("/conversations/1/messages").await.json;
    let last = ana.get("/conversations/1/messages?limit=1").await.json;
    let before = ana.get("/conversations/1/messages?before=3").await.json;

    let seqs = |list: &Value| -> Vec<i64> {
        list["messages"]
            .as_array()
            .expect("messages")
            .iter()
            .filter_map(|one| one["id"].as_i64())
            .collect()
    };
    assert_eq!((seqs(&all), seqs(&last), seqs(&before)), (vec![1, 2, 3, 4], vec![4], vec![1, 2]));
    assert_eq!(
        (&all["messages"][0]["role"], &all["messages"][0]["text"]),
        (&json!("user"), &json!("add buy milk"))
    );
    assert_eq!(all["messages"][1]["tool_calls"][0]["tool"], "add_task");
}

#[tokio::test]
async fn an_export_is_a_file_with_everything() {
    let (_app, ana) = ana().await;
    ana.post("/chat", &json!({ "message": "add buy milk" })).await;

    let export = ana.get("/conversations/1/export").await;

    assert_eq!(
        export.header("content-disposition"),
        "attachment; filename=\"conversation-1.json\""
    );
    assert_eq!(export.json["conversation"]["id"], 1);
    assert_eq!(export.json["messages"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn titles_and_questions_that_cannot_be_are_refused_with_their_field() {
    let (_app, ana) = ana().await;
    ana.post("/conversations", &json!({ "title": "x" })).await;

    for body in [
        json!({ "title": "" }),
        json!({ "title": "x".repeat(101) }),
        json!({ "title": "a\u{0}" }),
        json!({ "title": 1 }),
        json!({}),
    ] {
        for answer in
            [ana.post("/conversations", &body).await, ana.put("/conversations/1", &body).await]
        {
            assert_eq!((answer.status, answer.field()), (422, "title"), "{body}: {}", answer.text);
        }
    }
    for (query, field) in
        [("?limit=0", "limit"), ("?limit=201", "limit"), ("?before=noon", "before")]
    {
        let answer = ana.get(&format!("/conversations{query}")).await;
        assert_eq!((answer.status, answer.field()), (422, field), "{query}: {}", answer.text);
    }
}
