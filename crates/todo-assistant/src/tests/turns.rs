//! What happens around a thought: storing, repeating, stopping, failing, confirming.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use async_trait::async_trait;
use futures::future::join_all;
use todo_api::{chat::ChatEventBody, plan::PlanState};
use todo_core::{
    Clock as _, ConversationId,
    chats::{ChatStore as _, Ending, Role},
};

use super::world::World;
use crate::{
    thinker::{Answer, Sink, ThinkError, Thinker, Turn},
    tools::Tools,
    turn::{Said, SayError},
};

#[tokio::test]
async fn a_message_that_is_sent_again_gets_its_first_answer_and_acts_once() {
    let world = World::with(&[]).await;

    let first = world.try_say("same", "add buy milk").await.unwrap().reply().await.unwrap();
    world.turn_away();
    let again = world.try_say("same", "add buy milk").await.unwrap().reply().await.unwrap();

    assert_eq!(again, first);
    assert_eq!(world.titles(), ["Buy milk"]);
    assert_eq!(
        world.chats.titles(),
        ["add buy milk"],
        "the conversation that was begun for the repetition is gone"
    );
}

#[tokio::test]
async fn twenty_calls_with_one_message_have_one_effect_and_one_answer() {
    let world = World::with(&[]).await;
    world.say("hello").await;

    let calls = (0..20).map(|_| async {
        world.try_say("same", "add buy milk").await.unwrap().reply().await.unwrap()
    });
    let replies = join_all(calls).await;

    assert_eq!(world.titles(), ["Buy milk"]);
    assert!(replies.iter().all(|reply| reply == &replies[0]));
}

#[tokio::test]
async fn what_is_no_message_is_refused_and_nothing_is_stored() {
    let world = World::with(&[]).await;

    for (id, text) in [
        ("a", ""),
        ("a", " \n "),
        ("a", "x\0y"),
        ("a", &*"x".repeat(4001)),
        ("", "x"),
        ("ä", "x"),
        (&*"i".repeat(101), "x"),
    ] {
        assert!(world.try_say(id, text).await.is_err(), "{id:?} {text:?}");
    }

    assert!(world.chats.titles().is_empty());
    let long = world.try_say("long", &"ü".repeat(4000)).await.unwrap().reply().await.unwrap();
    assert!(long.response.contains("nothing changed"), "{}", long.response);
}

#[tokio::test]
async fn a_turn_that_was_lost_is_answered_where_it_was_said() {
    let world = World::with(&[]).await;
    let user = world.caller.user;
    let first = world.chats.create(user, "first", world.clock.now()).await.unwrap().id;
    world.chats.begin_turn(user, first, "m", "add buy milk", world.clock.now()).await.unwrap();
    world.clock.pass(2);

    let reply = world.try_say("m", "add buy milk").await.unwrap().reply().await.unwrap();

    assert_eq!(reply.conversation_id, first.0);
    assert_eq!(world.chats.titles(), ["first"]);
    let again = world.try_say("m", "add buy milk").await.unwrap().reply().await.unwrap();
    assert_eq!(again.response, reply.response);
}

#[tokio::test]
async fn somebody_elses_conversation_is_a_missing_one() {
    let world = World::with(&[]).await;
    let said = Said {
        conversation: Some(ConversationId(99)),
        message_id: "m".into(),
        text: "hello".into(),
        replaces: None,
        builtin: false,
        settings: todo_core::settings::Settings::default(),
    };

    let refused = world.assistant.say(&world.caller, said).await;

    assert!(matches!(refused, Err(SayError::NoSuchConversation(ConversationId(99)))));
}

#[tokio::test]
async fn a_turn_tells_what_happens_in_order() {
    let world = World::with(&[]).await;

    let mut conversing = world.try_say("m", "add buy milk").await.unwrap();
    let mut names = Vec::new();
    while let Some(event) = conversing.events.recv().await {
        names.push(event.name());
    }

    assert_eq!(names, ["start", "tool_call", "tool_result", "token", "done"]);
}

#[tokio::test]
async fn every_call_has_its_receipt_with_the_change_that_undoes_it() {
    let world = World::with(&["buy milk"]).await;

    let reply = world.say("complete the milk").await;

    let tools: Vec<&str> = reply.tool_calls.iter().map(|call| call.tool.as_str()).collect();
    assert_eq!(tools, ["list_tasks", "complete_task"]);
    assert_eq!(reply.tool_calls[1].change_id, Some(2));
    assert_eq!(world.chats.last().outcome.tool_calls.len(), 2);
}

#[tokio::test]
async fn tools_out_of_reach_are_a_friendly_answer_that_is_stored() {
    let world = World::with(&["buy milk"]).await;
    world.down.store(true, Ordering::SeqCst);

    let reply = world.say("complete the milk").await;

    assert!(reply.response.contains("nothing changed"), "{}", reply.response);
    assert_eq!(world.chats.last().outcome.ending, Ending::Failed);
    assert!(!world.task(1).unwrap().is_completed());
}

