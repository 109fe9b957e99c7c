//! A user, a list and an assistant.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use jiff::{Timestamp, ToSpan, Zoned};
use todo_api::chat::ChatReplyBody;
use todo_core::{
    Caller, Clock, ConversationId, Task, TaskNumber, UserId,
    plans::PlanStore,
    settings::Settings,
    tasks::{Command, NewTask, Tasks},
};

use super::{chats::FakeChats, store::Memory, tools::FakeTools};
use crate::turn::{Assistant, Conversing, Said, SayError};

/// A clock that stands still until it is moved.
pub(super) struct FakeClock(Mutex<Timestamp>);

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl FakeClock {
    pub(super) fn pass(&self, minutes: i64) {
        let mut now = self.0.lock().unwrap();
        *now = now.checked_add(minutes.minutes()).unwrap();
    }
}

pub(super) struct World {
    pub(super) memory: Memory,
    pub(super) clock: Arc<FakeClock>,
    pub(super) chats: Arc<FakeChats>,
    pub(super) down: Arc<AtomicBool>,
    pub(super) assistant: Assistant,
    pub(super) caller: Caller,
    pub(super) tasks: Tasks,
    settings: Settings,
    said: AtomicU32,
    conversation: Mutex<Option<ConversationId>>,
}

/// A Friday morning in Berlin.
pub(super) const FRIDAY: &str = "2026-11-20T09:30:00+01:00[Europe/Berlin]";

impl World {
    /// A user with these tasks, each a line in the quick-add grammar.
    pub(super) async fn with(lines: &[&str]) -> Self {
        let world = Self::at(FRIDAY);
        for line in lines {
            world.add(line).await;
        }
        world
    }

    pub(super) fn at(now: &str) -> Self {
        let now: Zoned = now.parse().unwrap();
        let settings = Settings {
            timezone: now.time_zone().iana_name().unwrap().to_owned(),
            ..Settings::default()
        };
        let user = UserId(7);
        let memory = Memory::new(user, settings.clone());
        let clock = Arc::new(FakeClock(Mutex::new(now.timestamp())));
        let chats = Arc::new(FakeChats::default());
        let plans: Arc<dyn PlanStore> = Arc::new(memory.clone());
        let tasks = Tasks::new(Arc::new(memory.clone()), plans.clone(), clock.clone());
        let down = Arc::new(AtomicBool::new(false));
        let tools = FakeTools { tasks: tasks.clone(), down: down.clone() };
        let assistant = Assistant::new(chats.clone(), plans, clock.clone(), Arc::new(tools));
        Self {
            memory,
            clock,
            chats,
            down,
            assistant,
            caller: Caller::person(user),
            tasks,
            settings,
            said: AtomicU32::new(0),
            conversation: Mutex::new(None),
        }
    }

    pub(super) async fn add(&self, line: &str) -> Task {
        let new = NewTask::Text { text: line.to_owned(), literal: Vec::new() };
        let receipt =
            self.tasks.execute(&self.caller, Command::Add(vec![new]), None).await.unwrap();
        receipt.single().unwrap().clone()
    }

    pub(super) async fn complete(&self, number: i64) {
        let command = Command::Complete(vec![TaskNumber(number).into()]);
        self.tasks.execute(&self.caller, command, None).await.unwrap();
    }

    /// Says something under a name, in the conversation that goes on.
    pub(super) async fn try_say(
        &self,
        message_id: &str,
        text: &str,
    ) -> Result<Conversing, SayError> {
        self.try_say_to(message_id, text, false).await
    }

    async fn try_say_to(
        &self,
        message_id: &str,
        text: &str,
        builtin: bool,
    ) -> Result<Conversing, SayError> {
        let said = Said {
            conversation: *self.conversation.lock().unwrap(),
            message_id: message_id.to_owned(),
            text: text.to_owned(),
            replaces: None,
            builtin,
            settings: self.settings.clone(),
        };
        let conversing = self.assistant.say(&self.caller, said).await?;
        *self.conversation.lock().unwrap() = Some(conversing.conversation);
        Ok(conversing)
    }

    /// Says something and waits for the answer.
    pub(super) async fn say(&self, text: &str) -> ChatReplyBody {
        let id = format!("m{}", self.said.fetch_add(1, Ordering::SeqCst));
        self.try_say(&id, text).await.unwrap().reply().await.unwrap()
    }

    /// Says something to the built-in assistant, whoever is configured.
    pub(super) async fn say_to_builtin(&self, text: &str) -> ChatReplyBody {
        let id = format!("m{}", self.said.fetch_add(1, Ordering::SeqCst));
        self.try_say_to(&id, text, true).await.unwrap().reply().await.unwrap()
    }

    /// Begins another conversation.
    pub(super) fn turn_away(&self) {
        *self.conversation.lock().unwrap() = None;
    }

    /// Every task that is not in the trash.
    pub(super) fn all(&self) -> Vec<Task> {
        self.memory.rows().tasks.values().filter(|task| !task.is_deleted()).cloned().collect()
    }

    pub(super) fn task(&self, number: i64) -> Option<Task> {
        self.all().into_iter().find(|task| task.number.0 == number)
    }

    pub(super) fn titles(&self) -> Vec<String> {
        self.all()
            .iter()
            .filter(|task| !task.is_completed())
            .map(|task| task.title.to_string())
            .collect()
    }
}
