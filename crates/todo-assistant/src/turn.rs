//! One turn: store what was said, think, act, store what came of it.

mod answer;
mod consent;
mod events;
mod plan;
mod run;
mod wording;

use std::{sync::Arc, time::Duration};

use todo_api::chat::{ChatEventBody, ChatReplyBody};
use todo_core::{
    Caller, Clock, ConversationId, StoreError,
    chats::{ChatStore, LONGEST_MESSAGE, Message, Role, TurnStart},
    plans::PlanStore,
    settings::Settings,
};
use tokio::sync::mpsc;

pub(crate) use consent::Consent;
pub(crate) use events::Events;

use crate::{builtin::Builtin, thinker::Thinker, tools::ToolSource};

/// How many events may wait for a slow reader before the turn waits for them.
const EVENTS_AHEAD: usize = 64;

/// How often a call looks whether another one has answered the same message.
const POLL: Duration = Duration::from_millis(200);

/// How long it looks.
const POLL_FOR: Duration = Duration::from_secs(30);

/// The longest name that a client may give to a message.
const LONGEST_MESSAGE_ID: usize = 100;

/// The longest title of a conversation that nobody named, in characters.
const TITLE: usize = 60;

/// Answers messages. Cheap to clone.
#[derive(Clone)]
pub struct Assistant {
    chats: Arc<dyn ChatStore>,
    plans: Arc<dyn PlanStore>,
    clock: Arc<dyn Clock>,
    tools: Arc<dyn ToolSource>,
    thinker: Arc<dyn Thinker>,
    builtin: Arc<dyn Thinker>,
}

/// Something that a user says.
#[derive(Debug, Clone)]
pub struct Said {
    /// In which conversation; a new one begins when there is none.
    pub conversation: Option<ConversationId>,
    /// The client's own name for the message, 1 to 100 visible ASCII characters: sent again, it gets the first answer.
    pub message_id: String,
    /// What is said.
    pub text: String,
    /// The earlier message of the user, by its place in the conversation, that this one is said instead of.
    pub replaces: Option<i64>,
    /// Whether the built-in assistant is to think, whoever is configured.
    pub builtin: bool,
    /// Zone, week and language of the user.
    pub settings: Settings,
}

/// What was said was not taken. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum SayError {
    /// Nothing but white space, or too much.
    #[error("a message has 1 to {max} characters, this one has {length}", max = LONGEST_MESSAGE)]
    BadLength {
        /// How many characters it has.
        length: usize,
    },
    /// NUL is no text.
    #[error("a message cannot contain the NUL character")]
    Nul,
    /// The client's name for the message cannot be used.
    #[error("a message id has 1 to {LONGEST_MESSAGE_ID} visible ASCII characters")]
    BadMessageId,
    /// The caller has no such conversation.
    #[error("conversation {0} does not exist")]
    NoSuchConversation(ConversationId),
    /// The user has said no such thing in the conversation.
    #[error("message {0} is none of yours in this conversation")]
    NoSuchMessage(i64),
    /// The same message is being answered elsewhere, and that takes too long.
    #[error("this message is still being answered, ask again in a moment")]
    StillRunning,
    /// The answer could not be stored, or the turn broke off.
    #[error("the answer was lost")]
    Lost,
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A turn that is on its way. It runs in a task of its own; dropping this stops it.
#[derive(Debug)]
pub struct Conversing {
    /// The conversation.
    pub conversation: ConversationId,
    /// The name of the message.
    pub message_id: String,
    /// What happens, in order; the last one is `Done` or `Error`.
    pub events: mpsc::Receiver<ChatEventBody>,
}

impl Conversing {
    /// Waits for the end of the turn.
    ///
    /// # Errors
    /// [`SayError::Lost`] when the turn ended without an answer that is stored.
    pub async fn reply(mut self) -> Result<ChatReplyBody, SayError> {
        while let Some(event) = self.events.recv().await {
            match event {
                ChatEventBody::Done(reply) => return Ok(*reply),
                ChatEventBody::Error { .. } => return Err(SayError::Lost),
                _ => {}
            }
        }
        Err(SayError::Lost)
    }
}

impl Assistant {
    /// An assistant that is only built in.
    pub fn new(
        chats: Arc<dyn ChatStore>,
        plans: Arc<dyn PlanStore>,
        clock: Arc<dyn Clock>,
        tools: Arc<dyn ToolSource>,
    ) -> Self {
        let builtin: Arc<dyn Thinker> = Arc::new(Builtin);
        Self { chats, plans, clock, tools, thinker: builtin.clone(), builtin }
    }

    /// The same with another thinker, as long as nobody asks for the built-in one.
    #[must_use]
    pub fn thinking_with(self, thinker: Arc<dyn Thinker>) -> Self {
        Self { thinker, ..self }
    }

    /// Who thinks, unless somebody asks for the built-in assistant: `builtin`, or provider and model.
    pub fn name(&self) -> &str {
        self.thinker.name()
    }

