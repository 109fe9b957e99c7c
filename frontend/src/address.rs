//! Addresses of the signed-in pages: which place they show, and what is open in it.
//!
//! Links are built here and read here, so that a page can be shown again from the address in a `Referer` as well as from
//! the one that the browser asks for.

mod place;
mod query;

use http::{HeaderMap, Uri, header};

pub(crate) use place::Place;
pub(crate) use query::{Query, Talk, ids, joined};

/// A place and what is open in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) place: Place,
    pub(crate) query: Query,
}

impl Address {
    /// The address of a place with nothing open.
    pub(crate) fn of(place: Place) -> Self {
        Self { place, query: Query::default() }
    }

    /// Reads a path with a query; `None` when no place is there. What cannot be understood in the query is left out.
    pub(crate) fn parse(uri: &Uri) -> Option<Self> {
        Some(Self {
            place: Place::parse(uri.path())?,
            query: Query::parse(uri.query().unwrap_or_default()),
        })
    }

    /// The page whose form was sent, from the `Referer`; Today when there is none. Only the path counts: an answer
    /// never leads away from here.
    pub(crate) fn referer(headers: &HeaderMap) -> Self {
        let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
        let address =
            referer.and_then(|text| text.parse::<Uri>().ok()).and_then(|uri| Self::parse(&uri));
        address.unwrap_or_else(|| Self::of(Place::Today)).without_answer()
    }

    /// The same page without the answer to an earlier form.
    fn without_answer(mut self) -> Self {
        self.query.did = Vec::new();
        self.query.notice = None;
        self
    }

    /// Path and query.
    pub(crate) fn href(&self) -> String {
        format!("{}{}", self.place.path(), self.query.text())
    }

    /// Another place with the conversation that was chosen here.
    pub(crate) fn to(&self, place: Place) -> String {
        let query = Query { conversation: self.query.conversation, ..Query::default() };
        Self { place, query }.href()
    }

    /// The editor of a task: in this list, or in the list of all tasks from a page without one.
    pub(crate) fn task(&self, id: i64) -> String {
        if !self.place.is_list() {
            return format!("/all?task={id}#task-{id}");
        }
        let query = Query { task: Some(id), ..self.clone().without_answer().query };
        format!("{}#task-{id}", query.text())
    }

    /// This page with no editor open, at the row that it stood for.
    pub(crate) fn closed(&self, id: i64) -> String {
        let mut address = self.clone().without_answer();
        address.query.task = None;
        format!("{}#task-{id}", address.href())
    }

    /// This page with another conversation.
    pub(crate) fn conversation(&self, talk: Talk) -> String {
        let place = if matches!(self.place, Place::Conversation(_) | Place::Settings) {
            Place::Today
        } else {
            self.place.clone()
        };
        let query = Query { conversation: Some(talk), ..self.clone().without_answer().query };
        format!("{}#chat", Self { place, query }.href())
    }

    /// The next page of this list.
    pub(crate) fn next(&self, cursor: &str) -> String {
        let query = Query {
            cursor: Some(cursor.to_owned()),
            task: None,
            ..self.clone().without_answer().query
        };
        query.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<Address> {
        Address::parse(&text.parse().unwrap())
    }

    #[test]
    fn an_address_is_read_as_it_was_written() {
        for text in [
            "/today",
            "/upcoming?task=28",
            "/all?sort=priority&cursor=abc",
            "/search?q=rent+%26+more&status=completed",
            "/tags/caf%C3%A9%20%2F%20bar?conversation=4&task=9",
            "/history?by=assistant&before=40",
            "/conversations/7",
            "/today?conversation=new",
            "/today?did=4%2C5&notice=undo-conflict",
        ] {
            assert_eq!(address(text).unwrap().href(), text);
        }
    }

    #[test]
    fn nonsense_in_a_query_is_left_out() {
        assert_eq!(
            address("/today?task=x&conversation=-&did=1%2Cb&fish=1").unwrap().href(),
            "/today"
        );
        assert_eq!(address("/fish"), None);
        assert_eq!(address("/tags/"), None);
    }

    #[test]
    fn a_referer_leads_to_a_local_page_without_its_answer() {
        let back = |referer: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, referer.parse().unwrap());
            Address::referer(&headers).href()
        };

        assert_eq!(back("http://todo.local/upcoming?task=3&did=9"), "/upcoming?task=3");
        assert_eq!(back("https://evil.example/today/../x"), "/today");
        assert_eq!(back("not a url at all"), "/today");
        assert_eq!(Address::referer(&HeaderMap::new()).href(), "/today");
    }
}
