use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, ChangeSeq, TaskNumber,
    task::{Description, Invalid, Priority, Reminder, Tag, Title},
};

/// A write, as every door hands it in. What it holds is what the caller said; the rules resolve it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Adds tasks, all or none.
    Add(Vec<NewTask>),
    /// Changes fields.
    Update(Vec<TaskEdit>),
    /// Completes; a task that repeats moves to its next date instead.
    Complete(Vec<Target>),
    /// Opens completed tasks again.
    Reopen(Vec<Target>),
    /// Puts into the trash.
    Delete(Vec<Target>),
    /// Takes out of the trash.
    Restore(Vec<Target>),
    /// Takes changes back.
    Undo(UndoTarget),
}

impl Command {
    /// The most tasks that one command may name.
    pub const MOST: usize = 1000;

    /// How many tasks it names.
    pub fn len(&self) -> usize {
        match self {
            Self::Add(tasks) => tasks.len(),
            Self::Update(edits) => edits.len(),
            Self::Complete(t) | Self::Reopen(t) | Self::Delete(t) | Self::Restore(t) => t.len(),
            Self::Undo(_) => 1,
        }
    }

    /// Whether it names nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The existing tasks that it names.
    pub fn targets(&self) -> Vec<Target> {
        match self {
            Self::Add(_) | Self::Undo(_) => Vec::new(),
            Self::Update(edits) => edits.iter().map(|edit| edit.target).collect(),
            Self::Complete(t) | Self::Reopen(t) | Self::Delete(t) | Self::Restore(t) => t.clone(),
        }
    }

    /// The same command, for exactly these versions of its tasks.
    #[must_use]
    pub fn pinned(mut self, version: impl Fn(TaskNumber) -> Option<i64>) -> Self {
        let pin = |target: &mut Target| target.version = version(target.number).or(target.version);
        match &mut self {
            Self::Add(_) | Self::Undo(_) => {}
            Self::Update(edits) => edits.iter_mut().for_each(|edit| pin(&mut edit.target)),
            Self::Complete(t) | Self::Reopen(t) | Self::Delete(t) | Self::Restore(t) => {
                t.iter_mut().for_each(pin);
            }
        }
        self
    }
}

/// A task to add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewTask {
    /// Its parts.
    Draft(Box<Draft>),
    /// A line in the quick-add grammar, with the byte ranges in it that stay text.
    Text {
        /// The line.
        text: String,
        /// Start and end of each range that is not to be understood.
        literal: Vec<(usize, usize)>,
    },
}

/// The parts of a task to add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What is to be done.
    pub title: Title,
    /// More about it.
    pub description: Option<Description>,
    /// How much it matters.
    pub priority: Priority,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// When it is due.
    pub due: Option<DueInput>,
    /// How it repeats.
    pub repeat: Option<RepeatInput>,
    /// When to speak up.
    pub reminders: Vec<Reminder>,
}

impl Draft {
    /// A task with a title and nothing else.
    pub fn titled(title: &str) -> Result<Self, Invalid> {
        Ok(Self {
            title: Title::parse(title)?,
            description: None,
            priority: Priority::None,
            tags: Vec::new(),
            due: None,
            repeat: None,
            reminders: Vec::new(),
        })
    }
}

/// A due date as somebody gave it; it is resolved on the owner's clock when the command runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueInput {
    /// `YYYY-MM-DD`, perhaps `HH:MM`, perhaps an IANA zone (else the owner's).
    Parts {
        /// The day.
        date: String,
        /// The time of day.
        time: Option<String>,
        /// The zone of that time.
        timezone: Option<String>,
    },
    /// Words like "next friday at 5pm", which may also hold a repeat. In a change they may also say how far each task
    /// moves from its own date: "+7 days", "2 hours earlier", and "skip" for the next date of one that repeats.
    Words(String),
}

/// A repeat as somebody gave it: an RRULE, or words like "every monday".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RepeatInput(pub String);

/// A task that is meant, and the version that the caller saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Which task.
    pub number: TaskNumber,
    /// Refuse when the task has another version by now.
    pub version: Option<i64>,
}

impl From<TaskNumber> for Target {
    fn from(number: TaskNumber) -> Self {
        Self { number, version: None }
    }
}

/// New values for one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskEdit {
    /// Which task.
    pub target: Target,
    /// What to change.
    pub patch: Patch,
}

/// What becomes of a field that may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field<T> {
    /// It stays.
    #[default]
    Keep,
    /// It becomes empty.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Field<T> {
    /// `None` clears, `Some` sets.
    pub fn set_or_clear(value: Option<T>) -> Self {
        value.map_or(Self::Clear, Self::Set)
    }
}

/// New values for the fields of a task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Patch {
    /// A new title.
    pub title: Option<Title>,
    /// A new description.
    pub description: Field<Description>,
    /// A new priority.
    pub priority: Option<Priority>,
    /// Other tags.
    pub tags: TagEdit,
    /// A new due date.
    pub due: Field<DueInput>,
    /// A new repeat.
    pub repeat: Field<RepeatInput>,
    /// New reminders.
    pub reminders: Option<Vec<Reminder>>,
    /// Whether it is completed from now on.
    pub completed: Option<bool>,
}

/// What becomes of a task's tags: first replaced, then added to, then taken from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TagEdit {
    /// All tags from now on.
    pub set: Option<Vec<Tag>>,
    /// Tags to add.
    pub add: Vec<Tag>,
    /// Tags to take away.
    pub remove: Vec<Tag>,
}

/// Which changes to take back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoTarget {
    /// The newest change that is neither an undo nor undone.
    Newest,
    /// The newest such change of one conversation.
    NewestIn(crate::ConversationId),
    /// This change.
    Change(ChangeSeq),
    /// Everything that this actor did at that time or later, newest first.
    Actor {
        /// Whose changes.
        actor: Actor,
        /// Since when.
        since: Timestamp,
    },
}
