//! A typed client for the REST interface, over anything that can send a request.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Problem,
    change::{ChangeBody, ChangeListBody, ChangeParams, UndoBody},
    chat::{ChatBody, ChatReplyBody},
    conversation::{
        ConversationBody, ConversationExportBody, ConversationListBody, ConversationParams,
        TitleBody,
    },
    list::{ListParams, TagListBody, TaskListBody},
    plan::{PlanBody, PlanListBody, PlanOutcomeBody},
    screen::{ScreenBody, ScreenParams},
    settings::{SettingsBody, SettingsPatchBody},
    stats::StatsBody,
    task::{CompletionBody, NewTaskBody, ParseBody, ParsedBody, PatchBody, TaskBody},
};

/// Sends requests whose URI is a path with a query, and returns whatever is answered.
#[async_trait]
pub trait Transport: Send + Sync + 'static {
    /// One round trip.
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;
}

/// The other side could not be asked, or did not answer.
#[derive(Debug, thiserror::Error)]
#[error("the service did not answer")]
pub struct TransportError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The service refused, and said why.
    #[error("{}", .0.detail)]
    Refused(Box<Problem>),
    /// Nobody answered.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// Something answered that is not this interface.
    #[error("the service answered with something unexpected ({0})")]
    Unexpected(StatusCode),
}

impl ClientError {
    /// The status of a refusal.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Refused(problem) => StatusCode::from_u16(problem.status).ok(),
            _ => None,
        }
    }
}

/// A client that acts with one caller's headers.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    headers: HeaderMap,
}

type Answer<T> = Result<T, ClientError>;

impl Client {
    /// A client that sends these headers with every request: the caller's cookie or bearer token, the host that they
    /// asked for, the address they came from.
    pub fn new(transport: Arc<dyn Transport>, headers: HeaderMap) -> Self {
        Self { transport, headers }
    }

    /// The same client, with the same key on every write: sent twice, a write happens once.
    #[must_use]
    pub fn with_key(mut self, key: &HeaderValue) -> Self {
        self.headers.insert("idempotency-key", key.clone());
        self
    }

