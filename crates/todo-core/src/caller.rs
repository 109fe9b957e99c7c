//! Who asks, and on whose behalf.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{ConversationId, PlanId, UserId};

/// Somebody who was recognised by a token. Every use case takes one; nothing else says who the user is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Whose tasks these are.
    pub user: UserId,
    /// Who acts for that user.
    pub actor: Actor,
    /// The conversation in which the assistant acts.
    pub conversation: Option<ConversationId>,
    /// The plan that a person confirmed, when this call is its execution.
    pub plan: Option<PlanId>,
}

impl Caller {
    /// The user in person.
    pub fn person(user: UserId) -> Self {
        Self { user, actor: Actor::PERSON, conversation: None, plan: None }
    }

    /// The assistant, in one of the user's conversations.
    pub fn assistant(user: UserId, conversation: ConversationId) -> Self {
        let actor = Actor { kind: ActorKind::Assistant, id: None };
        Self { user, actor, conversation: Some(conversation), plan: None }
    }
}

/// What kind of actor wrote a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// The user, through a page, the REST interface or the terminal.
    Person,
    /// The chat assistant.
    Assistant,
    /// A program with one of the user's API keys.
    Key,
    /// An application that the user connected.
    Client,
}

impl ActorKind {
    /// Its name in storage and in every interface.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Assistant => "assistant",
            Self::Key => "key",
            Self::Client => "client",
        }
    }
}

/// Who wrote a change. As text `person`, `assistant`, `key:ID` or `client:ID`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// Which key or client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl Actor {
    /// The user in person.
    pub const PERSON: Self = Self { kind: ActorKind::Person, id: None };
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.as_str())?;
        match &self.id {
            Some(id) => write!(f, ":{id}"),
            None => Ok(()),
        }
    }
}

/// The text names no actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an actor is person, assistant, key:ID or client:ID")]
pub struct NotAnActor;

impl FromStr for Actor {
    type Err = NotAnActor;

    fn from_str(text: &str) -> Result<Self, NotAnActor> {
        let (kind, id) = match text.split_once(':') {
            Some((kind, id)) if !id.is_empty() => (kind, Some(id.to_owned())),
            Some(_) => return Err(NotAnActor),
            None => (text, None),
        };
        let kind = match (kind, &id) {
            ("person", None) => ActorKind::Person,
            ("assistant", None) => ActorKind::Assistant,
            ("key", Some(_)) => ActorKind::Key,
            ("client", Some(_)) => ActorKind::Client,
            _ => return Err(NotAnActor),
        };
        Ok(Self { kind, id })
    }
}
