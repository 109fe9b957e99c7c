use super::*;

fn turn(message: &str, history: &[(Role, &str)]) -> Turn {
    let message_of = |(at, (role, text)): (usize, &(Role, &str))| Message {
        seq: at as i64 + 1,
        role: *role,
        text: (*text).to_owned(),
        at: jiff::Timestamp::UNIX_EPOCH,
        outcome: todo_core::chats::Outcome::default(),
    };
    Turn {
        message: message.to_owned(),
        history: history.iter().enumerate().map(message_of).collect(),
        now: "2026-11-20T09:30:00+01:00[Europe/Berlin]".parse().unwrap(),
        zone: "Europe/Berlin".to_owned(),
        week_start: jiff::civil::Weekday::Monday,
        locale: "en".to_owned(),
    }
}

fn asks(message: &str) -> Vec<Deed> {
    asks_after(message, &[])
}

fn asks_after(message: &str, history: &[(Role, &str)]) -> Vec<Deed> {
    let deeds = Asked::read(&turn(message, history)).deeds;
    Deed::ALL.into_iter().filter(|deed| deeds.has(*deed)).collect()
}

#[test]
fn what_only_asks_or_lists_asks_for_no_change() {
    for message in [
        "what is due today?",
        "show my tasks",
        "list everything",
        "can you show me what is overdue?",
        "what should I delete?",
        "did I add the milk?",
        "is the report done?",
        "tell me about the dentist",
        "how many tasks are completed?",
        "check my list",
        "do I need to remove anything?",
        "remind me what I have to do",
        "thanks!",
        "hello",
        "don't delete anything",
        "which task did I complete last?",
        "read task 3 to me",
        "give me a summary of my week",
    ] {
        assert_eq!(asks(message), [], "{message:?}");
    }
}

#[test]
fn commands_ask_for_what_they_say() {
    for (message, deed) in [
        ("add milk", Deed::Add),
        ("remind me to call mom", Deed::Add),
        ("don't forget the milk", Deed::Add),
        ("can you add milk?", Deed::Add),
        ("delete the dentist", Deed::Delete),
        ("could you take the milk off my list?", Deed::Delete),
        ("get rid of task 3", Deed::Delete),
        ("I no longer need the dentist", Deed::Delete),
        ("lösche den Zahnarzt", Deed::Delete),
        ("what's due today, and delete the dentist", Deed::Delete),
        ("mark the report as done", Deed::Complete),
        ("cross the milk off", Deed::Complete),
        ("I paid the rent", Deed::Complete),
        ("move the dentist to friday", Deed::Update),
        ("how about friday?", Deed::Update),
        ("the report isn't done", Deed::Reopen),
        ("undo", Deed::Undo),
        ("bring the dentist back", Deed::Restore),
        ("delte the milk", Deed::Delete),
    ] {
        assert!(asks(message).contains(&deed), "{message:?}: {:?}", asks(message));
    }
}

#[test]
fn only_what_is_said_takes_something_away() {
    for message in
        ["milk and eggs", "Milch und Eier", "I paid the rent", "add milk", "move it to friday"]
    {
        assert!(!asks(message).contains(&Deed::Delete), "{message:?}");
    }
}

#[test]
fn an_answer_to_a_question_goes_on_from_what_was_asked_for() {
    let history = [
        (Role::User, "delete the appointment"),
        (Role::Assistant, "Which one: the dentist or the bank?"),
    ];

    assert!(asks_after("the dentist", &history).contains(&Deed::Delete));
    assert_eq!(asks_after("what is due today?", &history), []);
}

#[test]
fn a_yes_takes_over_what_was_offered_and_no_more() {
    let offered = |question| asks_after("yes", &[(Role::User, "hm"), (Role::Assistant, question)]);

    assert!(offered("The dentist is over. Shall I delete it?").contains(&Deed::Delete));
    assert!(!offered("Shall I show your list?").contains(&Deed::Delete));
}
