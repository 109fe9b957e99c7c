//! Pages of tasks, checked against a filter and a sort in memory.

use std::cmp::{Ordering, Reverse};

use jiff::{SignedDuration, Timestamp, civil::Date};
use proptest::prelude::*;
use todo_core::{
    Clock, Task, TaskNumber,
    task::{Due, Tag},
    tasks::{Command, DueFilter, Filter, ListQuery, Sort, Status, TaskStore},
    words::words,
};

use crate::{
    lab::{Lab, START, draft, targets},
    random,
};

stories!(
    every_list_is_what_a_filter_and_a_sort_in_memory_give,
    pages_go_on_where_the_last_one_ended
);

/// Lists of one person with many tasks of every kind.
async fn every_list_is_what_a_filter_and_a_sort_in_memory_give(lab: &Lab) {
    let me = lab.someone().await;
    for command in random::samples(random::addition(8), 12) {
        lab.execute(&me, command).await;
        lab.clock.advance(SignedDuration::from_mins(7));
    }
    for command in random::samples(random::command(40), 60) {
        lab.tasks().execute(&me, command, None).await.ok();
        lab.clock.advance(SignedDuration::from_mins(3));
    }
    let all = lab.everything(&me).await;
    let now = lab.clock.now();
    let owner = lab.owner(&me).await;
    assert!(owner.open > 20 && owner.done > 5 && owner.trashed > 5, "{owner:?}");

    for (filter, sort, limit) in random::samples((filter(now), sort(), 1u64..9), 240) {
        let expected = expected(&all, &filter, sort);
        let mut query = ListQuery { filter, sort, limit, after: None };
        let mut listed = Vec::new();
        loop {
            let page = lab.db.list(me.user, &query).await.unwrap();
            assert!(page.tasks.len() as u64 <= limit);
            listed.extend(page.tasks);
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        let numbers = |tasks: &[Task]| tasks.iter().map(|task| task.number.0).collect::<Vec<_>>();
        assert_eq!(numbers(&listed), numbers(&expected), "{query:?}");
        assert_eq!(listed, expected);
        let counted = lab.db.count(me.user, &query.filter, 5).await.unwrap();
        assert_eq!(counted, (expected.len() as i64).min(5), "{query:?}");
    }
}

async fn pages_go_on_where_the_last_one_ended(lab: &Lab) {
    let me = lab.someone().await;
    lab.add(&me, &["one", "two", "three"]).await;
    let query = ListQuery { filter: Filter::default(), sort: Sort::Oldest, limit: 2, after: None };

    let first = lab.db.list(me.user, &query).await.unwrap();
    lab.execute(&me, Command::Delete(targets(&[2]))).await;
    lab.execute(&me, Command::Add(vec![todo_core::tasks::NewTask::Draft(Box::new(draft("four")))]))
        .await;
    let second = lab.db.list(me.user, &ListQuery { after: first.next, ..query }).await.unwrap();

    let numbers: Vec<_> = second.tasks.iter().map(|task| task.number).collect();
    assert_eq!(numbers, [TaskNumber(3), TaskNumber(4)]);
    assert_eq!(second.next, None);
}

fn sort() -> impl Strategy<Value = Sort> {
    use Sort::{Completed, Deleted, Due, Newest, Oldest, Priority};
    prop::sample::select(vec![Due, Priority, Newest, Oldest, Completed, Deleted])
}

fn filter(now: Timestamp) -> impl Strategy<Value = Filter> {
    let status = prop::sample::select(vec![
        Status::All,
        Status::Pending,
        Status::Completed,
        Status::Trashed,
    ]);
    let day = prop::sample::select(vec![
        "2026-11-18",
        "2026-11-19",
        "2026-11-20",
        "2026-11-21",
        "2026-12-30",
    ]);
    let day = day.prop_map(|day| day.parse::<Date>().unwrap());
    let today = START[..10].parse().unwrap();
    let due = prop_oneof![
        Just(DueFilter::None),
        Just(DueFilter::Any),
        Just(DueFilter::Overdue { today, now }),
        (prop::option::of(day.clone()), prop::option::of(day))
            .prop_map(|(from, to)| DueFilter::Between(from, to)),
    ];
    let word = prop::sample::select(random::WORDS).prop_flat_map(|word| {
        let longest = word.chars().count();
        (1..=longest).prop_map(move |length| word.chars().take(length).collect::<String>())
    });
    let completed = (0i64..60, 0i64..400).prop_map(move |(from, length)| {
        let from = START.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(from * 5);
        (from, from + SignedDuration::from_mins(length))
    });
    (
        status,
        prop::option::of(due),
        prop::option::weighted(0.3, random::priority()),
        prop::option::weighted(0.3, random::tag()),
        prop::option::weighted(0.3, prop::collection::vec(word, 1..3)),
        prop::option::weighted(0.2, completed),
    )
        .prop_map(|(status, due, priority, tag, text, completed)| Filter {
            status,
            due,
            priority,
            tag,
            words: text.map(|text| words(&text.join(" "))).unwrap_or_default(),
            completed,
        })
}

fn expected(all: &[Task], filter: &Filter, sort: Sort) -> Vec<Task> {
    let mut tasks: Vec<_> = all.iter().filter(|task| matches(task, filter)).cloned().collect();
    tasks.sort_by(|a, b| compare(a, b, sort));
    tasks
}

fn matches(task: &Task, filter: &Filter) -> bool {
    let status = match filter.status {
        Status::All => !task.is_deleted(),
        Status::Pending => !task.is_deleted() && !task.is_completed(),
        Status::Completed => !task.is_deleted() && task.is_completed(),
        Status::Trashed => task.is_deleted(),
    };
    let completed = |(from, to): &(Timestamp, Timestamp)| {
        task.completed_at.is_some_and(|at| *from <= at && at < *to)
    };
    status
        && filter.due.as_ref().is_none_or(|due| is_due(task.due.as_ref(), due))
        && filter.priority.is_none_or(|priority| task.priority == priority)
        && filter.tag.as_ref().is_none_or(|tag| task.tags.contains(tag))
        && filter.words.iter().all(|word| has_word(task, word))
        && filter.completed.as_ref().is_none_or(completed)
}

fn is_due(due: Option<&Due>, filter: &DueFilter) -> bool {
    match (filter, due) {
        (DueFilter::None, due) => due.is_none(),
        (_, None) => false,
        (DueFilter::Any, Some(_)) => true,
        (DueFilter::Between(from, to), Some(due)) => {
            from.is_none_or(|from| due.date >= from) && to.is_none_or(|to| due.date <= to)
        }
        (DueFilter::Overdue { today, now }, Some(due)) => {
            due.date < *today || due.instant().is_some_and(|at| at < *now)
        }
    }
}

fn has_word(task: &Task, start: &str) -> bool {
    let description = task.description.as_ref().map_or("", |text| text.as_str());
    let texts =
        [task.title.as_str(), description].into_iter().chain(task.tags.iter().map(Tag::as_str));
    texts.flat_map(words).any(|word| word.starts_with(start))
}

fn compare(a: &Task, b: &Task, sort: Sort) -> Ordering {
    let due = |task: &Task| (task.due_key(), task.number);
    match sort {
        Sort::Due => due(a).cmp(&due(b)),
        Sort::Priority => (Reverse(a.priority), due(a)).cmp(&(Reverse(b.priority), due(b))),
        Sort::Newest => b.number.cmp(&a.number),
        Sort::Oldest => a.number.cmp(&b.number),
        Sort::Completed => (b.completed_at, b.number).cmp(&(a.completed_at, a.number)),
        Sort::Deleted => (b.deleted_at, b.number).cmp(&(a.deleted_at, a.number)),
    }
}
