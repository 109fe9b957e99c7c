//! Which tasks have a tag, and how many of them are open.

use std::collections::BTreeMap;

use todo_core::{
    StoreError, Task, UserId,
    task::Tag,
    tasks::{RowChange, TagCount},
};

use crate::{
    Database,
    batch::Batch,
    rows::{Cells, named},
    sql::Sql,
};

/// Every tag, the most used first.
pub(crate) async fn counts(db: &Database, user: UserId) -> Result<Vec<TagCount>, StoreError> {
    let text = "SELECT tag, open_count FROM tags WHERE user_id = $1 ORDER BY open_count DESC, tag";
    let rows = db.all(&Sql::new(text, [user.0.into()])).await?;
    let count = |row| {
        let mut cells = Cells::of(row);
        Ok(TagCount { tag: named(&cells.next::<String>()?)?, open: cells.next()? })
    };
    rows.iter().map(count).collect()
}

/// Writes what these rows change about tags.
pub(crate) fn push(batch: &mut Batch, user: UserId, rows: &[RowChange]) {
    let mut added = Vec::new();
    let mut removed = Vec::new();
    let mut counts: BTreeMap<&Tag, i64> = BTreeMap::new();
    for row in rows {
        let (before, after) = (tags(row.before.as_ref()), tags(row.after.as_ref()));
        let number = row.number().0;
        for tag in after.iter().filter(|tag| !before.contains(tag)) {
            added.push([user.0.into(), tag.as_str().into(), number.into()]);
            // It is in use from now on, even if no open task has it.
            counts.entry(tag).or_default();
        }
        for tag in before.iter().filter(|tag| !after.contains(tag)) {
            removed.push([user.0.into(), tag.as_str().into(), number.into()]);
        }
        for (image, by) in [(&row.before, -1), (&row.after, 1)] {
            let open = image.as_ref().filter(|task| !task.is_completed() && !task.is_deleted());
            tags(open).iter().for_each(|tag| *counts.entry(tag).or_default() += by);
        }
    }
    let known_as_before = |tag: &Tag, by: i64| by == 0 && !added_anew(rows, tag);
    counts.retain(|tag, by| !known_as_before(tag, *by));

    let place = |_, place| place;
    batch.push_rows("INSERT INTO task_tags (user_id, tag, number)", added.into_iter(), place, "");
    batch.push_rows(
        "DELETE FROM task_tags WHERE (user_id, tag, number) IN (",
        removed.into_iter(),
        place,
        ")",
    );
    batch.push_rows(
        "INSERT INTO tags (user_id, tag, open_count)",
        counts.into_iter().map(|(tag, by)| [user.0.into(), tag.as_str().into(), by.into()]),
        place,
        " ON CONFLICT (user_id, tag) DO UPDATE SET open_count = tags.open_count + excluded.open_count",
    );
}

fn tags(task: Option<&Task>) -> &[Tag] {
    task.map_or(&[], |task| &task.tags)
}

fn added_anew(rows: &[RowChange], tag: &Tag) -> bool {
    rows.iter().any(|row| {
        tags(row.after.as_ref()).contains(tag) && !tags(row.before.as_ref()).contains(tag)
    })
}
