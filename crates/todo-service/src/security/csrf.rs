//! One tokenless layer against requests that another site makes a browser send.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::extract::{OriginalUri, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use tower::{Layer as _, ServiceExt as _, service_fn};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::config::Origin;
use crate::error::{ApiError, better_auth_shape};

/// Lets a request that changes something into `router` only when it comes from our own pages or from no page at all.
///
/// Fetch metadata decides (`Sec-Fetch-Site` is `same-origin` or `none`); without it, which is how browsers talk to
/// plain http, `Origin` must be equal to `Host` or to `public_origin`. A request with neither header is no browser's.
/// One that carries `Authorization` and no cookie acts by what a foreign page cannot know, and passes.
pub fn refuse_cross_origin<S>(router: Router<S>, public_origin: Option<&Origin>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let layer = public_origin.into_iter().fold(CsrfLayer::new(), |layer, origin| {
        layer.add_trusted_origin(origin.ascii()).expect("a parsed origin is one that browsers send")
    });
    router.layer(middleware::from_fn_with_state(layer, guard))
}

async fn guard(State(layer): State<CsrfLayer>, request: Request, next: Next) -> Response {
    if acts_by_token_alone(request.headers()) {
        return next.run(request).await;
    }
    let path = request.extensions().get::<OriginalUri>().map_or(request.uri(), |uri| &uri.0).path();
    let is_auth = path.starts_with("/api/auth/");
    let inner = service_fn(|request: Request<Body>| {
        let next = next.clone();
        async move { Ok::<_, Infallible>(next.run(request).await) }
    });
    let response = match layer.layer(inner).oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if response.extensions().get::<ProtectionError>().is_none() {
        return response;
    }
    if is_auth {
        better_auth_shape(refusal("Invalid origin").into_response()).await
    } else {
        refusal("Requests from other sites are not accepted.").into_response()
    }
}

fn acts_by_token_alone(headers: &HeaderMap) -> bool {
    headers.contains_key(header::AUTHORIZATION) && !headers.contains_key(header::COOKIE)
}

fn refusal(detail: &str) -> ApiError {
    ApiError::client(StatusCode::FORBIDDEN, "INVALID_ORIGIN", detail)
}
