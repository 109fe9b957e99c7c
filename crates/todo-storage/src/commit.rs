//! What a transaction writes at its end, as statements.

use sea_orm::{DbBackend, Value};
use todo_core::{
    ChangeSeq, Task, UserId,
    repeat::Repeat,
    task::{Description, Due},
    tasks::{Change, Commit, Owner, RowChange, Verb},
};

use crate::{
    batch::Batch,
    rows::{json, maybe_micros, micros},
    search,
    sql::Sql,
    tags,
};

/// Everything that `commit` changes. `locked` is the owner's row as it is in the database.
pub(crate) fn batch(
    backend: DbBackend,
    locked: &Owner,
    retry_key: Option<&str>,
    commit: &Commit,
) -> Batch {
    let user = locked.user;
    let mut batch = Batch::new();
    if let Some(change) = &commit.change {
        push_tasks(&mut batch, backend, user, &change.rows);
        tags::push(&mut batch, user, &change.rows);
        push_change(&mut batch, user, change);
        mark(&mut batch, user, &commit.undone, Some(change.seq));
        mark(&mut batch, user, &commit.redone, None);
    }
    if let Some(plan) = commit.plan {
        let change = commit.change.as_ref().map(|change| change.seq.0);
        let text =
            "UPDATE plans SET answer = 'confirmed', change_seq = $3 WHERE user_id = $1 AND id = $2";
        batch.push(Sql::new(text, [user.0.into(), plan.0.into(), change.into()]));
    }
    if let (Some(key), Some(answer)) = (retry_key, &commit.answer) {
        let text = "UPDATE idempotency SET answer = $3 WHERE user_id = $1 AND key = $2";
        batch.push(Sql::new(text, [user.0.into(), key.into(), answer.as_str().into()]));
    }
    if commit.owner != *locked {
        batch.push(update_owner(&commit.owner));
    }
    batch
}

fn update_owner(owner: &Owner) -> Sql {
    Sql::new(
        "UPDATE owners SET next_number = $2, seq = $3, open = $4, done = $5, trashed = $6, settings = $7
         WHERE user_id = $1",
        [
            owner.user.0.into(),
            owner.next_number.0.into(),
            owner.seq.0.into(),
            owner.open.into(),
            owner.done.into(),
            owner.trashed.into(),
            json(&owner.settings).into(),
        ],
    )
}

/// Applies the images after the change.
fn push_tasks(batch: &mut Batch, backend: DbBackend, user: UserId, rows: &[RowChange]) {
    let (mut new, mut old, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match (&row.before, &row.after) {
            (None, Some(task)) => new.push(task),
            (Some(_), Some(task)) => old.push(task),
            (_, None) => gone.push(row.number().0),
        }
    }
    if !gone.is_empty() {
        push_removal(batch, backend, user, &gone);
    }
    match backend {
        DbBackend::Postgres => {
            let head = format!("INSERT INTO tasks ({COLUMNS}, search)");
            let over = format!("{OVERWRITE}, search = excluded.search");
            let words = |column, place| match column {
                SEARCH => format!("array_to_tsvector(string_to_array({place}, ' '))"),
                _ => place,
            };
            let with_words = |task: &&Task| {
                let mut values = values(user, task).into_iter();
                let search = Value::from(search::indexed(user, task));
                std::array::from_fn::<Value, { SEARCH + 1 }, _>(|_| {
                    values.next().unwrap_or_else(|| search.clone())
                })
            };
            batch.push_rows(&head, new.iter().map(with_words), words, "");
            batch.push_rows(&head, old.iter().map(with_words), words, &over);
        }
        _ => {
            let head = format!("INSERT INTO tasks ({COLUMNS})");
            let place = |_, place| place;
            batch.push_rows(&head, new.iter().map(|task| values(user, task)), place, "");
            batch.push_rows(&head, old.iter().map(|task| values(user, task)), place, OVERWRITE);
            push_words(batch, user, rows);
        }
    }
}

/// Full text of SQLite is a table of its own. It is touched only for tasks whose words are others now.
fn push_words(batch: &mut Batch, user: UserId, rows: &[RowChange]) {
    let words = |task: &Task| search::indexed(user, task);
    let changed = rows.iter().filter_map(|row| {
        let (number, new) = (row.number(), words(row.after.as_ref()?));
        (row.before.as_ref().map(words).as_ref() != Some(&new)).then_some((number, new))
    });
    let changed: Vec<_> = changed.collect();
    if !changed.is_empty() {
        batch.push(Sql::new(
            "INSERT OR REPLACE INTO task_words (rowid, words)
             SELECT t.id, w.value ->> 1 FROM json_each($2) w
             CROSS JOIN tasks t ON t.user_id = $1 AND t.number = w.value ->> 0",
            [user.0.into(), json(&changed).into()],
        ));
    }
}

