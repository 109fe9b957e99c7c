//! Rows to domain types and back.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use sea_orm::{QueryResult, TryGetable, Value};
use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, IntoDeserializer, value},
};
use todo_core::{
    StoreError, Task,
    repeat::Repeat,
    task::{Due, Priority},
};

use crate::error::store_error;

/// The cells of one row, from left to right. Reading by position is what makes long lists quick.
pub(crate) struct Cells<'r> {
    row: &'r QueryResult,
    at: usize,
}

impl<'r> Cells<'r> {
    /// From the first cell on.
    pub(crate) fn of(row: &'r QueryResult) -> Self {
        Self { row, at: 0 }
    }

    /// The next cell.
    pub(crate) fn next<T: TryGetable>(&mut self) -> Result<T, StoreError> {
        let cell = self.row.try_get_by_index(self.at).map_err(store_error);
        self.at += 1;
        cell
    }

    /// An instant.
    pub(crate) fn instant(&mut self) -> Result<Timestamp, StoreError> {
        from_micros(self.next()?)
    }

    /// An instant, or nothing.
    pub(crate) fn maybe_instant(&mut self) -> Result<Option<Timestamp>, StoreError> {
        self.next::<Option<i64>>()?.map(from_micros).transpose()
    }

    /// Something that was written by [`json`].
    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        parsed(&self.next::<String>()?)
    }

    /// A list that was written by [`json`]. Most lists are empty, and those cost nothing.
    pub(crate) fn json_list<T: DeserializeOwned>(&mut self) -> Result<Vec<T>, StoreError> {
        let text = self.next::<String>()?;
        if text == "[]" { Ok(Vec::new()) } else { parsed(&text) }
    }

    /// One of the names of an enumeration.
    pub(crate) fn name<T: for<'de> Deserialize<'de>>(&mut self) -> Result<T, StoreError> {
        named(&self.next::<String>()?)
    }
}

/// Reads JSON text of ours.
pub(crate) fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(StoreError::broken)
}

/// The value of an enumeration with this name.
pub(crate) fn named<T: for<'de> Deserialize<'de>>(name: &str) -> Result<T, StoreError> {
    T::deserialize(IntoDeserializer::<value::Error>::into_deserializer(name))
        .map_err(StoreError::broken)
}

/// Something as JSON text.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("what we store has only text keys")
}

/// An instant as it is stored.
pub(crate) fn micros(at: Timestamp) -> Value {
    at.as_microsecond().into()
}

/// An instant as it is stored, or NULL.
pub(crate) fn maybe_micros(at: Option<Timestamp>) -> Value {
    at.map(Timestamp::as_microsecond).into()
}

fn from_micros(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(StoreError::broken)
}

/// The columns that [`task`] reads, of the table `t`.
pub(crate) const TASK: &str = "t.number, t.title, t.description, t.priority, t.tags, t.due_date, t.due_time, t.timezone, \
                               t.repeat, t.reminders, t.completed_at, t.deleted_at, t.version, t.last_change, \
                               t.created_at, t.updated_at";

/// A task from the columns of [`TASK`].
pub(crate) fn task(row: &QueryResult) -> Result<Task, StoreError> {
    let mut cells = Cells::of(row);
    Ok(Task {
        number: todo_core::TaskNumber(cells.next()?),
        title: named(&cells.next::<String>()?)?,
        description: cells.next::<Option<String>>()?.as_deref().map(named).transpose()?,
        priority: priority(cells.next()?)?,
        tags: cells.json_list()?,
        due: due(cells.next()?, cells.next()?, cells.next()?)?,
        repeat: cells
            .next::<Option<String>>()?
            .as_deref()
            .map(Repeat::parse)
            .transpose()
            .map_err(StoreError::broken)?,
        reminders: cells.json_list()?,
        completed_at: cells.maybe_instant()?,
        deleted_at: cells.maybe_instant()?,
        version: cells.next()?,
        last_change: todo_core::ChangeSeq(cells.next()?),
        created_at: cells.instant()?,
        updated_at: cells.instant()?,
    })
}

/// A priority from the number that it is stored as.
fn priority(rank: i16) -> Result<Priority, StoreError> {
    let known = usize::try_from(rank).ok().and_then(|rank| Priority::ALL.get(rank).copied());
    known.ok_or_else(|| StoreError::broken(format!("{rank} is no priority")))
}

fn due(
    date: Option<String>,
    time: Option<String>,
    zone: Option<String>,
) -> Result<Option<Due>, StoreError> {
    let Some(date) = date else { return Ok(None) };
    let date: Date = date.parse().map_err(StoreError::broken)?;
    let time = match (time, zone) {
        (Some(time), Some(zone)) => Some((time.parse::<Time>().map_err(StoreError::broken)?, zone)),
        _ => None,
    };
    Ok(Some(Due { date, time }))
}
