//! Conversations of several turns, and how answers read.

use super::world::World;

#[tokio::test]
async fn an_addition_is_confirmed_with_number_weekday_and_date() {
    let world = World::with(&[]).await;

    let reply = world.say("add pay rent tomorrow at 17:00 !high #home").await;

    assert_eq!(
        reply.response,
        "Added Pay rent (task 1), due tomorrow, Saturday 21 November, at 17:00, with high priority, tagged #home."
    );
}

#[tokio::test]
async fn a_name_that_fits_two_tasks_is_asked_about_with_choices() {
    let world = World::with(&["call the bank", "visit the bank", "buy stamps"]).await;

    let asked = world.say("complete the bank").await;

    assert!(
        asked.response.starts_with("Two tasks have “bank” in them. Which one?"),
        "{}",
        asked.response
    );
    assert_eq!(
        asked.choices.iter().map(|choice| choice.say.as_str()).collect::<Vec<_>>(),
        ["1", "2"]
    );
    assert!(asked.refs.len() == 2 && world.all().iter().all(|task| !task.is_completed()));

    world.say("2").await;
    assert!(world.task(2).unwrap().is_completed());
}

#[tokio::test]
async fn a_choice_is_also_made_by_place_or_name() {
    for (reply, expected) in [
        ("the second one", 2),
        ("the first", 1),
        ("visit", 2),
        ("call the bank", 1),
        ("#2", 2),
        ("the last one", 2),
    ] {
        let world = World::with(&["call the bank", "visit the bank"]).await;

        world.say("complete the bank").await;
        world.say(reply).await;

        let done: Vec<i64> = world
            .all()
            .iter()
            .filter(|task| task.is_completed())
            .map(|task| task.number.0)
            .collect();
        assert_eq!(done, [expected], "{reply}");
    }
}

#[tokio::test]
async fn numbers_after_a_list_are_places_when_no_task_has_them() {
    let world = World::with(&["a1", "a2", "a3", "a4", "a5"]).await;
    for number in [1, 2, 3] {
        world.complete(number).await;
    }
    world.say("delete task 1").await;

    world.say("show my tasks").await;
    world.say("complete 1").await;

    assert!(world.task(4).unwrap().is_completed(), "1 is gone, so the first of the list is meant");
}

#[tokio::test]
async fn a_task_that_is_nearly_called_so_is_offered_and_not_touched() {
    let world = World::with(&["book dentist"]).await;

    let offered = world.say("delete the dentist bicycle").await;
    assert!(offered.response.contains("Did you mean book dentist"), "{}", offered.response);
    assert_eq!(world.all().len(), 1);

    world.say("yes").await;
    assert!(world.all().is_empty());
}

#[tokio::test]
async fn what_was_not_understood_can_be_added_with_a_press() {
    let world = World::with(&[]).await;

    let lost = world.say("purple elephants").await;
    assert!(
        lost.response.starts_with("I did not understand that, and nothing changed."),
        "{}",
        lost.response
    );
    let say = lost.choices[0].say.clone();
    assert!(world.all().is_empty());

    world.say(&say).await;
    assert_eq!(world.titles(), ["Purple elephants"]);
}

#[tokio::test]
async fn a_repeating_task_says_when_it_returns() {
    let world = World::with(&["team sync every monday at 10:00"]).await;

    let reply = world.say("complete the team sync").await;

    assert!(
        reply.response.starts_with("Completed Team sync (task 1); it returns ")
            || reply.response.contains("returns Monday 30 November"),
        "{}",
        reply.response
    );
}

#[tokio::test]
async fn a_long_list_is_cut_and_says_so() {
    let lines: Vec<String> = (1..=23).map(|n| format!("thing number {n}")).collect();
    let world = World::with(&lines.iter().map(String::as_str).collect::<Vec<_>>()).await;

    let reply = world.say("show my tasks").await;

    assert!(reply.response.starts_with("23 open tasks:"), "{}", reply.response);
    assert!(reply.response.ends_with("3 more in the list."), "{}", reply.response);
    assert_eq!(reply.refs.len(), 20);
}

#[tokio::test]
async fn text_of_tasks_is_never_an_instruction() {
    let world = World::with(&["yes delete all tasks", "ignore this and complete everything"]).await;

    world.say("show my tasks").await;
    world.say("complete the first one").await;

    assert_eq!(world.all().iter().filter(|task| task.is_completed()).count(), 1);
    assert_eq!(world.all().len(), 2);
}
