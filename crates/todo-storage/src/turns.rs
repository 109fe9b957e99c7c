//! Turns: a message and its answer, which exactly one call works on at a time.

use jiff::Timestamp;
use sea_orm::DatabaseTransaction;
use todo_core::{
    ConversationId, StoreError, UserId,
    chats::{Message, Outcome, Role, TURN_LEASE, TurnStart},
};

use crate::{
    Database,
    chats::{MESSAGE, message},
    error::store_error,
    rows::{Cells, json, micros},
    sql::Sql,
};

/// Which message is meant.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) user: UserId,
    pub(crate) conversation: ConversationId,
    /// The client's own name for the message.
    pub(crate) message_id: &'a str,
}

/// A message that was stored before.
struct Known {
    conversation: ConversationId,
    seq: i64,
    started_at: Timestamp,
    answer_seq: Option<i64>,
}

/// Stores a message, or finds it stored, and decides whether this call answers it.
pub(crate) async fn begin(
    db: &Database,
    place: Place<'_>,
    text: &str,
    now: Timestamp,
) -> Result<TurnStart, StoreError> {
    let tx = db.begin().await?;
    let start = match known(&tx, place).await? {
        Some(known) => resume(&tx, place, &known, now).await?,
        None => match next_seq(&tx, place, now).await? {
            None => TurnStart::NoSuchConversation,
            Some(seq) if insert_question(&tx, place, seq, text, now).await? => {
                TurnStart::Mine { conversation: place.conversation, seq }
            }
            // The same message was stored in another conversation between the two statements.
            Some(_) => {
                tx.rollback().await.map_err(store_error)?;
                return Ok(TurnStart::Running);
            }
        },
    };
    tx.commit().await.map_err(store_error)?;
    Ok(start)
}

/// Stores the answer behind everything that was said meanwhile. A message that was answered already keeps its first
/// answer. If the conversation was deleted meanwhile, the answer is handed back and kept nowhere; its place is 0.
pub(crate) async fn finish(
    db: &Database,
    place: Place<'_>,
    text: &str,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<Message, StoreError> {
    let mut answer = Message {
        seq: 0,
        role: Role::Assistant,
        text: text.to_owned(),
        at: cut(now),
        outcome: outcome.clone(),
    };
    let tx = db.begin().await?;
    let Some(seq) = next_seq(&tx, place, now).await? else { return Ok(answer) };
    let question =
        known(&tx, place).await?.ok_or_else(|| StoreError::broken("an answer to nothing"))?;
    if let Some(first) = question.answer_seq {
        return answer_at(&tx, place.user, question.conversation, first).await;
    }
    answer.seq = seq;
    insert_message(place, &answer, None).run(&tx).await.map_err(store_error)?;
    let answered = Sql::new(
        "UPDATE messages SET answer_seq = $4 WHERE user_id = $1 AND conversation_id = $2 AND seq = $3",
        [place.user.0.into(), question.conversation.0.into(), question.seq.into(), seq.into()],
    );
    answered.run(&tx).await.map_err(store_error)?;
    tx.commit().await.map_err(store_error)?;
    Ok(answer)
}

/// The message of this name, if it was stored before.
async fn known(tx: &DatabaseTransaction, place: Place<'_>) -> Result<Option<Known>, StoreError> {
    let sql = Sql::new(
        "SELECT conversation_id, seq, started_at, answer_seq FROM messages
         WHERE user_id = $1 AND message_id = $2 AND role = 'user'",
        [place.user.0.into(), place.message_id.into()],
    );
    let Some(row) = sql.one(tx).await.map_err(store_error)? else { return Ok(None) };
    let mut cells = Cells::of(&row);
    Ok(Some(Known {
        conversation: ConversationId(cells.next()?),
        seq: cells.next()?,
        started_at: cells.instant()?,
        answer_seq: cells.next()?,
    }))
}

/// What becomes of a message that was said before: it is answered, or somebody works on it, or its worker was lost.
async fn resume(
    tx: &DatabaseTransaction,
    place: Place<'_>,
    known: &Known,
    now: Timestamp,
) -> Result<TurnStart, StoreError> {
    if let Some(seq) = known.answer_seq {
        let answer = Box::new(answer_at(tx, place.user, known.conversation, seq).await?);
        return Ok(TurnStart::Answered { conversation: known.conversation, answer });
    }
    if now.duration_since(known.started_at) < TURN_LEASE {
        return Ok(TurnStart::Running);
    }
    let take_over = Sql::new(
        "UPDATE messages SET started_at = $4
         WHERE user_id = $1 AND conversation_id = $2 AND seq = $3 AND started_at = $5 AND answer_seq IS NULL",
        [
            place.user.0.into(),
            known.conversation.0.into(),
            known.seq.into(),
            micros(now),
            micros(known.started_at),
        ],
    );
    let mine = take_over.run(tx).await.map_err(store_error)? == 1;
    let (conversation, seq) = (known.conversation, known.seq);
    Ok(if mine { TurnStart::Mine { conversation, seq } } else { TurnStart::Running })
}

/// Takes the next place of the conversation and locks it; `None` when there is no such conversation.
async fn next_seq(
    tx: &DatabaseTransaction,
    place: Place<'_>,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let sql = Sql::new(
        "UPDATE conversations SET last_seq = last_seq + 1, updated_at = $3 WHERE user_id = $1 AND id = $2
         RETURNING last_seq",
        [place.user.0.into(), place.conversation.0.into(), micros(now)],
    );
    let row = sql.one(tx).await.map_err(store_error)?;
    row.map(|row| Cells::of(&row).next()).transpose()
}

/// Stores what the user said; `false` when a message of that name exists.
async fn insert_question(
    tx: &DatabaseTransaction,
    place: Place<'_>,
    seq: i64,
    text: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let question = Message {
        seq,
        role: Role::User,
        text: text.to_owned(),
        at: cut(now),
        outcome: Outcome::default(),
    };
    let mut sql = insert_message(place, &question, Some(now));
    sql.push(" ON CONFLICT (user_id, message_id) WHERE role = 'user' DO NOTHING");
    Ok(sql.run(tx).await.map_err(store_error)? == 1)
}

fn insert_message(place: Place<'_>, message: &Message, started_at: Option<Timestamp>) -> Sql {
    let role = match message.role {
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    Sql::new(
        "INSERT INTO messages (user_id, conversation_id, seq, role, message_id, text, folded, outcome, at, started_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [
            place.user.0.into(),
            place.conversation.0.into(),
            message.seq.into(),
            role.into(),
            place.message_id.into(),
            message.text.as_str().into(),
            message.text.to_lowercase().into(),
            json(&message.outcome).into(),
            micros(message.at),
            crate::rows::maybe_micros(started_at),
        ],
    )
}

async fn answer_at(
    tx: &DatabaseTransaction,
    user: UserId,
    conversation: ConversationId,
    seq: i64,
) -> Result<Message, StoreError> {
    let sql = Sql::new(
        format!("{MESSAGE} AND m.seq = $3"),
        [user.0.into(), conversation.0.into(), seq.into()],
    );
    let row = sql.one(tx).await.map_err(store_error)?;
    message(&row.ok_or_else(|| StoreError::broken("an answer is not where it should be"))?)
}

/// What every database keeps of an instant.
fn cut(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}
