//! The description of the REST interface, made from the handlers themselves.

use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
};

use crate::routes::{
    changes, chat, conversations, plans, screen, settings, stats, tags, tasks, trash,
};

/// Everything below `/api/{user_id}`. Accounts speak the Better Auth contract, which describes itself.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Todo Chatbot",
        description = "Tasks, chat and history of the signed-in user. `{user_id}` is their id, or `me`.",
        license(name = "MIT OR Apache-2.0"),
    ),
    modifiers(&Security, &Names),
    paths(
        tasks::list::list, tasks::add::add, tasks::parse::parse, tasks::get::get, tasks::replace::replace,
        tasks::update::update, tasks::complete::complete, tasks::remove::remove,
        trash::list, trash::restore, tags::list, stats::stats,
        changes::list, changes::undo, changes::undo_since,
        chat::reply::reply, chat::stream::stream,
        plans::list, plans::get, plans::confirm, plans::cancel,
        conversations::list, conversations::create, conversations::get, conversations::rename,
        conversations::remove, conversations::messages::list, conversations::export::export,
        settings::get, settings::update, screen::screen,
    )
)]
struct Api;

struct Security;

impl Modify for Security {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        components
            .add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        let cookie = ApiKey::Cookie(ApiKeyValue::new("better-auth.session_token"));
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
        let either = ["bearer", "session"].map(|name| {
            utoipa::openapi::security::SecurityRequirement::new(name, Vec::<String>::new())
        });
        api.security = Some(either.into());
    }
}

/// Names each operation after its path and its handler (`tasks_list`, `changes_undo_since`): generated clients need names
/// that are used once, and handlers share theirs between modules.
struct Names;

impl Modify for Names {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        for (path, item) in &mut api.paths.paths {
            let methods =
                [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
            for operation in methods.into_iter().flatten() {
                let handler = operation.operation_id.take().unwrap_or_default();
                operation.operation_id = Some(name(path, &handler));
            }
        }
    }
}

fn name(path: &str, handler: &str) -> String {
    let mut words: Vec<_> = path.split('/').skip(3).filter(|part| !part.starts_with('{')).collect();
    if words.last().is_some_and(|last| handler.starts_with(last)) {
        words.pop();
    }
    words.push(handler);
    words.join("_")
}

/// The OpenAPI 3.1 document.
pub fn document() -> utoipa::openapi::OpenApi {
    Api::openapi()
}
