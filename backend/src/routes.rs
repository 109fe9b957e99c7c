//! Every path of the backend.

pub(crate) mod changes;
pub(crate) mod chat;
pub(crate) mod conversations;
pub(crate) mod plans;
pub(crate) mod screen;
pub(crate) mod settings;
pub(crate) mod stats;
pub(crate) mod tags;
pub(crate) mod tasks;
pub(crate) mod trash;

use axum::{
    Router,
    middleware::{from_fn_with_state, map_response},
    routing::{get, patch, post},
};
use todo_auth::prolong_session;
use todo_service::{
    body_limit::{DEFAULT_BODY_LIMIT, limit_body},
    error::{catch_panics, method_not_allowed, not_found},
    extract::Json,
    security::{api_headers, compress, refuse_cross_origin},
    telemetry,
};
use utoipa_swagger_ui::SwaggerUi;

use crate::{App, openapi};

/// `/api` with everything below it.
pub fn router(app: &App) -> Router {
    let mine = Router::new()
        .route("/tasks", get(tasks::list::list).post(tasks::add::add))
        .route("/tasks/parse", post(tasks::parse::parse))
        .route(
            "/tasks/{id}",
            get(tasks::get::get)
                .put(tasks::replace::replace)
                .patch(tasks::update::update)
                .delete(tasks::remove::remove),
        )
        .route("/tasks/{id}/complete", patch(tasks::complete::complete))
        .route("/trash", get(trash::list))
        .route("/trash/{id}/restore", post(trash::restore))
        .route("/tags", get(tags::list))
        .route("/stats", get(stats::stats))
        .route("/changes", get(changes::list))
        .route("/changes/undo", post(changes::undo_since))
        .route("/changes/{id}/undo", post(changes::undo))
        .route("/chat", post(chat::reply::reply))
        .route("/chat/stream", post(chat::stream::stream))
        .route("/plans", get(plans::list))
        .route("/plans/{id}", get(plans::get).delete(plans::cancel))
        .route("/plans/{id}/confirm", post(plans::confirm))
        .route("/conversations", get(conversations::list).post(conversations::create))
        .route(
            "/conversations/{id}",
            get(conversations::get).put(conversations::rename).delete(conversations::remove),
        )
        .route("/conversations/{id}/messages", get(conversations::messages::list))
        .route("/conversations/{id}/export", get(conversations::export::export))
        .route("/settings", get(settings::get).patch(settings::update))
        .route("/screen", get(screen::screen))
        .layer(from_fn_with_state(app.auth.authenticator(), prolong_session))
        .with_state(app.clone());
    let described = openapi::document();
    let json = described.clone();
    let router = Router::new()
        .nest("/api/{user_id}", limit_body(mine, DEFAULT_BODY_LIMIT))
        .merge(app.auth.router())
        .route("/api/openapi.json", get(move || std::future::ready(Json(json.clone()))))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(map_response(api_headers));
    let router = router.merge(SwaggerUi::new("/api/docs").url("/api/docs/openapi.json", described));
    let router = refuse_cross_origin(compress(router), Some(app.public_origin()));
    telemetry::observe(catch_panics(router), "backend")
}
