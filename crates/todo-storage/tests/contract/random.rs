//! Random tasks and random commands.

use proptest::{prelude::*, strategy::ValueTree};
use todo_core::{
    TaskNumber,
    task::{Description, Priority, Tag, Title, reminders},
    tasks::{
        Command, Draft, DueInput, Field, NewTask, Patch, RepeatInput, TagEdit, Target, TaskEdit,
    },
};

/// Words of many kinds, among them all that could mean something to a full-text engine.
pub(crate) const WORDS: &[&str] = &[
    "milk",
    "Milk",
    "milkshake",
    "buy",
    "Café",
    "cafe",
    "CRÈME",
    "دودھ",
    "خریدنا",
    "牛乳",
    "3.14",
    "1,000",
    "can't",
    "o'neil",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "a:b",
    "x_y",
    "שו\"ת",
    "back\\slash",
    "50%",
    "straße",
    "naïve",
    "ﬁre",
];

/// Days around [`crate::lab::START`], some of them far away.
const DAYS: &[&str] = &[
    "2026-11-18",
    "2026-11-19",
    "2026-11-20",
    "2026-11-21",
    "2026-12-31",
    "1999-01-01",
    "8999-05-05",
];

/// Zones at both ends of the world.
const ZONES: &[&str] = &["UTC", "Asia/Karachi", "Pacific/Kiritimati", "Pacific/Niue"];

pub(crate) fn title() -> impl Strategy<Value = Title> {
    prop::collection::vec(prop::sample::select(WORDS), 1..5)
        .prop_map(|words| Title::parse(&words.join(" ")).unwrap())
}

pub(crate) fn tag() -> impl Strategy<Value = Tag> {
    prop::sample::select(&["home", "work", "deep-work", "کام", "a/b"][..])
        .prop_map(|name| Tag::parse(name).unwrap())
}

pub(crate) fn priority() -> impl Strategy<Value = Priority> {
    prop::sample::select(&Priority::ALL[..])
}

pub(crate) fn due() -> impl Strategy<Value = DueInput> {
    let time = prop::sample::select(&["00:00", "08:59", "09:01", "23:59"][..]);
    (prop::sample::select(DAYS), prop::option::of((time, prop::sample::select(ZONES)))).prop_map(
        |(date, time)| DueInput::Parts {
            date: date.into(),
            time: time.map(|(time, _)| time.into()),
            timezone: time.map(|(_, zone)| zone.into()),
        },
    )
}

pub(crate) fn draft() -> impl Strategy<Value = Draft> {
    let repeat =
        prop::sample::select(&["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=FR", "FREQ=DAILY;COUNT=2"][..]);
    (
        title(),
        prop::option::of(title()),
        priority(),
        prop::collection::vec(tag(), 0..3),
        prop::option::of(due()),
        prop::option::weighted(0.2, repeat),
        prop::collection::vec(0u32..100, 0..2),
    )
        .prop_map(|(title, description, priority, mut tags, due, repeat, minutes)| {
            tags.sort();
            tags.dedup();
            Draft {
                title,
                description: description
                    .and_then(|text| Description::parse(text.as_str()).unwrap()),
                priority,
                tags,
                due,
                repeat: repeat.map(|rule| RepeatInput(rule.into())),
                reminders: reminders(minutes).unwrap(),
            }
        })
}

pub(crate) fn addition(most: usize) -> impl Strategy<Value = Command> {
    let draft = draft().prop_map(|draft| NewTask::Draft(Box::new(draft)));
    prop::collection::vec(draft, 1..=most).prop_map(Command::Add)
}

fn patch() -> impl Strategy<Value = Patch> {
    let field = |due: Option<Option<DueInput>>| due.map_or(Field::Keep, Field::set_or_clear);
    (
        prop::option::of(title()),
        prop::option::of(priority()),
        prop::collection::vec(tag(), 0..2),
        prop::collection::vec(tag(), 0..2),
        prop::option::of(prop::option::of(due())),
        prop::option::of(any::<bool>()),
    )
        .prop_map(move |(title, priority, add, remove, due, completed)| Patch {
            title,
            priority,
            tags: TagEdit { set: None, add, remove },
            due: field(due),
            completed,
            ..Patch::default()
        })
}

/// Any command but an undo, on numbers up to `highest`, some of which may not exist.
pub(crate) fn command(highest: i64) -> impl Strategy<Value = Command> {
    let target = (1..=highest).prop_map(|number| Target::from(TaskNumber(number)));
    let targets = prop::collection::vec(target.clone(), 1..5);
    let edit = (target, patch()).prop_map(|(target, patch)| TaskEdit { target, patch });
    prop_oneof![
        addition(3),
        prop::collection::vec(edit, 1..4).prop_map(Command::Update),
        targets.clone().prop_map(Command::Complete),
        targets.clone().prop_map(Command::Reopen),
        targets.clone().prop_map(Command::Delete),
        targets.prop_map(Command::Restore),
    ]
}

/// Values of a strategy, for stories that are async. The seed is fixed, so a failure can be seen again.
pub(crate) fn samples<T: std::fmt::Debug>(
    strategy: impl Strategy<Value = T>,
    count: usize,
) -> Vec<T> {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}