fn push_removal(batch: &mut Batch, backend: DbBackend, user: UserId, numbers: &[i64]) {
    let mut delete = |head: &str, tail: &str| {
        let mut sql = Sql::new(head, [user.0.into()]);
        sql.push_list(numbers);
        sql.push(tail);
        batch.push(sql);
    };
    if backend == DbBackend::Sqlite {
        delete(
            "DELETE FROM task_words WHERE rowid IN (SELECT id FROM tasks WHERE user_id = $1 AND number IN ",
            ")",
        );
    }
    delete("DELETE FROM tasks WHERE user_id = $1 AND number IN ", "");
}

const COLUMNS: &str = "user_id, number, title, description, priority, tags, due_date, due_time, timezone, due_at, \
                       due_key, repeat, reminders, completed_at, deleted_at, version, last_change, created_at, \
                       updated_at";

/// Where the words are on PostgreSQL: behind the other columns.
const SEARCH: usize = 19;

const OVERWRITE: &str = " ON CONFLICT (user_id, number) DO UPDATE SET title = excluded.title, \
                         description = excluded.description, priority = excluded.priority, tags = excluded.tags, \
                         due_date = excluded.due_date, due_time = excluded.due_time, timezone = excluded.timezone, \
                         due_at = excluded.due_at, due_key = excluded.due_key, repeat = excluded.repeat, \
                         reminders = excluded.reminders, completed_at = excluded.completed_at, \
                         deleted_at = excluded.deleted_at, version = excluded.version, \
                         last_change = excluded.last_change, updated_at = excluded.updated_at";

/// The values of [`COLUMNS`].
fn values(user: UserId, task: &Task) -> [Value; SEARCH] {
    let due = task.due.as_ref();
    let time = due.and_then(|due| due.time.as_ref());
    [
        user.0.into(),
        task.number.0.into(),
        task.title.as_str().into(),
        task.description.as_ref().map(Description::as_str).into(),
        (task.priority as i16).into(),
        json(&task.tags).into(),
        due.map(|due| due.date.to_string()).into(),
        time.map(|(time, _)| time.strftime("%H:%M").to_string()).into(),
        time.map(|(_, zone)| zone.as_str()).into(),
        maybe_micros(due.and_then(Due::instant)),
        task.due_key().into(),
        task.repeat.as_ref().map(Repeat::as_str).into(),
        json(&task.reminders).into(),
        maybe_micros(task.completed_at),
        maybe_micros(task.deleted_at),
        task.version.into(),
        task.last_change.0.into(),
        micros(task.created_at),
        micros(task.updated_at),
    ]
}

fn push_change(batch: &mut Batch, user: UserId, change: &Change) {
    let moved = |row: &&RowChange| row.after.as_ref().is_some_and(|task| !task.is_completed());
    let moved_on = match change.verb {
        Verb::Complete => change.rows.iter().filter(moved).count() as i64,
        _ => 0,
    };
    batch.push(Sql::new(
        "INSERT INTO changes (user_id, seq, verb, actor_kind, actor_id, conversation_id, plan_id, at, undoes, undone_by,
                              moved_on, rows)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        [
            user.0.into(),
            change.seq.0.into(),
            change.verb.as_str().into(),
            change.actor.kind.as_str().into(),
            change.actor.id.as_deref().into(),
            change.conversation.map(|id| id.0).into(),
            change.plan.map(|id| id.0).into(),
            micros(change.at),
            json(&change.undoes).into(),
            change.undone_by.map(|seq| seq.0).into(),
            moved_on.into(),
            json(&change.rows).into(),
        ],
    ));
    batch.push_rows(
        "INSERT INTO change_tasks (user_id, number, seq)",
        change.rows.iter().map(|row| [user.0.into(), row.number().0.into(), change.seq.0.into()]),
        |_, place| place,
        "",
    );
}

/// Marks changes as taken back, or as in force again.
fn mark(batch: &mut Batch, user: UserId, changes: &[ChangeSeq], undone_by: Option<ChangeSeq>) {
    if changes.is_empty() {
        return;
    }
    let undone_by = Value::from(undone_by.map(|seq| seq.0));
    let mut sql = Sql::new(
        "UPDATE changes SET undone_by = $2 WHERE user_id = $1 AND seq IN ",
        [user.0.into(), undone_by],
    );
    sql.push_list(&changes.iter().map(|seq| seq.0).collect::<Vec<_>>());
    batch.push(sql);
}
