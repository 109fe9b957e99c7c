use todo_api::terms::{Sort, Status};

use crate::parts::notice::Notice;

/// Which conversation a page shows, when it is not the last used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Talk {
    /// One that begins with the next message.
    New,
    /// The one with this number.
    Id(i64),
}

/// What is open in a place, and how its list is cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// What is searched for.
    pub(crate) q: Option<String>,
    /// Which tasks a search shows; both kinds when it is not said.
    pub(crate) status: Option<Status>,
    /// Order of the list.
    pub(crate) sort: Option<Sort>,
    /// Where the page of a list begins.
    pub(crate) cursor: Option<String>,
    /// Whose changes the history shows.
    pub(crate) by: Option<String>,
    /// Before which change the history begins.
    pub(crate) before: Option<i64>,
    /// The conversation.
    pub(crate) conversation: Option<Talk>,
    /// The task whose editor is open (whose history is shown).
    pub(crate) task: Option<i64>,
    /// The changes that the last form made: they are answered with a receipt.
    pub(crate) did: Vec<i64>,
    /// What else there is to say about the last form.
    pub(crate) notice: Option<Notice>,
}

impl Query {
    pub(super) fn parse(text: &str) -> Self {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(text).unwrap_or_default();
        let mut query = Self::default();
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            match name.as_str() {
                "q" => query.q = Some(value),
                "status" => query.status = status(&value),
                "sort" => query.sort = sort(&value),
                "cursor" => query.cursor = Some(value),
                "by" => query.by = Some(value),
                "before" => query.before = value.parse().ok(),
                "conversation" if value == "new" => query.conversation = Some(Talk::New),
                "conversation" => query.conversation = value.parse().ok().map(Talk::Id),
                "task" => query.task = value.parse().ok(),
                "did" => query.did = ids(&value).unwrap_or_default(),
                "notice" => query.notice = Notice::parse(&value),
                _ => {}
            }
        }
        query
    }

    /// With its question mark, or nothing.
    pub(super) fn text(&self) -> String {
        let sort = self.sort.and_then(|sort| SORTS.iter().find(|(_, known)| *known == sort));
        let status =
            self.status.and_then(|status| STATUSES.iter().find(|(_, known)| *known == status));
        let conversation = self.conversation.map(|talk| match talk {
            Talk::New => "new".to_owned(),
            Talk::Id(id) => id.to_string(),
        });
        let did = (!self.did.is_empty()).then(|| joined(&self.did));
        let pairs = [
            ("q", self.q.clone()),
            ("status", status.map(|(name, _)| (*name).to_owned())),
            ("sort", sort.map(|(name, _)| (*name).to_owned())),
            ("cursor", self.cursor.clone()),
            ("by", self.by.clone()),
            ("before", self.before.map(|seq| seq.to_string())),
            ("conversation", conversation),
            ("task", self.task.map(|id| id.to_string())),
            ("did", did),
            ("notice", self.notice.map(|notice| notice.code().to_owned())),
        ];
        let set: Vec<_> =
            pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let text = serde_urlencoded::to_string(set).expect("pairs of text can be written");
        if text.is_empty() { text } else { format!("?{text}") }
    }
}

const SORTS: [(&str, Sort); 3] =
    [("due", Sort::Due), ("priority", Sort::Priority), ("newest", Sort::Newest)];

const STATUSES: [(&str, Status); 2] =
    [("pending", Status::Pending), ("completed", Status::Completed)];

fn sort(name: &str) -> Option<Sort> {
    SORTS.iter().find(|(known, _)| *known == name).map(|(_, sort)| *sort)
}

fn status(name: &str) -> Option<Status> {
    STATUSES.iter().find(|(known, _)| *known == name).map(|(_, status)| *status)
}

/// The most changes that one form makes: it moves a page of tasks.
const MOST: usize = 200;

/// Numbers with commas between; `None` when one is none, or when they are too many.
pub(crate) fn ids(text: &str) -> Option<Vec<i64>> {
    let ids: Vec<i64> = text
        .split(',')
        .map(|part| part.parse().ok().filter(|id| *id > 0))
        .collect::<Option<_>>()?;
    (ids.len() <= MOST).then_some(ids)
}

/// Numbers with commas between.
pub(crate) fn joined(ids: &[i64]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
