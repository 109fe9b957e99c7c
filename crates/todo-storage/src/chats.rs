//! Conversations and what was said in them.

use async_trait::async_trait;
use jiff::Timestamp;
use sea_orm::QueryResult;
use todo_core::{
    ConversationId, StoreError, UserId,
    chats::{ChatStore, Conversation, Message, Outcome, TurnStart},
};

use crate::{
    Database,
    error::store_error,
    rows::{Cells, micros},
    sql::Sql,
    turns,
};

const CONVERSATION: &str =
    "SELECT c.id, c.title, c.created_at, c.updated_at FROM conversations c WHERE c.user_id = $1";

#[async_trait]
impl ChatStore for Database {
    async fn create(
        &self,
        user: UserId,
        title: &str,
        now: Timestamp,
    ) -> Result<Conversation, StoreError> {
        let tx = self.begin().await?;
        let next = "UPDATE owners SET next_conversation = next_conversation + 1 WHERE user_id = $1
                    RETURNING next_conversation - 1";
        let row = Sql::new(next, [user.0.into()]).one(&tx).await.map_err(store_error)?;
        let row = row.ok_or_else(|| StoreError::broken(format!("user {user} has no row")))?;
        let id = ConversationId(Cells::of(&row).next()?);
        let insert = Sql::new(
            "INSERT INTO conversations (user_id, id, title, folded, created_at, updated_at, last_seq)
             VALUES ($1, $2, $3, $4, $5, $5, 0)",
            [user.0.into(), id.0.into(), title.into(), title.to_lowercase().into(), micros(now)],
        );
        insert.run(&tx).await.map_err(store_error)?;
        tx.commit().await.map_err(store_error)?;
        Ok(Conversation { id, title: title.to_owned(), created_at: now, updated_at: now })
    }

    async fn conversation(
        &self,
        user: UserId,
        id: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        let sql = Sql::new(format!("{CONVERSATION} AND c.id = $2"), [user.0.into(), id.0.into()]);
        self.one(&sql).await?.as_ref().map(conversation).transpose()
    }

    async fn conversations(
        &self,
        user: UserId,
        search: Option<&str>,
        before: Option<Timestamp>,
        limit: u64,
    ) -> Result<Vec<Conversation>, StoreError> {
        let mut sql = Sql::new(CONVERSATION, [user.0.into()]);
        if let Some(before) = before {
            let before = sql.bind(micros(before));
            sql.push(&format!(" AND c.updated_at < {before}"));
        }
        if let Some(search) = search {
            let pattern = sql.bind(containing(search));
            sql.push(&format!(
                " AND (c.folded LIKE {pattern} ESCAPE '!' OR EXISTS (
                    SELECT 1 FROM messages m
                    WHERE m.user_id = $1 AND m.conversation_id = c.id AND m.folded LIKE {pattern} ESCAPE '!'))"
            ));
        }
        let limit = sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
        sql.push(&format!(" ORDER BY c.updated_at DESC, c.id DESC LIMIT {limit}"));
        self.all(&sql).await?.iter().map(conversation).collect()
    }

    async fn rename(
        &self,
        user: UserId,
        id: ConversationId,
        title: &str,
    ) -> Result<bool, StoreError> {
        let sql = Sql::new(
            "UPDATE conversations SET title = $3, folded = $4 WHERE user_id = $1 AND id = $2",
            [user.0.into(), id.0.into(), title.into(), title.to_lowercase().into()],
        );
        Ok(self.run(&sql).await? == 1)
    }

    async fn delete(&self, user: UserId, id: ConversationId) -> Result<bool, StoreError> {
        // The conversation first: a turn that holds it ends before, and none begins after.
        let tx = self.begin().await?;
        let mut gone = false;
        for (table, column) in [("conversations", "id"), ("messages", "conversation_id")] {
            let text = format!("DELETE FROM {table} WHERE user_id = $1 AND {column} = $2");
            gone |=
                Sql::new(text, [user.0.into(), id.0.into()]).run(&tx).await.map_err(store_error)?
                    > 0;
        }
        tx.commit().await.map_err(store_error)?;
        Ok(gone)
    }

    async fn messages(
        &self,
        user: UserId,
        id: ConversationId,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<Message>, StoreError> {
        let sql = Sql::new(
            format!("{MESSAGE} AND m.seq < $3 ORDER BY m.seq DESC LIMIT $4"),
            [
                user.0.into(),
                id.0.into(),
                before.unwrap_or(i64::MAX).into(),
                i64::try_from(limit).unwrap_or(i64::MAX).into(),
            ],
        );
        self.all(&sql).await?.iter().rev().map(message).collect()
    }

    async fn begin_turn(
        &self,
        user: UserId,
        id: ConversationId,
        message_id: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<TurnStart, StoreError> {
        turns::begin(self, turns::Place { user, conversation: id, message_id }, text, now).await
    }

    async fn finish_turn(
        &self,
        user: UserId,
        id: ConversationId,
        message_id: &str,
        text: &str,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<Message, StoreError> {
        turns::finish(self, turns::Place { user, conversation: id, message_id }, text, outcome, now)
            .await
    }
}

/// The messages of one conversation, to be restricted further; `$1` is the user and `$2` the conversation.
pub(crate) const MESSAGE: &str = "SELECT m.seq, m.role, m.text, m.at, m.outcome FROM messages m
                                  WHERE m.user_id = $1 AND m.conversation_id = $2";

/// A message from the columns of [`MESSAGE`].
pub(crate) fn message(row: &QueryResult) -> Result<Message, StoreError> {
    let mut cells = Cells::of(row);
    Ok(Message {
        seq: cells.next()?,
        role: cells.name()?,
        text: cells.next()?,
        at: cells.instant()?,
        outcome: cells.json()?,
    })
}

fn conversation(row: &QueryResult) -> Result<Conversation, StoreError> {
    let mut cells = Cells::of(row);
    Ok(Conversation {
        id: ConversationId(cells.next()?),
        title: cells.next()?,
        created_at: cells.instant()?,
        updated_at: cells.instant()?,
    })
}

/// The pattern of text that contains `search`, taken literally, in lower case. Its escape character is `!`.
fn containing(search: &str) -> String {
    let mut pattern = "%".to_owned();
    for c in search.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
