use serde_json::{Value, json};
use todo_testing::{TestApp, TestUser};

async fn ana() -> (TestApp, TestUser) {
    let app = TestApp::start().await;
    let ana = app.user("ana").await;
    (app, ana)
}

/// The events of a stream: names and data.
fn events(text: &str) -> Vec<(&str, Value)> {
    let event = |block: &'_ str| -> Option<(&str, Value)> {
        let start = text.find(block).expect("a part of the text");
        let block = &text[start..start + block.len()];
        let name = block.lines().find_map(|line| line.strip_prefix("event: "))?;
        let data = block.lines().find_map(|line| line.strip_prefix("data: "))?;
        Some((name, serde_json::from_str(data).expect("JSON")))
    };
    text.split("\n\n").filter_map(event).collect()
}

#[tokio::test]
async fn a_turn_acts_through_a_tool_and_brings_its_receipt() {
    let (_app, ana) = ana().await;

    let reply = ana.chat("add buy milk").await;

    assert_eq!(reply.status, 200, "{}", reply.text);
    let call = &reply.json["tool_calls"][0];
    assert_eq!((&call["tool"], &call["change_id"]), (&json!("add_task"), &json!(1)));
    assert_eq!(
        (&reply.json["assistant"], &reply.json["conversation_id"]),
        (&json!("builtin"), &json!(1))
    );
    let change = &ana.get("/changes").await.json["changes"][0];
    assert_eq!((&change["actor"], &change["conversation_id"]), (&json!("assistant"), &json!(1)));
    assert_eq!(ana.titles("").await, ["Buy milk"]);
}

#[tokio::test]
async fn a_message_that_is_sent_again_gets_its_first_answer() {
    let (_app, ana) = ana().await;
    let message = json!({ "message": "add buy milk", "message_id": "m-1" });

    let first = ana.post("/chat", &message).await;
    let second = ana.post("/chat", &message).await;

    assert_eq!(first.json, second.json);
    assert_eq!(ana.titles("").await, ["Buy milk"]);
    assert_eq!(
        ana.get("/conversations").await.json["conversations"].as_array().map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn a_message_is_run_instead_of_an_earlier_one_and_what_was_done_stays() {
    let (_app, ana) = ana().await;
    ana.chat("add buy milk").await;

    let edited = json!({ "message": "add buy bread", "conversation_id": 1, "replaces": 1 });
    let reply = ana.post("/chat", &edited).await;

    assert_eq!(reply.status, 200, "{}", reply.text);
    let said = reply.json["response"].as_str().unwrap();
    assert!(said.ends_with("What has a receipt above stays done."), "{said}");
    assert_eq!(ana.titles("?sort=oldest").await, ["Buy milk", "Buy bread"]);
}

#[tokio::test]
async fn only_an_own_earlier_message_can_be_replaced() {
    let (_app, ana) = ana().await;
    ana.chat("add buy milk").await;

    for (conversation, replaces) in [(json!(1), 2), (json!(1), 9), (json!(1), -1), (json!(null), 1)]
    {
        let body =
            json!({ "message": "hi", "conversation_id": conversation, "replaces": replaces });
        let answer = ana.post("/chat", &body).await;
        assert_eq!((answer.status, answer.code()), (404, "message_not_found"), "{body}");
    }
    assert_eq!(
        ana.get("/conversations/1/messages").await.json["messages"].as_array().map(Vec::len),
        Some(2)
    );
}

#[tokio::test]
async fn an_idempotency_key_names_a_message_that_has_no_name() {
    let (_app, ana) = ana().await;
    let message = json!({ "message": "add buy milk" });

    let first = ana.post("/chat", &message).header("idempotency-key", "k-1").await;
    let second = ana.post("/chat", &message).header("idempotency-key", "k-1").await;

    assert_eq!((first.status, &first.json), (200, &second.json));
    assert_eq!(first.json["message_id"], "k-1");
    assert_eq!(ana.titles("").await, ["Buy milk"]);
}

#[tokio::test]
async fn what_is_not_understood_changes_nothing() {
    let (_app, ana) = ana().await;
    ana.add_task("one").await;

    let reply = ana.chat("xyzzy plugh frobnicate").await;

    assert_eq!(reply.status, 200);
    // It may look whether a task is called that; it writes nothing.
    let calls = reply.json["tool_calls"].as_array().expect("a list of calls");
    assert!(calls.iter().all(|call| call["tool"] == "list_tasks"), "{calls:?}");
    assert_eq!(ana.seq().await, 1);
}

#[tokio::test]
async fn a_streamed_turn_begins_with_who_thinks_and_ends_with_the_whole_answer() {
    let (_app, ana) = ana().await;

    let stream = ana.post("/chat/stream", &json!({ "message": "add buy milk" })).await;

    assert!(stream.header("content-type").starts_with("text/event-stream"));
    assert_eq!(stream.header("x-accel-buffering"), "no");
    let events = events(&stream.text);
    let names: Vec<_> = events.iter().map(|(name, _)| *name).collect();
    assert_eq!((names.first(), names.last()), (Some(&"start"), Some(&"done")));
    assert!(names.contains(&"tool_call") && names.contains(&"tool_result"), "{names:?}");
    assert_eq!(events[0].1["assistant"], "builtin");
    let said: String = events
        .iter()
        .filter(|(name, _)| *name == "token")
        .filter_map(|(_, data)| data["text"].as_str())
        .collect();
    assert_eq!(said, events.last().expect("done").1["response"].as_str().unwrap_or_default());
}

#[tokio::test]
async fn what_cannot_be_said_is_refused_with_its_field() {
    let (_app, ana) = ana().await;

    for (body, field) in [
        (json!({}), "message"),
        (json!({ "message": "" }), "message"),
        (json!({ "message": " \n\t" }), "message"),
        (json!({ "message": "x".repeat(4001) }), "message"),
        (json!({ "message": "a\u{0}b" }), "message"),
        (json!({ "message": ["add"] }), "message"),
        (json!({ "message": "x", "message_id": "" }), "message_id"),
        (json!({ "message": "x", "message_id": "a b" }), "message_id"),
        (json!({ "message": "x", "message_id": "k".repeat(101) }), "message_id"),
        (json!({ "message": "x", "conversation_id": "one" }), "conversation_id"),
        (json!({ "message": "x", "assistant": "hal" }), "assistant"),
        (json!({ "message": "x", "user_id": "ben" }), "user_id"),
    ] {
        for path in ["/chat", "/chat/stream"] {
            let answer = ana.post(path, &body).await;
            assert_eq!(
                (answer.status, answer.field()),
                (422, field),
                "{path} {body}: {}",
                answer.text
            );
        }
    }
    assert_eq!(ana.get("/conversations").await.json["conversations"], json!([]));
}

#[tokio::test]
async fn a_conversation_that_is_not_there_is_missing() {
    let (app, ana) = ana().await;
    let ben = app.user("ben").await;
    ana.chat("add buy secret").await;

    for id in [1, 99, -1, i64::MAX] {
        let answer =
            ben.post("/chat", &json!({ "message": "add buy x", "conversation_id": id })).await;
        assert_eq!((answer.status, answer.code()), (404, "conversation_not_found"), "{id}");
    }
    assert_eq!(ben.seq().await, 0);
}

#[tokio::test]
async fn thirty_messages_a_minute_are_answered_and_the_next_one_waits() {
    let (app, ana) = ana().await;
    let ben = app.user("ben").await;
    for _ in 0..30 {
        let answer = ana.post("/chat", &json!({ "message": "" })).await;
        assert_eq!(answer.status, 422);
    }

    let refused = ana.chat("add buy one more").await;

    assert_eq!((refused.status, refused.code()), (429, "too_many_requests"));
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds >= 1));
    assert_eq!(ben.chat("add buy his").await.status, 200);
}