#[tokio::test]
async fn a_plan_is_carried_out_by_a_yes_and_only_once() {
    let world = World::with(&["buy milk", "call mom"]).await;

    let asked = world.say("delete all my tasks").await;
    assert!(
        asked.response.starts_with("Delete all 2 tasks? Nothing has changed yet."),
        "{}",
        asked.response
    );
    assert_eq!(asked.plan.unwrap().state, PlanState::Waiting);
    assert_eq!(world.all().len(), 2);

    let done = world.say("yes").await;
    assert!(done.response.contains("trash"), "{}", done.response);
    assert!(world.all().is_empty());

    let again = world.say("yes").await;
    assert!(again.tool_calls.is_empty(), "{}", again.response);
}

#[tokio::test]
async fn a_no_cancels_the_plan_for_good() {
    let world = World::with(&["buy milk", "call mom"]).await;

    world.say("delete all my tasks").await;
    let cancelled = world.say("no").await;
    world.say("yes").await;

    assert_eq!(cancelled.response, "Cancelled. Nothing changed.");
    assert_eq!(world.all().len(), 2);
}

#[tokio::test]
async fn a_yes_counts_only_right_after_the_plan_in_the_same_conversation() {
    let world = World::with(&["buy milk", "call mom"]).await;

    world.say("delete all my tasks").await;
    world.say("what is due today?").await;
    world.say("yes").await;
    assert_eq!(world.all().len(), 2);

    world.say("delete all my tasks").await;
    world.turn_away();
    world.say("yes").await;
    assert_eq!(world.all().len(), 2);
}

#[tokio::test]
async fn a_yes_to_a_large_shift_counts_for_five_minutes() {
    for (minutes, moved) in [(4, true), (5, false)] {
        let lines: Vec<String> =
            (23..30).map(|day| format!("task {day} 2026-11-{day} #work")).collect();
        let world = World::with(&lines.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let before: Vec<_> = world.all().into_iter().map(|task| task.due).collect();

        let asked = world.say("push all the work tasks back by a week").await;
        world.clock.pass(minutes);
        let answer = world.say("yes").await;

        assert!(asked.response.contains("Nothing has changed yet"), "{}", asked.response);
        let after: Vec<_> = world.all().into_iter().map(|task| task.due).collect();
        assert_eq!(before != after, moved, "{minutes}: {}", answer.response);
    }
}

#[tokio::test]
async fn a_plan_expires_after_five_minutes() {
    let world = World::with(&["buy milk", "call mom"]).await;

    world.say("delete all my tasks").await;
    world.clock.pass(5);
    let late = world.say("yes").await;

    assert!(late.response.contains("has expired. Nothing changed"), "{}", late.response);
    assert_eq!(world.all().len(), 2);
}

#[tokio::test]
async fn a_plan_is_dropped_when_a_task_changed_meanwhile() {
    let world = World::with(&["buy milk", "call mom"]).await;

    world.say("delete all my tasks").await;
    world.complete(1).await;
    let stale = world.say("yes").await;

    assert!(stale.response.starts_with("Nothing changed: "), "{}", stale.response);
    assert_eq!(world.all().len(), 2);
}

/// A thinker that writes, says something, and then never ends, or breaks.
struct Odd {
    breaks: bool,
}

#[async_trait]
impl Thinker for Odd {
    fn name(&self) -> &str {
        "odd"
    }

    async fn think(
        &self,
        _: &Turn,
        tools: &dyn Tools,
        out: &dyn Sink,
    ) -> Result<Answer, ThinkError> {
        tools.call("add_task", serde_json::json!({ "title": "One" })).await?;
        out.text("I am ").await;
        assert!(!self.breaks, "this thinker breaks");
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_turn_that_nobody_listens_to_stops_and_keeps_what_was_done() {
    let mut world = World::with(&[]).await;
    world.assistant = world.assistant.clone().thinking_with(Arc::new(Odd { breaks: false }));

    let mut conversing = world.try_say("m", "go").await.unwrap();
    while !matches!(conversing.events.recv().await, Some(ChatEventBody::Token { .. })) {}
    drop(conversing);

    while world.chats.last().role == Role::User {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let kept = world.chats.last();
    assert_eq!(kept.text, "I am \n\nStopped. What has a receipt above was done.");
    assert_eq!((kept.outcome.ending, kept.outcome.tool_calls.len()), (Ending::Stopped, 1));
}

#[tokio::test]
async fn a_thinker_that_breaks_leaves_a_stored_answer() {
    let mut world = World::with(&[]).await;
    world.assistant = world.assistant.clone().thinking_with(Arc::new(Odd { breaks: true }));

    let reply = world.say("go").await;

    assert!(
        reply.response.starts_with("I am \n\nSomething broke on our side."),
        "{}",
        reply.response
    );
    assert_eq!(world.chats.last().outcome.ending, Ending::Failed);
}
