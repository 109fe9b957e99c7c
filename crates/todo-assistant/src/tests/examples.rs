//! The sentences that the plan gives as examples, word for word.

use super::world::World;

#[tokio::test]
async fn examples_of_adding_are_one_task_each() {
    for (sentence, title) in [
        ("Add a task to buy groceries", "Buy groceries"),
        ("Remind me to call Mom at 5pm", "Call Mom"),
        ("I need to buy milk, eggs, and bread", "Buy milk, eggs, and bread"),
    ] {
        let world = World::with(&[]).await;

        world.say(sentence).await;

        assert_eq!(world.titles(), [title], "{sentence}");
    }
}

#[tokio::test]
async fn examples_of_asking_name_what_is_open() {
    for sentence in ["What's pending?", "What do I need to do?"] {
        let world = World::with(&["water the plants"]).await;

        let reply = world.say(sentence).await;

        assert!(reply.response.contains("water the plants"), "{sentence}: {}", reply.response);
    }
}

#[tokio::test]
async fn examples_of_completing_and_renaming_reach_the_task_with_that_number() {
    let world = World::with(&["one", "two", "three", "four", "five"]).await;

    world.say("Mark task 5 as done").await;
    world.say("I finished task 3").await;
    world.say("Change task 1 to 'Pick up dry cleaning'").await;

    let done: Vec<i64> =
        world.all().iter().filter(|task| task.is_completed()).map(|task| task.number.0).collect();
    assert_eq!(done, [3, 5]);
    assert_eq!(world.task(1).unwrap().title.as_str(), "Pick up dry cleaning");
}

#[tokio::test]
async fn examples_of_deleting_take_the_task_just_spoken_of_and_ask_before_taking_all() {
    let world = World::with(&["one", "two", "three"]).await;

    world.say("complete task 2").await;
    world.say("Delete that task").await;
    assert_eq!(world.titles(), ["one", "three"]);

    let asked = world.say("delete all my tasks").await;
    assert!(asked.plan.is_some(), "{}", asked.response);
    assert_eq!(world.titles(), ["one", "three"]);
}
