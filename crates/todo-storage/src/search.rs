//! Full text. Core splits words; here they are scoped by their owner, so that a word that everybody uses costs nothing.

use std::collections::BTreeSet;

use sea_orm::DbBackend;
use todo_core::{Task, UserId, task::Tag, words::words};

use crate::sql::Sql;

/// The words of a task as both databases index them: `77/buy 77/milk`, each once.
pub(crate) fn indexed(user: UserId, task: &Task) -> String {
    let description = task.description.as_ref().map_or("", |text| text.as_str());
    let texts =
        [task.title.as_str(), description].into_iter().chain(task.tags.iter().map(Tag::as_str));
    let found: BTreeSet<String> = texts.flat_map(words).map(|word| scoped(user, &word)).collect();
    found.into_iter().collect::<Vec<_>>().join(" ")
}

/// Adds the condition that the task `t` has, for each word, one that begins with it.
pub(crate) fn condition(sql: &mut Sql, backend: DbBackend, user: UserId, words: &[String]) {
    let words = words.iter().map(|word| scoped(user, word));
    match backend {
        DbBackend::Postgres => {
            let quoted =
                words.map(|word| format!("'{}':*", word.replace('\\', "\\\\").replace('\'', "''")));
            let place = sql.bind(quoted.collect::<Vec<_>>().join(" & "));
            sql.push(&format!(" AND t.search @@ {place}::tsquery"));
        }
        _ => {
            let quoted = words.map(|word| format!("\"{}\"*", word.replace('"', "\"\"")));
            let place = sql.bind(quoted.collect::<Vec<_>>().join(" AND "));
            sql.push(&format!(
                " AND t.id IN (SELECT rowid FROM task_words WHERE task_words MATCH {place})"
            ));
        }
    }
}

fn scoped(user: UserId, word: &str) -> String {
    format!("{}/{word}", user.0)
}
