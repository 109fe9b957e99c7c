//! What a model says, and what is true.

use serde_json::json;

use super::script::{Script, calls, says, world};

#[tokio::test]
async fn a_claim_without_a_tool_call_is_corrected() {
    let world = world(&[], Script::new([says("I've added milk to your list!")])).await;

    let reply = world.say("add milk").await;

    assert_eq!(
        reply.response,
        "I've added milk to your list!\n\nCorrection: nothing has changed. What is said above was not done."
    );
    assert!(world.all().is_empty());
}

#[tokio::test]
async fn a_claim_beyond_the_receipts_is_corrected_with_what_was_done() {
    let script = Script::new([
        calls([("add_task", json!({ "title": "Milk" }))]),
        says("I've added milk and I deleted the dentist."),
    ]);
    let world = world(&["Book dentist"], script).await;

    let reply = world.say("add milk and delete the dentist").await;

    assert!(
        reply.response.ends_with("Correction: only this was done. Added Milk (task 2)."),
        "{}",
        reply.response
    );
    assert_eq!(world.all().len(), 2);
}

#[tokio::test]
async fn a_claim_after_a_refusal_is_corrected() {
    let script = Script::new([
        calls([("complete_task", json!({ "ids": [99] }))]),
        says("Done! I completed task 99."),
    ]);
    let world = world(&["Buy milk"], script).await;

    let reply = world.say("complete task 99").await;

    assert!(reply.response.contains("Correction: nothing has changed."), "{}", reply.response);
}

#[tokio::test]
async fn a_command_that_came_to_nothing_is_said_to_have() {
    let world = world(&[], Script::new([says("Das habe ich erledigt.")])).await;

    let reply = world.say("add milk").await;

    assert_eq!(reply.response, "Das habe ich erledigt.\n\nNothing changed.");
}

#[tokio::test]
async fn honest_answers_stay_as_they_are() {
    for (said, answer) in [
        ("delete the dentist", "Which dentist do you mean?"),
        ("what did I do last week?", "You completed three tasks last week."),
        ("hello", "Hello! What can I do for your list?"),
        ("add milk", "I could not add anything, so nothing changed."),
    ] {
        let world = world(&["Book dentist"], Script::new([says(answer)])).await;

        assert_eq!(world.say(said).await.response, answer);
    }
}
