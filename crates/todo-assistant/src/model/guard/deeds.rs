//! What can be done to tasks, as sets: what words ask for, and what was done.

use todo_api::tools::names;

/// One kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Add,
    Update,
    Complete,
    Reopen,
    Delete,
    Restore,
    Undo,
}

impl Deed {
    pub(crate) const ALL: [Self; 7] = [
        Self::Add,
        Self::Update,
        Self::Complete,
        Self::Reopen,
        Self::Delete,
        Self::Restore,
        Self::Undo,
    ];

    /// What a tool does; `None` for those that only read.
    pub(crate) fn of(tool: &str) -> Option<Self> {
        Some(match tool {
            names::ADD => Self::Add,
            names::UPDATE => Self::Update,
            names::COMPLETE => Self::Complete,
            names::REOPEN => Self::Reopen,
            names::DELETE => Self::Delete,
            names::RESTORE => Self::Restore,
            names::UNDO => Self::Undo,
            _ => return None,
        })
    }

    /// As in "does not ask to … anything".
    pub(crate) fn verb(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Update => "change",
            Self::Complete => "complete",
            Self::Reopen => "reopen",
            Self::Delete => "delete",
            Self::Restore => "restore",
            Self::Undo => "undo",
        }
    }
}

/// Some kinds of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Deeds(u8);

impl Deeds {
    pub(crate) const NONE: Self = Self(0);

    /// What a statement without a command may mean: "milk and eggs", "the rent is paid", "the dentist is on Friday now".
    /// Whatever takes something away has to be said.
    pub(crate) const STATED: Self =
        Self::of(Deed::Add).and(Self::of(Deed::Update)).and(Self::of(Deed::Complete));

    pub(crate) const fn of(deed: Deed) -> Self {
        Self(1 << deed as u8)
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn has(self, deed: Deed) -> bool {
        self.0 & Self::of(deed).0 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether they have one in common.
    pub(crate) fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl FromIterator<Deed> for Deeds {
    fn from_iter<T: IntoIterator<Item = Deed>>(deeds: T) -> Self {
        deeds.into_iter().fold(Self::NONE, |all, deed| all.and(Self::of(deed)))
    }
}
