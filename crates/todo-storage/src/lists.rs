//! Pages of tasks: what a filter, an order and a cursor are in SQL.

use sea_orm::{DbBackend, Value};
use todo_core::{
    StoreError, UserId,
    tasks::{Cursor, DueFilter, Filter, ListQuery, Page, Sort, Status},
};

use crate::{
    Database,
    rows::{self, Cells, TASK, micros},
    search,
    sql::Sql,
};

/// Sorts after every due key that has a date, and before every one that has none.
const NO_DATE: &str = "9999/";

/// One page.
pub(crate) async fn page(
    db: &Database,
    user: UserId,
    query: &ListQuery,
) -> Result<Page, StoreError> {
    let mut sql = Sql::new(format!("SELECT {TASK} FROM tasks t"), []);
    push_filter(&mut sql, db.backend(), user, &query.filter);
    push_order(&mut sql, query);
    let limit = sql.bind(i64::try_from(query.limit).unwrap_or(i64::MAX).saturating_add(1));
    sql.push(&format!(" LIMIT {limit}"));

    let tasks = db.all(&sql).await?.iter().map(rows::task).collect::<Result<_, _>>()?;
    Ok(Page::cut(tasks, query))
}

/// How many match, counted up to `at_most`.
pub(crate) async fn count(
    db: &Database,
    user: UserId,
    filter: &Filter,
    at_most: i64,
) -> Result<i64, StoreError> {
    let mut sql = Sql::new("SELECT count(*) FROM (SELECT 1 FROM tasks t", []);
    push_filter(&mut sql, db.backend(), user, filter);
    let limit = sql.bind(at_most);
    sql.push(&format!(" LIMIT {limit}) AS counted"));

    match db.one(&sql).await? {
        Some(row) => Cells::of(&row).next(),
        None => Ok(0),
    }
}

fn push_filter(sql: &mut Sql, backend: DbBackend, user: UserId, filter: &Filter) {
    let user_place = sql.bind(user.0);
    sql.push(&format!(" WHERE t.user_id = {user_place}"));
    sql.push(match filter.status {
        Status::All => " AND t.deleted_at IS NULL",
        Status::Pending => " AND t.completed_at IS NULL AND t.deleted_at IS NULL",
        Status::Completed => " AND t.completed_at IS NOT NULL AND t.deleted_at IS NULL",
        Status::Trashed => " AND t.deleted_at IS NOT NULL",
    });
    if let Some(tag) = &filter.tag {
        let tag = sql.bind(tag.as_str());
        let numbers = format!(
            "SELECT g.number FROM task_tags g WHERE g.user_id = {user_place} AND g.tag = {tag}"
        );
        sql.push(&match backend {
            // As an array, because PostgreSQL joins a list's every task with a tag's every task when it cannot know how
            // many there are.
            DbBackend::Postgres => format!(" AND t.number = ANY (ARRAY({numbers}))"),
            _ => format!(" AND t.number IN ({numbers})"),
        });
    }
    if let Some(due) = &filter.due {
        push_due(sql, due);
    }
    if let Some(priority) = filter.priority {
        let place = sql.bind(priority as i16);
        sql.push(&format!(" AND t.priority = {place}"));
    }
    if let Some((from, to)) = filter.completed {
        let (from, to) = (sql.bind(micros(from)), sql.bind(micros(to)));
        sql.push(&format!(" AND t.completed_at >= {from} AND t.completed_at < {to}"));
    }
    if !filter.words.is_empty() {
        search::condition(sql, backend, user, &filter.words);
    }
}

/// Due dates as ranges of the due key, which is what the index of open tasks is sorted by.
fn push_due(sql: &mut Sql, due: &DueFilter) {
    match due {
        DueFilter::None => push_compare(sql, "t.due_key >=", NO_DATE),
        DueFilter::Any => push_compare(sql, "t.due_key <", NO_DATE),
        DueFilter::Between(from, to) => {
            if let Some(from) = from {
                push_compare(sql, "t.due_key >=", from.to_string());
            }
            // A key is its day, `T`, a time; so `U` comes after all keys of that day.
            push_compare(sql, "t.due_key <", to.map_or(NO_DATE.to_owned(), |to| format!("{to}U")));
        }
        DueFilter::Overdue { today, now } => {
            // Where the zone of a task is ahead of its owner's, its clock may show a later day, but not the third one.
            let horizon = today
                .checked_add(jiff::Span::new().days(3))
                .map_or(NO_DATE.to_owned(), |day| day.to_string());
            push_compare(sql, "t.due_key <", horizon);
            let (today, now) = (sql.bind(today.to_string()), sql.bind(micros(*now)));
            sql.push(&format!(" AND (t.due_key < {today} OR t.due_at < {now})"));
        }
    }
}

fn push_compare(sql: &mut Sql, left: &str, right: impl Into<Value>) {
    let place = sql.bind(right);
    sql.push(&format!(" AND {left} {place}"));
}

/// The order, and where to go on in it.
fn push_order(sql: &mut Sql, query: &ListQuery) {
    let after = query.after.as_ref();
    match query.sort {
        Sort::Due => {
            if let Some(cursor) = after {
                let (key, number) = key_and_number(sql, cursor);
                sql.push(&format!(" AND (t.due_key, t.number) > ({key}, {number})"));
            }
            sql.push(" ORDER BY t.due_key, t.number");
        }
        Sort::Priority => {
            if let Some(cursor) = after {
                let priority = sql.bind(cursor.priority as i16);
                let (key, number) = key_and_number(sql, cursor);
                sql.push(&format!(
                    " AND (t.priority < {priority} OR (t.priority = {priority} AND (t.due_key, t.number) > ({key}, {number})))"
                ));
            }
            sql.push(" ORDER BY t.priority DESC, t.due_key, t.number");
        }
        Sort::Newest | Sort::Oldest => {
            let (compare, direction) =
                if query.sort == Sort::Newest { ("<", " DESC") } else { (">", "") };
            if let Some(cursor) = after {
                push_compare(sql, &format!("t.number {compare}"), cursor.number.0);
            }
            sql.push(&format!(" ORDER BY t.number{direction}"));
        }
        Sort::Completed => {
            let known = query.filter.status == Status::Completed;
            push_latest(
                sql,
                if known { "t.completed_at" } else { "COALESCE(t.completed_at, 0)" },
                after,
            );
        }
        Sort::Deleted => {
            let known = query.filter.status == Status::Trashed;
            push_latest(
                sql,
                if known { "t.deleted_at" } else { "COALESCE(t.deleted_at, 0)" },
                after,
            );
        }
    }
}

/// The latest instant first; what happened at one instant, the highest number first.
fn push_latest(sql: &mut Sql, instant: &str, after: Option<&Cursor>) {
    if let Some(cursor) = after {
        let at = sql.bind(cursor.key.parse::<i64>().unwrap_or(0));
        let number = sql.bind(cursor.number.0);
        sql.push(&format!(" AND ({instant}, t.number) < ({at}, {number})"));
    }
    sql.push(&format!(" ORDER BY {instant} DESC, t.number DESC"));
}

fn key_and_number(sql: &mut Sql, cursor: &Cursor) -> (String, String) {
    (sql.bind(cursor.key.as_str()), sql.bind(cursor.number.0))
}
