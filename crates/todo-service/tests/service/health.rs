use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use http::{Request, StatusCode};
use serde_json::{Value, json};
use todo_service::Shutdown;
use todo_service::health::{FRONTEND_HEALTH, HEALTH, Health, Ready};
use tower::ServiceExt as _;

/// A database in one of three moods.
enum Database {
    There,
    Away,
    Silent,
}

#[async_trait]
impl Ready for Database {
    fn name(&self) -> &'static str {
        "database"
    }

    async fn check(&self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        match self {
            Self::There => Ok(()),
            Self::Away => Err("connection to 10.0.0.7 refused".into()),
            Self::Silent => std::future::pending().await,
        }
    }
}

async fn ask(path: &str, database: Database, shutdown: &Shutdown) -> (StatusCode, Value) {
    let checks: [Arc<dyn Ready>; 1] = [Arc::new(database)];
    let health = Health::new(checks, shutdown);
    let router: Router = health.routes(HEALTH).merge(health.routes(FRONTEND_HEALTH));
    let response = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 1 << 16).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap())
}

#[tokio::test]
async fn a_program_is_alive_whatever_its_database_does() {
    for path in ["/health", "/_next/health"] {
        let answer = ask(path, Database::Away, &Shutdown::manual()).await;
        assert_eq!(answer, (StatusCode::OK, json!({ "status": "ok" })));
    }
}

#[tokio::test]
async fn a_program_is_ready_when_its_database_is() {
    for path in ["/health/ready", "/_next/health/ready"] {
        let answer = ask(path, Database::There, &Shutdown::manual()).await;
        assert_eq!(answer, (StatusCode::OK, json!({ "status": "ok" })));
    }
}

#[tokio::test(start_paused = true)]
async fn a_database_that_fails_or_is_silent_makes_it_unready() {
    for database in [Database::Away, Database::Silent] {
        let (status, body) = ask("/health/ready", database, &Shutdown::manual()).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(body, json!({ "status": "unavailable", "reason": "database" }));
    }
}

#[tokio::test]
async fn a_program_that_was_told_to_stop_is_alive_and_unready() {
    let shutdown = Shutdown::manual();
    shutdown.start();

    let (status, body) = ask("/health/ready", Database::There, &shutdown).await;

    assert_eq!((status, &body["reason"]), (StatusCode::SERVICE_UNAVAILABLE, &"draining".into()));
    assert_eq!(ask("/health", Database::There, &shutdown).await.0, StatusCode::OK);
}
