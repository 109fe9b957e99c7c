//! A provider that is not there, or breaks.

use std::{sync::atomic::Ordering, time::Duration};

use serde_json::json;
use todo_api::chat::ChatEventBody;
use todo_core::chats::{Ending, Role};

use super::script::{Line, Script, calls, fails, says, world};
use crate::model::ModelError;

#[tokio::test]
async fn every_kind_of_trouble_has_its_sentence_and_the_built_in_assistant_answers() {
    let status = |code: u16| http::StatusCode::from_u16(code).unwrap();
    for (error, sentence) in [
        (ModelError::Unreachable("refused".into()), "The language model cannot be reached"),
        (ModelError::Slow, "The language model took too long"),
        (ModelError::RateLimited, "The language model takes no more requests for now"),
        (ModelError::Refused(status(401)), "The language model’s provider refused the request"),
        (ModelError::Failed(status(500)), "The language model’s provider has a problem"),
        (ModelError::BrokeOff, "The language model broke off"),
        (ModelError::Nonsense("x"), "The language model gave no usable answer"),
    ] {
        let world = world(&[], Script::new([fails(error)])).await;

        let reply = world.say("add milk").await;

        let (first, rest) = reply.response.split_once("\n\n").unwrap();
        assert_eq!(first, format!("{sentence}, so the built-in assistant answers."));
        assert!(rest.starts_with("Added Milk"), "{rest}");
        assert_eq!(world.titles(), ["Milk"]);
        assert_eq!(reply.assistant, "builtin");
    }
}

#[tokio::test]
async fn what_was_streamed_before_the_trouble_stays_in_front() {
    let line = Line { fails: Some(ModelError::BrokeOff), ..says("Let me ") };
    let world = world(&["Buy milk"], Script::new([line])).await;

    let reply = world.say("what is on my list?").await;

    assert!(
        reply.response.starts_with("Let me \n\nThe language model broke off, so"),
        "{}",
        reply.response
    );
}

#[tokio::test]
async fn nothing_is_done_twice_when_the_model_breaks_off_after_it_acted() {
    let script = Script::new([
        calls([("add_task", json!({ "title": "Milk" }))]),
        fails(ModelError::BrokeOff),
    ]);
    let world = world(&[], script).await;

    let reply = world.say("add milk and call mom").await;

    assert_eq!(world.titles(), ["Milk"]);
    assert_eq!(
        reply.response,
        "The language model stopped answering. This was done, and nothing else: Added Milk (task 1)."
    );
    assert_eq!(reply.tool_calls.len(), 1);
}

#[tokio::test]
async fn a_plan_that_was_made_before_the_trouble_still_waits() {
    let script = Script::new([
        calls([("delete_task", json!({ "all": true }))]),
        fails(ModelError::BrokeOff),
    ]);
    let world = world(&["Buy milk", "Call mom"], script).await;

    let reply = world.say("delete all my tasks").await;

    assert!(reply.plan.is_some());
    assert!(reply.response.ends_with("Nothing has changed yet."), "{}", reply.response);
    assert_eq!(world.memory.rows().plans.len(), 1);
}

#[tokio::test]
async fn tools_that_go_away_are_not_the_models_fault() {
    let script = Script::new([Line {
        pieces: vec!["One moment.".into()],
        ..calls([("add_task", json!({ "title": "Milk" }))])
    }]);
    let world = world(&[], script).await;

    world.down.store(true, Ordering::SeqCst);
    let reply = world.say("add milk").await;

    assert!(reply.response.starts_with("The task service does not answer right now."));
    assert_eq!(world.chats.last().outcome.ending, Ending::Failed);
}

#[tokio::test]
async fn a_turn_that_nobody_listens_to_stops_the_model_and_keeps_what_was_done() {
    let script = Script::new([
        calls([("add_task", json!({ "title": "Milk" }))]),
        Line { hangs: true, ..says("I am ") },
    ]);
    let world = world(&[], script.clone()).await;

    let mut conversing = world.try_say("m", "add milk").await.unwrap();
    while !matches!(conversing.events.recv().await, Some(ChatEventBody::Token { .. })) {}
    drop(conversing);

    while world.chats.last().role == Role::User {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(*script.dropped.lock().unwrap(), 1);
    let kept = world.chats.last();
    assert_eq!(kept.text, "I am \n\nStopped. What has a receipt above was done.");
    assert_eq!((kept.outcome.ending, kept.outcome.tool_calls.len()), (Ending::Stopped, 1));
}
