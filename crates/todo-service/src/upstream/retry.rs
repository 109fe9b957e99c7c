//! Patience with a neighbour that is being replaced.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use todo_core::ports::Entropy as _;
use tokio::time::Instant;

use super::{Upstream, UpstreamError};
use crate::system::OsEntropy;

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// See [`Upstream::send_retrying`].
pub(super) async fn send(
    upstream: &Upstream,
    request: Request<Bytes>,
    patience: Duration,
) -> Result<Response<Body>, UpstreamError> {
    let deadline = Instant::now() + patience;
    let mut longest = FIRST_PAUSE;
    loop {
        let outcome = upstream.send(request.clone().map(Body::from)).await;
        let pause = jittered(longest);
        if !is_passing(&outcome) || Instant::now() + pause >= deadline {
            return outcome;
        }
        // `Retry-After` counts in seconds and is meant for strangers; a successor is often there sooner.
        tokio::time::sleep(pause).await;
        longest = (longest * 2).min(LONGEST_PAUSE);
    }
}

/// Whether the outcome may be another one soon.
fn is_passing(outcome: &Result<Response<Body>, UpstreamError>) -> bool {
    match outcome {
        Ok(response) => matches!(
            response.status(),
            StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
        ),
        Err(error) => {
            matches!(error, UpstreamError::Unreachable(_) | UpstreamError::Interrupted(_))
        }
    }
}

/// Between half of `longest` and all of it, so that many callers do not come back at the same moment.
fn jittered(longest: Duration) -> Duration {
    let mut byte = [0];
    OsEntropy.fill(&mut byte);
    longest.mul_f64(0.5 + f64::from(byte[0]) / 510.0)
}
