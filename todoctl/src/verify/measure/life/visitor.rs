//! An account that lives for a few requests.

use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde_json::{Value, json};
use todo_api::{
    Client, ClientError, TransportError,
    change::{ChangeBody, ChangeParams},
    chat::{AssistantBody, ChatBody},
};

use super::{Said, Turn};
use crate::{random, site::Site, verify::report::Finding};

/// Someone who is there for a moment.
pub(super) struct Visitor {
    email: String,
    password: String,
    /// Acts with the session.
    pub(super) client: Client,
    /// How long the sign-up took.
    pub(super) took: Duration,
}

/// Why there is no account.
pub(super) enum NoAccount {
    /// The app does what it was told to: no sign-ups, or not so many.
    Refused(String),
    /// Something is wrong.
    Failed(String),
}

impl Visitor {
    /// Makes an account that nobody else can have.
    pub(super) async fn sign_up(site: &Site) -> Result<Self, NoAccount> {
        let email = format!("verify-{}@todoctl.example", random::hex(8));
        let password = random::hex(16);
        let form = json!({ "name": "todoctl verify", "email": email, "password": password });
        let begun = Instant::now();
        let failed = |error: TransportError| NoAccount::Failed(error.to_string());
        let response = site.post("/api/auth/sign-up/email", &form).await.map_err(failed)?;
        let took = begun.elapsed();

        let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let said = body["message"].as_str().unwrap_or("no reason given");
        match response.status() {
            StatusCode::OK => {}
            StatusCode::TOO_MANY_REQUESTS => {
                return Err(NoAccount::Refused(
                    "this address has made 20 accounts within an hour, which is the limit"
                        .to_owned(),
                ));
            }
            StatusCode::FORBIDDEN => {
                return Err(NoAccount::Refused(format!("new accounts are not allowed ({said})")));
            }
            status => return Err(NoAccount::Failed(format!("{}: {said}", status.as_u16()))),
        }
        let token = body["token"].as_str().unwrap_or_default();
        let Ok(mut bearer) = HeaderValue::from_str(&format!("Bearer {token}")) else {
            return Err(NoAccount::Failed("the answer holds no token".to_owned()));
        };
        bearer.set_sensitive(true);
        let headers = HeaderMap::from_iter([(header::AUTHORIZATION, bearer)]);
        Ok(Self { email, password, client: site.client(headers), took })
    }

    /// Says something to the built-in assistant, which answers the same every time and costs nothing.
    pub(super) async fn say(&self, message: &str, conversation_id: Option<i64>) -> Said {
        let message = ChatBody {
            message: message.to_owned(),
            conversation_id,
            assistant: Some(AssistantBody::Builtin),
            ..ChatBody::default()
        };
        let begun = Instant::now();
        let reply = self.client.chat(&message).await.map_err(|error| error.to_string())?;
        Ok(Turn { reply, took: begun.elapsed() })
    }

    /// The history of one task.
    pub(super) async fn changes_of(&self, task: i64) -> Result<Vec<ChangeBody>, ClientError> {
        let params = ChangeParams { task: Some(task), ..ChangeParams::default() };
        Ok(self.client.changes(&params).await?.changes)
    }

    /// The status with which a path is answered.
    pub(super) async fn get(&self, path: &str) -> Result<StatusCode, TransportError> {
        Ok(self.client.send(Method::GET, path, None::<&()>).await?.status())
    }

    /// Deletes the account with all that it owns, and makes sure that nobody can sign in to it.
    pub(super) async fn leave(self, site: &Site) -> Finding {
        let advice = format!(
            "Delete the account {} by hand; its password is lost with this run.",
            self.email
        );
        let password = json!({ "password": self.password });
        let path = "/api/auth/delete-user";
        let deleted = match self.client.send(Method::POST, path, Some(&password)).await {
            Ok(response) => response.status(),
            Err(error) => return Finding::failed(error.to_string(), advice),
        };
        let again = json!({ "email": self.email, "password": self.password });
        let refused = site.post("/api/auth/sign-in/email", &again).await;
        let refused = refused.map_or(0, |response| response.status().as_u16());
        Finding::judged(
            deleted.is_success() && refused == 401,
            format!("deleted ({}), then {refused}", deleted.as_u16()),
            advice,
        )
    }
}