#[tokio::test]
async fn a_yes_right_after_the_question_confirms_and_later_it_does_not() {
    let (_app, ana) = ana().await;
    for title in ["one", "two", "three"] {
        ana.add_task(title).await;
    }

    let asked = ana.chat("delete all tasks").await;
    assert_eq!(asked.json["plan"]["title"], "Delete all 3 tasks?", "{}", asked.text);
    assert_eq!(ana.titles("").await.len(), 3);
    let conversation = &asked.json["conversation_id"];
    let confirmed =
        ana.post("/chat", &json!({ "message": "yes", "conversation_id": conversation })).await;
    assert_eq!(confirmed.json["tool_calls"][0]["tool"], "apply_plan", "{}", confirmed.text);
    assert!(ana.titles("").await.is_empty());

    let again =
        ana.post("/chat", &json!({ "message": "yes", "conversation_id": conversation })).await;
    assert_eq!(again.json["tool_calls"], json!([]), "{}", again.text);
}

#[tokio::test]
async fn somebody_elses_tasks_do_not_exist_in_a_chat() {
    let (app, ana) = ana().await;
    let ben = app.user("ben").await;
    ana.add_task("Secret garden").await;

    for message in [
        "complete task 1",
        "delete task 1",
        "what is task 1?",
        "undo change 1",
        "complete the garden",
    ] {
        let reply = ben.chat(message).await;
        assert_eq!(reply.status, 200, "{message}");
        assert!(!reply.text.to_lowercase().contains("secret"), "{message}: {}", reply.text);
    }
    assert_eq!((ana.seq().await, ben.seq().await), (1, 0));
}
