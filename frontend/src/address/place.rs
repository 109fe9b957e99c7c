use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use todo_api::screen::View;

/// What stays readable in a segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A signed-in page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Today,
    Upcoming,
    All,
    Completed,
    Tag(String),
    Search,
    History,
    Trash,
    Stats,
    Settings,
    Conversations,
    Conversation(i64),
}

impl Place {
    pub(super) fn parse(path: &str) -> Option<Self> {
        Some(match path {
            "/today" => Self::Today,
            "/upcoming" => Self::Upcoming,
            "/all" => Self::All,
            "/completed" => Self::Completed,
            "/search" => Self::Search,
            "/history" => Self::History,
            "/trash" => Self::Trash,
            "/stats" => Self::Stats,
            "/settings" => Self::Settings,
            "/conversations" => Self::Conversations,
            _ => return Self::parse_named(path),
        })
    }

    fn parse_named(path: &str) -> Option<Self> {
        if let Some(id) = path.strip_prefix("/conversations/") {
            return id.parse().ok().map(Self::Conversation);
        }
        let tag = path.strip_prefix("/tags/")?;
        let tag = percent_decode_str(tag).decode_utf8().ok()?;
        (!tag.is_empty()).then(|| Self::Tag(tag.into_owned()))
    }

    pub(crate) fn path(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Today => "/today",
            Self::Upcoming => "/upcoming",
            Self::All => "/all",
            Self::Completed => "/completed",
            Self::Tag(tag) => {
                return Cow::Owned(format!("/tags/{}", utf8_percent_encode(tag, SEGMENT)));
            }
            Self::Search => "/search",
            Self::History => "/history",
            Self::Trash => "/trash",
            Self::Stats => "/stats",
            Self::Settings => "/settings",
            Self::Conversations => "/conversations",
            Self::Conversation(id) => return Cow::Owned(format!("/conversations/{id}")),
        })
    }

    /// The list that the place shows.
    pub(crate) fn view(&self) -> View {
        match self {
            Self::Today => View::Today,
            Self::Upcoming => View::Upcoming,
            Self::All => View::All,
            Self::Completed => View::Completed,
            Self::Tag(_) => View::Tag,
            Self::Search => View::Search,
            Self::Trash => View::Trash,
            Self::History
            | Self::Stats
            | Self::Settings
            | Self::Conversations
            | Self::Conversation(_) => View::None,
        }
    }

    /// Whether it is a list of tasks in which an editor can open.
    pub(crate) fn is_list(&self) -> bool {
        !matches!(self.view(), View::None | View::Trash)
    }

    /// Whether tasks are added on the page itself.
    pub(crate) fn has_quick_add(&self) -> bool {
        matches!(self, Self::Today | Self::Upcoming | Self::All | Self::Tag(_))
    }

    /// What the page is called.
    pub(crate) fn title(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Today => "Today",
            Self::Upcoming => "Upcoming",
            Self::All => "All",
            Self::Completed => "Completed",
            Self::Tag(tag) => return Cow::Owned(format!("#{tag}")),
            Self::Search => "Search",
            Self::History => "History",
            Self::Trash => "Trash",
            Self::Stats => "Statistics",
            Self::Settings => "Settings",
            Self::Conversations | Self::Conversation(_) => "Conversations",
        })
    }
}
