//! Every address of the pages.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{get, post};
use todo_service::body_limit::{DEFAULT_BODY_LIMIT, limit_body};
use todo_service::error::catch_panics;
use todo_service::security::{compress, page_headers, refuse_cross_origin};

use crate::actions::{account, changes, chat, conversations, plans, settings, tasks};
use crate::pages::{self, landing, lost, sign_in, sign_up};
use crate::{Services, assets, failure, forward, session};

/// Pages, forms, static files, and what is passed on to the services behind.
pub fn router(services: Services) -> Router {
    let forwarded = forward::router(&services);
    pages_and_forms(services).merge(assets::router()).merge(forwarded)
}

fn pages_and_forms(services: Services) -> Router {
    let table = Router::new()
        // For strangers.
        .route("/", get(landing::show))
        .route("/sign-in", get(sign_in::show).post(account::sign_in))
        .route("/sign-up", get(sign_up::show).post(account::sign_up))
        .route("/sign-out", post(account::sign_out))
        // Lists.
        .route("/today", get(pages::show))
        .route("/upcoming", get(pages::show))
        .route("/all", get(pages::show))
        .route("/completed", get(pages::show))
        .route("/tags/{tag}", get(pages::show))
        .route("/search", get(pages::show))
        .route("/trash", get(pages::show))
        // Beside the lists.
        .route("/history", get(pages::show))
        .route("/stats", get(pages::show))
        .route("/settings", get(pages::show).post(settings::save))
        .route("/conversations", get(pages::show).post(conversations::begin))
        .route("/conversations/{id}", get(pages::show))
        // Forms.
        .route("/tasks", post(tasks::add))
        .route("/tasks/move", post(tasks::move_all))
        .route("/tasks/{id}", post(tasks::edit))
        .route("/tasks/{id}/complete", post(tasks::complete))
        .route("/tasks/{id}/move", post(tasks::move_one))
        .route("/tasks/{id}/delete", post(tasks::delete))
        .route("/tasks/{id}/restore", post(tasks::restore))
        .route("/changes/undo", post(changes::undo_several))
        .route("/changes/{id}/undo", post(changes::undo))
        .route("/plans/{id}/confirm", post(plans::confirm))
        .route("/plans/{id}/cancel", post(plans::cancel))
        .route("/chat", post(chat::say))
        .route("/conversations/{id}/rename", post(conversations::rename))
        .route("/conversations/{id}/delete", post(conversations::delete))
        .route("/conversations/{id}/export", get(conversations::export))
        .fallback(lost::not_found)
        .method_not_allowed_fallback(lost::not_found)
        .layer(from_fn_with_state(services.clone(), session::relay_cookies))
        .with_state(services);
    let guarded = refuse_cross_origin(limit_body(catch_panics(table), DEFAULT_BODY_LIMIT), None);
    compress(guarded.layer(from_fn(failure::pages)).layer(map_response(page_headers)))
}
