//! A model that does not come to an end, or does not know its tools.

use std::time::Duration;

use serde_json::{Value, json};

use super::script::{Line, Script, calls, says, world};

#[tokio::test]
async fn an_endless_loop_is_told_once_and_then_ended() {
    let script = Script::endless(calls([("list_tasks", json!({}))]));
    let world = world(&["Buy milk"], script.clone()).await;

    let reply = world.say("what is on my list?").await;

    assert_eq!(script.prompts.lock().unwrap().len(), 9, "eight steps, and one to answer");
    assert!(script.told().contains("Answer the user now"), "{}", script.told());
    assert!(reply.response.starts_with(
        "The language model did not come to an end, so the built-in assistant answers."
    ));
    assert!(reply.response.contains("Buy milk"), "{}", reply.response);
    assert_eq!(reply.assistant, "builtin");
}

#[tokio::test]
async fn a_loop_that_has_acted_is_ended_without_acting_again() {
    let script = Script::new([
        calls([("add_task", json!({ "title": "Milk" }))]),
        calls([("list_tasks", json!({}))]),
        calls([("list_tasks", json!({}))]),
        calls([("list_tasks", json!({}))]),
        calls([("list_tasks", json!({}))]),
        calls([("list_tasks", json!({}))]),
        calls([("list_tasks", json!({}))]),
        calls([("list_tasks", json!({}))]),
        calls([("list_tasks", json!({}))]),
    ]);
    let world = world(&[], script).await;

    let reply = world.say("add milk").await;

    assert_eq!(world.titles(), ["Milk"]);
    assert_eq!(
        reply.response,
        "The language model did not come to an end. This was done, and nothing else: Added Milk (task 1)."
    );
    assert_eq!(reply.assistant, "test/script");
}

#[tokio::test]
async fn many_calls_in_one_reply_are_bounded_too() {
    let many = (0..30).map(|_| ("list_tasks".to_owned(), json!({}))).collect();
    let script = Script::endless(Line { calls: many, ..Line::default() });
    let world = world(&[], script).await;

    let reply = world.say("what is on my list?").await;

    assert!(reply.tool_calls.len() <= 22, "{}", reply.tool_calls.len());
    assert!(reply.response.starts_with("The language model did not come to an end"));
}

#[tokio::test]
async fn tokens_are_bounded() {
    let script = Script::endless(Line { tokens: 25_000, ..calls([("list_tasks", json!({}))]) });
    let world = world(&[], script.clone()).await;

    world.say("what is on my list?").await;

    assert_eq!(script.prompts.lock().unwrap().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn time_is_bounded_and_the_reply_is_cancelled() {
    let script = Script::new([Line { hangs: true, ..says("Well, ") }]);
    let world = world(&["Buy milk"], script.clone()).await;

    let began = tokio::time::Instant::now();
    let reply = world.say("what is on my list?").await;

    assert!(began.elapsed() < Duration::from_secs(45));
    assert_eq!(*script.dropped.lock().unwrap(), 1);
    assert!(
        reply.response.starts_with(
            "Well, \n\nThe language model took too long, so the built-in assistant answers."
        ),
        "{}",
        reply.response
    );
}

#[tokio::test]
async fn malformed_arguments_are_told_once() {
    let bad = Value::String("{\"title\": ".into());
    let script = Script::new([
        calls([("add_task", bad)]),
        calls([("add_task", json!({ "title": "Milk" }))]),
        says("Added Milk."),
    ]);
    let world = world(&[], script.clone()).await;

    let reply = world.say("add milk").await;

    assert!(script.told().contains("no JSON object"), "{}", script.told());
    assert_eq!(world.titles(), ["Milk"]);
    assert_eq!(reply.response, "Added Milk.");
}

#[tokio::test]
async fn arguments_that_stay_malformed_end_the_turn_with_a_sentence() {
    let script = Script::endless(calls([("add_task", json!([1, 2]))]));
    let world = world(&[], script.clone()).await;

    let reply = world.say("add milk").await;

    assert_eq!(script.prompts.lock().unwrap().len(), 2);
    assert!(reply.response.starts_with("The language model called a tool wrongly twice"));
    assert_eq!(world.titles(), ["Milk"], "the built-in assistant did it");
}

#[tokio::test]
async fn an_unknown_tool_is_told_once_and_then_ends_the_turn() {
    let script = Script::endless(calls([("send_email", json!({}))]));
    let world = world(&[], script.clone()).await;

    let reply = world.say("add milk").await;

    assert!(
        script.told().contains("there is no tool send_email. There are add_task"),
        "{}",
        script.told()
    );
    assert_eq!(script.prompts.lock().unwrap().len(), 2);
    assert!(
        reply.response.starts_with("The language model kept calling a tool that does not exist")
    );
}

#[tokio::test]
async fn the_tool_of_confirmed_plans_is_no_tool_of_a_model() {
    let script = Script::new([calls([("apply_plan", json!({}))]), says("I cannot do that.")]);
    let world = world(&["Buy milk", "Call mom"], script.clone()).await;

    world.say("delete all my tasks now").await;

    assert!(script.told().contains("there is no tool apply_plan"), "{}", script.told());
    assert_eq!(world.all().len(), 2);
}

#[tokio::test]
async fn a_model_that_says_nothing_is_asked_once_more() {
    let script = Script::new([says(""), says("  \n")]);
    let world = world(&["Buy milk"], script).await;

    let reply = world.say("what is on my list?").await;

    assert!(reply.response.starts_with("The language model gave no usable answer"));
    assert!(reply.response.contains("Buy milk"));
}

#[tokio::test]
async fn a_model_that_acts_and_says_nothing_is_spoken_for_by_its_receipts() {
    let script = Script::new([calls([("add_task", json!({ "title": "Milk" }))]), says("")]);
    let world = world(&[], script).await;

    let reply = world.say("add milk").await;

    assert_eq!(reply.response, "Added Milk (task 1).");
}
