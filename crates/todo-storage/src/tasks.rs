//! Tasks, as `todo-core` reads and writes them.

use async_trait::async_trait;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, QueryResult};
use todo_core::{
    ChangeSeq, StoreError, Task, TaskNumber, UserId,
    settings::Settings,
    tasks::{
        Begun, Change, ChangeQuery, Filter, ListQuery, Owner, Page, RetryKey, TagCount, TaskStore,
    },
};

use crate::{
    Database, changes,
    error::store_error,
    lists,
    rows::{self, Cells, TASK, json},
    sql::Sql,
    tags, transaction,
};

/// No statement names more rows than this one by one.
const MOST_NAMED: usize = 1024;

#[async_trait]
impl TaskStore for Database {
    async fn owner(&self, user: UserId) -> Result<Option<Owner>, StoreError> {
        let row = self.one(&select_owner(user, "")).await?;
        row.map(|row| owner(user, &row)).transpose()
    }

    async fn save_settings(&self, user: UserId, settings: &Settings) -> Result<(), StoreError> {
        let sql = Sql::new(
            "UPDATE owners SET settings = $2 WHERE user_id = $1",
            [user.0.into(), json(settings).into()],
        );
        self.run(&sql).await?;
        Ok(())
    }

    async fn begin(
        &self,
        user: UserId,
        retry: Option<&RetryKey>,
        now: Timestamp,
    ) -> Result<Begun, StoreError> {
        transaction::begin(self, user, retry, now).await
    }

    async fn task(&self, user: UserId, number: TaskNumber) -> Result<Option<Task>, StoreError> {
        let row = self.one(&select_tasks(user, &[number])).await?;
        row.as_ref().map(rows::task).transpose()
    }

    async fn tasks(&self, user: UserId, numbers: &[TaskNumber]) -> Result<Vec<Task>, StoreError> {
        let mut tasks = Vec::with_capacity(numbers.len());
        for numbers in numbers.chunks(MOST_NAMED) {
            for row in self.all(&select_tasks(user, numbers)).await? {
                tasks.push(rows::task(&row)?);
            }
        }
        Ok(tasks)
    }

    async fn list(&self, user: UserId, query: &ListQuery) -> Result<Page, StoreError> {
        lists::page(self, user, query).await
    }

    async fn count(&self, user: UserId, filter: &Filter, at_most: i64) -> Result<i64, StoreError> {
        lists::count(self, user, filter, at_most).await
    }

    async fn tags(&self, user: UserId) -> Result<Vec<TagCount>, StoreError> {
        tags::counts(self, user).await
    }

    async fn changes(&self, user: UserId, query: &ChangeQuery) -> Result<Vec<Change>, StoreError> {
        changes::list(self, user, query).await
    }

    async fn completions(
        &self,
        user: UserId,
        since: Timestamp,
    ) -> Result<Vec<Timestamp>, StoreError> {
        changes::completions(self, user, since).await
    }
}

/// The owner's row; `lock` is what [`Database::for_update`] says inside a transaction that writes, else empty.
pub(crate) fn select_owner(user: UserId, lock: &str) -> Sql {
    let text =
        "SELECT next_number, seq, open, done, trashed, settings FROM owners WHERE user_id = $1";
    Sql::new(format!("{text}{lock}"), [user.0.into()])
}

/// An owner from the columns of [`select_owner`].
pub(crate) fn owner(user: UserId, row: &QueryResult) -> Result<Owner, StoreError> {
    let mut cells = Cells::of(row);
    Ok(Owner {
        user,
        next_number: TaskNumber(cells.next()?),
        seq: ChangeSeq(cells.next()?),
        open: cells.next()?,
        done: cells.next()?,
        trashed: cells.next()?,
        settings: cells.json()?,
    })
}

/// These tasks, inside a transaction.
pub(crate) async fn within(
    tx: &impl ConnectionTrait,
    user: UserId,
    numbers: &[TaskNumber],
) -> Result<Vec<Task>, StoreError> {
    let mut tasks = Vec::with_capacity(numbers.len());
    for numbers in numbers.chunks(MOST_NAMED) {
        for row in select_tasks(user, numbers).all(tx).await.map_err(store_error)? {
            tasks.push(rows::task(&row)?);
        }
    }
    Ok(tasks)
}

/// Those of these tasks that exist. `numbers` must not be empty.
fn select_tasks(user: UserId, numbers: &[TaskNumber]) -> Sql {
    let mut sql = Sql::new(
        format!("SELECT {TASK} FROM tasks t WHERE t.user_id = $1 AND t.number IN "),
        [user.0.into()],
    );
    sql.push_list(&numbers.iter().map(|number| number.0).collect::<Vec<_>>());
    sql
}