    /// Sends any request below the service's root; the answer is not judged.
    pub async fn send<B: Serialize>(
        &self,
        method: Method,
        path: &str,
        body: Option<&B>,
    ) -> Result<Response<Bytes>, TransportError> {
        let failed = |cause: Box<dyn std::error::Error + Send + Sync>| TransportError(cause);
        let mut request = Request::builder().method(method).uri(path);
        let bytes = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Bytes::from(serde_json::to_vec(body).map_err(|cause| failed(cause.into()))?)
            }
            None => Bytes::new(),
        };
        let mut request = request.body(bytes).map_err(|cause| failed(cause.into()))?;
        for (name, value) in &self.headers {
            request.headers_mut().append(name, value.clone());
        }
        self.transport.send(request).await
    }

    async fn call<B: Serialize, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&B>,
    ) -> Answer<T> {
        let response = self.send(method, path, body).await?;
        let status = response.status();
        if status.is_success() {
            return serde_json::from_slice(response.body())
                .map_err(|_| ClientError::Unexpected(status));
        }
        match serde_json::from_slice(response.body()) {
            Ok(problem) => Err(ClientError::Refused(Box::new(problem))),
            Err(_) => Err(ClientError::Unexpected(status)),
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Answer<T> {
        self.call(Method::GET, path, None::<&()>).await
    }

    async fn query<Q: Serialize, T: DeserializeOwned>(&self, path: &str, query: &Q) -> Answer<T> {
        let query = serde_urlencoded::to_string(query)
            .map_err(|_| ClientError::Unexpected(StatusCode::BAD_REQUEST))?;
        self.get(&format!("{path}?{query}")).await
    }

    async fn post<B: Serialize, T: DeserializeOwned>(&self, path: &str, body: &B) -> Answer<T> {
        self.call(Method::POST, path, Some(body)).await
    }

    /// Like a call whose answer has no body.
    async fn done<B: Serialize>(&self, method: Method, path: &str, body: Option<&B>) -> Answer<()> {
        let response = self.send(method, path, body).await?;
        if response.status().is_success() {
            return Ok(());
        }
        match serde_json::from_slice(response.body()) {
            Ok(problem) => Err(ClientError::Refused(Box::new(problem))),
            Err(_) => Err(ClientError::Unexpected(response.status())),
        }
    }

    /// `GET /screen`.
    pub async fn screen(&self, params: &ScreenParams) -> Answer<ScreenBody> {
        self.query("/api/me/screen", params).await
    }

    /// `GET /tasks`.
    pub async fn list(&self, params: &ListParams) -> Answer<TaskListBody> {
        self.query("/api/me/tasks", params).await
    }

    /// `POST /tasks`.
    pub async fn add(&self, task: &NewTaskBody) -> Answer<TaskBody> {
        self.post("/api/me/tasks", task).await
    }

    /// `POST /tasks/parse`.
    pub async fn parse(&self, line: &ParseBody) -> Answer<ParsedBody> {
        self.post("/api/me/tasks/parse", line).await
    }

    /// `GET /tasks/{id}`.
    pub async fn task(&self, id: i64) -> Answer<TaskBody> {
        self.get(&format!("/api/me/tasks/{id}")).await
    }

    /// `PATCH /tasks/{id}`; with a version, only if the task still has it.
    pub async fn update(
        &self,
        id: i64,
        patch: &PatchBody,
        version: Option<i64>,
    ) -> Answer<TaskBody> {
        let mut client = self.clone();
        if let Some(version) = version {
            let tag = HeaderValue::from_str(&format!("\"{version}\""))
                .expect("a number is a header value");
            client.headers.insert(header::IF_MATCH, tag);
        }
        client.call(Method::PATCH, &format!("/api/me/tasks/{id}"), Some(patch)).await
    }

    /// `PATCH /tasks/{id}/complete`.
    pub async fn set_completed(&self, id: i64, completed: bool) -> Answer<TaskBody> {
        self.call(
            Method::PATCH,
            &format!("/api/me/tasks/{id}/complete"),
            Some(&CompletionBody { completed }),
        )
        .await
    }

    /// `DELETE /tasks/{id}`.
    pub async fn delete(&self, id: i64) -> Answer<()> {
        self.done(Method::DELETE, &format!("/api/me/tasks/{id}"), None::<&()>).await
    }

    /// `POST /trash/{id}/restore`.
    pub async fn restore(&self, id: i64) -> Answer<TaskBody> {
        self.post(&format!("/api/me/trash/{id}/restore"), &()).await
    }

    /// `GET /tags`.
    pub async fn tags(&self) -> Answer<TagListBody> {
        self.get("/api/me/tags").await
    }

    /// `GET /stats`.
    pub async fn stats(&self) -> Answer<StatsBody> {
        self.get("/api/me/stats").await
    }

    /// `GET /changes`.
    pub async fn changes(&self, params: &ChangeParams) -> Answer<ChangeListBody> {
        self.query("/api/me/changes", params).await
    }

    /// `POST /changes/{id}/undo`.
    pub async fn undo(&self, id: i64) -> Answer<ChangeBody> {
        self.post(&format!("/api/me/changes/{id}/undo"), &()).await
    }

    /// `POST /changes/undo`.
    pub async fn undo_since(&self, what: &UndoBody) -> Answer<ChangeBody> {
        self.post("/api/me/changes/undo", what).await
    }

    /// `POST /chat`.
    pub async fn chat(&self, message: &ChatBody) -> Answer<ChatReplyBody> {
        self.post("/api/me/chat", message).await
    }

    /// `GET /plans`.
    pub async fn plans(&self) -> Answer<PlanListBody> {
        self.get("/api/me/plans").await
    }

    /// `GET /plans/{id}`.
    pub async fn plan(&self, id: i64) -> Answer<PlanBody> {
        self.get(&format!("/api/me/plans/{id}")).await
    }

    /// `POST /plans/{id}/confirm`.
    pub async fn confirm(&self, id: i64) -> Answer<PlanOutcomeBody> {
        self.post(&format!("/api/me/plans/{id}/confirm"), &()).await
    }

    /// `DELETE /plans/{id}`.
    pub async fn cancel(&self, id: i64) -> Answer<()> {
        self.done(Method::DELETE, &format!("/api/me/plans/{id}"), None::<&()>).await
    }

    /// `GET /conversations`.
    pub async fn conversations(&self, params: &ConversationParams) -> Answer<ConversationListBody> {
        self.query("/api/me/conversations", params).await
    }

    /// `POST /conversations`.
    pub async fn new_conversation(&self, title: &TitleBody) -> Answer<ConversationBody> {
        self.post("/api/me/conversations", title).await
    }

    /// `PUT /conversations/{id}`.
    pub async fn rename_conversation(
        &self,
        id: i64,
        title: &TitleBody,
    ) -> Answer<ConversationBody> {
        self.call(Method::PUT, &format!("/api/me/conversations/{id}"), Some(title)).await
    }

    /// `DELETE /conversations/{id}`.
    pub async fn delete_conversation(&self, id: i64) -> Answer<()> {
        self.done(Method::DELETE, &format!("/api/me/conversations/{id}"), None::<&()>).await
    }

    /// `GET /conversations/{id}/export`.
    pub async fn export_conversation(&self, id: i64) -> Answer<ConversationExportBody> {
        self.get(&format!("/api/me/conversations/{id}/export")).await
    }

    /// `GET /settings`.
    pub async fn settings(&self) -> Answer<SettingsBody> {
        self.get("/api/me/settings").await
    }

    /// `PATCH /settings`.
    pub async fn save_settings(&self, patch: &SettingsPatchBody) -> Answer<SettingsBody> {
        self.call(Method::PATCH, "/api/me/settings", Some(patch)).await
    }
}