    /// Takes a message, and answers it in a task of its own.
    ///
    /// # Errors
    /// The message is not one, the conversation does not exist, or the database failed. Then nothing runs.
    pub async fn say(&self, caller: &Caller, said: Said) -> Result<Conversing, SayError> {
        let text = check(&said)?.to_owned();
        self.check_replaced(caller, &said).await?;
        let begun = self.begin(caller, &said, &text).await?;
        let (sender, events) = mpsc::channel(EVENTS_AHEAD);
        let events_out = Events::new(sender);
        let message_id = said.message_id.clone();
        let conversation = match begun {
            Begun::Mine { conversation, seq } => {
                let run = run::Run {
                    assistant: self.clone(),
                    caller: Caller::assistant(caller.user, conversation),
                    conversation,
                    seq,
                    text,
                    said,
                };
                tokio::spawn(run.go(events_out));
                conversation
            }
            Begun::Before { conversation, answer } => {
                let assistant = self.clone();
                let (user, id) = (caller.user, message_id.clone());
                tokio::spawn(async move {
                    assistant.repeat(user, conversation, &id, &answer, &events_out).await;
                });
                conversation
            }
        };
        Ok(Conversing { conversation, message_id, events })
    }

    /// What is said again was said before, by the user, in this conversation.
    async fn check_replaced(&self, caller: &Caller, said: &Said) -> Result<(), SayError> {
        let Some(seq) = said.replaces else { return Ok(()) };
        let missing = SayError::NoSuchMessage(seq);
        let (Some(conversation), Some(next)) = (said.conversation, seq.checked_add(1)) else {
            return Err(missing);
        };
        let found = self.chats.messages(caller.user, conversation, Some(next), 1).await?;
        let is_theirs = |message: &Message| message.seq == seq && message.role == Role::User;
        if found.last().is_some_and(is_theirs) { Ok(()) } else { Err(missing) }
    }

    /// Stores the message, unless it is answered already or right now; then waits for that answer.
    async fn begin(&self, caller: &Caller, said: &Said, text: &str) -> Result<Begun, SayError> {
        let (conversation, created) = match said.conversation {
            Some(id) => (id, None),
            None => {
                let created =
                    self.chats.create(caller.user, &title(text), self.clock.now()).await?;
                (created.id, Some(created.id))
            }
        };
        let begun = self.begin_in(caller, conversation, said, text).await;
        // A message that was said before stays in the conversation where it was said first.
        let used = begun.as_ref().ok().map(Begun::conversation);
        if let Some(created) = created.filter(|created| used != Some(*created)) {
            self.chats.delete(caller.user, created).await?;
        }
        begun
    }

    async fn begin_in(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        said: &Said,
        text: &str,
    ) -> Result<Begun, SayError> {
        let mut waited = Duration::ZERO;
        loop {
            let now = self.clock.now();
            match self
                .chats
                .begin_turn(caller.user, conversation, &said.message_id, text, now)
                .await?
            {
                TurnStart::Mine { conversation, seq } => {
                    return Ok(Begun::Mine { conversation, seq });
                }
                TurnStart::Answered { conversation, answer } => {
                    return Ok(Begun::Before { conversation, answer });
                }
                TurnStart::NoSuchConversation => {
                    return Err(SayError::NoSuchConversation(conversation));
                }
                TurnStart::Running if waited >= POLL_FOR => return Err(SayError::StillRunning),
                TurnStart::Running => {
                    tokio::time::sleep(POLL).await;
                    waited += POLL;
                }
            }
        }
    }
}

enum Begun {
    /// This call answers.
    Mine { conversation: ConversationId, seq: i64 },
    /// It was answered before.
    Before { conversation: ConversationId, answer: Box<Message> },
}

impl Begun {
    fn conversation(&self) -> ConversationId {
        match self {
            Self::Mine { conversation, .. } | Self::Before { conversation, .. } => *conversation,
        }
    }
}

/// The text without white space around it.
fn check(said: &Said) -> Result<&str, SayError> {
    let id = &said.message_id;
    if !(1..=LONGEST_MESSAGE_ID).contains(&id.len())
        || !id.bytes().all(|byte| byte.is_ascii_graphic())
    {
        return Err(SayError::BadMessageId);
    }
    if said.text.contains('\0') {
        return Err(SayError::Nul);
    }
    let text = said.text.trim();
    let length = text.chars().count();
    if length == 0 || length > LONGEST_MESSAGE {
        return Err(SayError::BadLength { length });
    }
    Ok(text)
}

/// What a conversation that begins like this is called: its first message, cut at a word.
fn title(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = folded.char_indices().nth(TITLE) else { return folded };
    let cut = folded[..end].rfind(' ').filter(|at| *at >= end / 2).unwrap_or(end);
    format!("{}…", folded[..cut].trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_conversation_is_called_after_its_first_message_cut_at_a_word() {
        assert_eq!(title("Buy  milk\nand eggs"), "Buy milk and eggs");
        let long = "remind me to call the insurance about the broken window, and then the landlord";
        assert_eq!(title(long), "remind me to call the insurance about the broken window…");
        assert_eq!(title(&"ü".repeat(90)).chars().count(), 61);
    }
}
