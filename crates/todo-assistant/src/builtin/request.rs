//! What a clause asks for, once it is understood.

use serde::{Deserialize, Serialize};

/// One thing that was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Request {
    /// Add tasks.
    Add(Adding),
    /// Do something to tasks that exist.
    Change {
        /// What to do.
        action: Action,
        /// To which tasks.
        target: Target,
    },
    /// Answer a question.
    Ask(Question),
    /// Take changes back.
    Undo(Undoing),
    /// Say something, and touch nothing.
    Say(Talk),
}

/// Tasks to add.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Adding {
    /// One line in the user's words for each task.
    pub(crate) lines: Vec<String>,
    /// The lists that were named, as tags.
    pub(crate) tags: Vec<String>,
    /// Notes, taken literally.
    pub(crate) description: String,
    /// Words about when that came without anything to do.
    #[serde(default)]
    pub(crate) when: String,
    /// Only if there is no such task.
    pub(crate) if_absent: bool,
    /// Something was wished for that a task cannot do.
    pub(crate) caveat: Option<Caveat>,
}

/// What a task cannot do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Caveat {
    /// Start with the weather, a place, or another event.
    Trigger,
}

/// What to do to a task that exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Action {
    Complete,
    Reopen,
    Delete,
    /// Out of the trash.
    Restore,
    /// A new title. `of` holds the words that the task was named by: when they are only a part of its title, and so is
    /// what replaces them, the rest of the title stays.
    Rename {
        title: String,
        of: String,
    },
    /// Words about when, as the user said them; they may hold a repeat. Empty: to be asked for.
    Schedule {
        when: String,
    },
    /// Later or earlier by so much.
    Shift {
        minutes: i64,
    },
    /// No due date.
    Unschedule,
    /// Words about how it repeats; `none` ends it.
    Repeat {
        how: String,
    },
    Prioritise {
        priority: String,
    },
    Tag {
        add: Vec<String>,
        remove: Vec<String>,
    },
    /// New notes; `none` removes them.
    Describe {
        text: String,
    },
}

impl Action {
    /// What a person would call it, as in "Which task should be {}?".
    pub(crate) fn participle(&self) -> &'static str {
        match self {
            Self::Complete => "completed",
            Self::Reopen => "reopened",
            Self::Delete => "deleted",
            Self::Restore => "restored",
            Self::Rename { .. } => "renamed",
            Self::Schedule { .. } | Self::Shift { .. } => "moved",
            Self::Unschedule
            | Self::Repeat { .. }
            | Self::Prioritise { .. }
            | Self::Describe { .. } => "changed",
            Self::Tag { .. } => "tagged",
        }
    }
}

/// Which tasks are meant, as they were called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Target {
    /// Nobody said.
    Missing,
    /// "task 3": these are numbers of tasks.
    Ids(Vec<i64>),
    /// "3", after a list perhaps a position.
    Numbers(Vec<i64>),
    /// "the first one": places in the last list, from 1; negative ones count from its end.
    Places(Vec<i64>),
    /// "the first two", "the last three".
    Run(i64),
    /// "it", "that task".
    It,
    /// "them", "those".
    Them,
    /// "both": two, perhaps of two answers.
    Both,
    /// "the other one".
    Other,
    /// "the task I just added".
    Newest,
    /// A name, or a part of one.
    Named(String),
    /// Everything of a kind.
    Set(Set),
    /// Everything of a kind but these.
    Except(Set, Box<Target>),
    /// These, each called in its own way.
    Several(Vec<Target>),
}

/// A kind of tasks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Set {
    pub(crate) status: Which,
    /// As `list_tasks` takes it.
    pub(crate) due: String,
    /// The same in words that fit behind "tasks": "due this week".
    pub(crate) due_text: String,
    pub(crate) priority: String,
    pub(crate) tag: String,
    /// The tag was not said to be one: "work tasks". When nothing has it, it is a word to look for.
    pub(crate) tag_is_guess: bool,
    /// Words to look for.
    pub(crate) topic: String,
    /// When they were completed, as `list_tasks` takes it, and in words.
    pub(crate) completed: String,
    pub(crate) completed_text: String,
    pub(crate) sort: String,
    /// At most so many; 0 for the usual number.
    pub(crate) limit: u64,
}

impl Set {
    /// Whether it is simply everything of its status.
    pub(crate) fn is_everything(&self) -> bool {
        self.due.is_empty()
            && self.priority.is_empty()
            && self.tag.is_empty()
            && self.topic.is_empty()
            && self.completed.is_empty()
    }
}

/// Open, completed, both, or in the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) enum Which {
    /// Nobody said; mostly that means open.
    #[default]
    Unsaid,
    Open,
    Completed,
    All,
    Trashed,
}

/// A question about tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Question {
    /// Which ones are there?
    List(Set),
    /// Is there any? Answered with yes or no first.
    Any(Set),
    /// How many?
    Count(Set),
    /// When is it due?
    When(Target),
    /// Everything about it.
    Detail(Target),
    /// Is it done?
    Done(Target),
    /// What comes first?
    Next,
    /// What was changed?
    History,
    /// What is the date, or the time?
    Clock,
}

/// What to take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Undoing {
    /// The newest change, and so many in all.
    Newest(u8),
    /// What the last answer did, if it did anything; otherwise nothing.
    LastAnswer,
    /// The newest change of this kind in the conversation.
    Of(Deed),
    /// The last undo.
    Redo,
}

/// A kind of change, as people name what they take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Deed {
    Add,
    Complete,
    Delete,
    Edit,
}

/// Things to say that touch nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Talk {
    Hello,
    Thanks,
    Bye,
    HowAreYou,
    WhoAreYou,
    Praise,
    Sorry,
    Fine,
    Help,
    /// Another topic.
    Elsewhere,
    /// Something that this product does not do.
    Cannot,
    /// A clock that rings.
    NoAlarm,
    /// A wish that something stays as it is.
    Kept,
}

/// What the assistant waits to hear. Stored with the answer that asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Pending {
    /// Which of these tasks is meant.
    Which { action: Action, options: Vec<i64> },
    /// Which task a question is about.
    About { question: Question, options: Vec<i64> },
    /// Whether this one is meant.
    Meant { action: Action, task: i64 },
    /// Whether so many are really meant.
    Sure { action: Action, tasks: Vec<i64> },
    /// Which task at all.
    Target { action: Action },
    /// What to add.
    Title { adding: Adding },
    /// When.
    When { tasks: Vec<i64> },
    /// The new name.
    Name { tasks: Vec<i64> },
}
