//! Conversations in memory.

use std::sync::Mutex;

use async_trait::async_trait;
use jiff::Timestamp;
use todo_core::{
    ConversationId, StoreError, UserId,
    chats::{ChatStore, Conversation, Message, Outcome, Role, TURN_LEASE, TurnStart},
};

#[derive(Default)]
pub(super) struct FakeChats(Mutex<Rows>);

#[derive(Default)]
struct Rows {
    conversations: Vec<Conversation>,
    messages: Vec<(ConversationId, Message)>,
    turns: Vec<Turn>,
}

struct Turn {
    id: String,
    conversation: ConversationId,
    began: Timestamp,
    seq: i64,
    answer: Option<Message>,
}

impl FakeChats {
    pub(super) fn titles(&self) -> Vec<String> {
        self.0
            .lock()
            .unwrap()
            .conversations
            .iter()
            .map(|conversation| conversation.title.clone())
            .collect()
    }

    pub(super) fn last(&self) -> Message {
        self.0.lock().unwrap().messages.last().unwrap().1.clone()
    }
}

#[async_trait]
impl ChatStore for FakeChats {
    async fn create(
        &self,
        _: UserId,
        title: &str,
        now: Timestamp,
    ) -> Result<Conversation, StoreError> {
        let mut rows = self.0.lock().unwrap();
        let id = ConversationId(rows.conversations.len() as i64 + 1);
        let conversation =
            Conversation { id, title: title.to_owned(), created_at: now, updated_at: now };
        rows.conversations.push(conversation.clone());
        Ok(conversation)
    }

    async fn conversation(
        &self,
        _: UserId,
        id: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        Ok(self
            .0
            .lock()
            .unwrap()
            .conversations
            .iter()
            .find(|conversation| conversation.id == id)
            .cloned())
    }

    async fn conversations(
        &self,
        _: UserId,
        _: Option<&str>,
        _: Option<Timestamp>,
        _: u64,
    ) -> Result<Vec<Conversation>, StoreError> {
        Ok(self.0.lock().unwrap().conversations.clone())
    }

    async fn rename(&self, _: UserId, _: ConversationId, _: &str) -> Result<bool, StoreError> {
        Ok(false)
    }

    async fn delete(&self, _: UserId, id: ConversationId) -> Result<bool, StoreError> {
        self.0.lock().unwrap().conversations.retain(|conversation| conversation.id != id);
        Ok(true)
    }

    async fn messages(
        &self,
        _: UserId,
        id: ConversationId,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<Message>, StoreError> {
        let rows = self.0.lock().unwrap();
        let all: Vec<Message> = rows
            .messages
            .iter()
            .filter(|(conversation, message)| {
                *conversation == id && before.is_none_or(|before| message.seq < before)
            })
            .map(|(_, message)| message.clone())
            .collect();
        Ok(all[all.len().saturating_sub(limit as usize)..].to_vec())
    }

    async fn begin_turn(
        &self,
        _: UserId,
        id: ConversationId,
        message_id: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<TurnStart, StoreError> {
        let mut rows = self.0.lock().unwrap();
        if !rows.conversations.iter().any(|conversation| conversation.id == id) {
            return Ok(TurnStart::NoSuchConversation);
        }
        if let Some(turn) = rows.turns.iter_mut().find(|turn| turn.id == message_id) {
            if let Some(answer) = &turn.answer {
                return Ok(TurnStart::Answered {
                    conversation: turn.conversation,
                    answer: Box::new(answer.clone()),
                });
            }
            if turn.began.checked_add(TURN_LEASE).unwrap() > now {
                return Ok(TurnStart::Running);
            }
            turn.began = now;
            return Ok(TurnStart::Mine { conversation: turn.conversation, seq: turn.seq });
        }
        let seq = rows.messages.len() as i64 + 1;
        let message = Message {
            seq,
            role: Role::User,
            text: text.to_owned(),
            at: now,
            outcome: Outcome::default(),
        };
        rows.messages.push((id, message));
        rows.turns.push(Turn {
            id: message_id.to_owned(),
            conversation: id,
            began: now,
            seq,
            answer: None,
        });
        Ok(TurnStart::Mine { conversation: id, seq })
    }

    async fn finish_turn(
        &self,
        _: UserId,
        id: ConversationId,
        message_id: &str,
        text: &str,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<Message, StoreError> {
        let mut rows = self.0.lock().unwrap();
        let seq = rows.messages.len() as i64 + 1;
        let answer = Message {
            seq,
            role: Role::Assistant,
            text: text.to_owned(),
            at: now,
            outcome: outcome.clone(),
        };
        rows.messages.push((id, answer.clone()));
        let turn = rows.turns.iter_mut().find(|turn| turn.id == message_id);
        turn.unwrap().answer = Some(answer.clone());
        Ok(answer)
    }
}
