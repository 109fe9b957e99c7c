use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use backend::{App, Services};
use http::Method;
use jiff::SignedDuration;
use serde_json::json;
use todo_auth::{Auth, AuthSettings, BearerAuthenticator, Ports};
use todo_core::{Caller, tasks::Tasks};
use todo_service::{
    Shutdown, Upstream,
    config::{McpHostsConfig, Mode, Origin, Secret, TrustedProxies},
    error::catch_panics,
};

use crate::{Call, FakeClock, McpClient, SeededEntropy, TestUser, database::Fresh};

/// Under which browsers would reach the app.
const ORIGIN: &str = "http://localhost:3000";

/// When every story begins: a Friday, 05:15 in UTC.
const START: &str = "2026-11-20T05:15:00Z";

/// Backend and MCP server on a database of their own.
pub struct TestApp {
    /// Moves when it is told to.
    pub clock: FakeClock,
    router: Router,
    ports: Ports,
    settings: AuthSettings,
    database: Fresh,
    shutdown: Shutdown,
}

impl TestApp {
    /// An app on a fresh SQLite file.
    pub async fn start() -> Self {
        Self::on(Fresh::sqlite().await)
    }

    /// An app on a fresh PostgreSQL database; `None` when `TEST_POSTGRES_URL` names no server.
    pub async fn on_postgres() -> Option<Self> {
        Fresh::postgres().await.map(Self::on)
    }

    /// An app on SQLite, and one on PostgreSQL where there is a server. Take them down with [`TestApp::stop`].
    pub async fn on_each_database() -> Vec<Self> {
        let mut apps = vec![Self::start().await];
        apps.extend(Self::on_postgres().await);
        apps
    }

    fn on(fresh: Fresh) -> Self {
        let clock = FakeClock::at(START);
        let origin: Origin = ORIGIN.parse().expect("an origin");
        let shutdown = Shutdown::manual();
        let database = Arc::new(fresh.database.clone());
        let (shared_clock, entropy) = (Arc::new(clock.clone()), Arc::new(SeededEntropy::new(1)));
        let ports = Ports {
            store: database.clone(),
            clock: shared_clock.clone(),
            entropy: entropy.clone(),
        };
        let settings = settings(origin.clone());

        let tasks = Tasks::new(database.clone(), database.clone(), shared_clock.clone());
        let bearer = BearerAuthenticator::new(
            database.clone(),
            shared_clock.clone(),
            entropy.clone(),
            &origin,
        );
        let hosts = mcp::Hosts::new(&origin, &McpHostsConfig { allowed_hosts: None });
        let tools = catch_panics(mcp::router(tasks, bearer, &origin, hosts));
        let services = Services {
            tasks: database.clone(),
            plans: database.clone(),
            chats: database.clone(),
            accounts: database,
            clock: shared_clock,
            entropy,
            mcp: Upstream::local(tools.clone()),
        };
        let auth = Auth::new(ports.clone(), settings.clone());
        let router = backend::router(&App::new(services, auth, origin)).merge(tools);
        Self { clock, router, ports, settings, database: fresh, shutdown }
    }

    /// Any request, from nobody.
    pub fn call(&self, method: Method, path: &str) -> Call {
        Call::new(self.router.clone(), method, path)
    }

    /// Somebody who has just signed up as `NAME@example.test`.
    ///
    /// # Panics
    /// The sign-up is refused: the name was used before.
    pub async fn user(&self, name: &str) -> TestUser {
        let body = json!({ "name": name, "email": format!("{name}@example.test"), "password": "correct horse" });
        let answer = self.call(Method::POST, "/api/auth/sign-up/email").json(&body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
        let (id, token) = (text(&answer.json["user"]["id"]), text(&answer.json["token"]));
        TestUser::new(self.router.clone(), id, token)
    }

    /// An MCP client with this token.
    pub fn mcp(&self, token: &str) -> McpClient {
        McpClient::new(self.router.clone(), token)
    }

    /// A token with which the backend would call MCP in the name of `caller`.
    pub async fn service_token(&self, caller: &Caller) -> String {
        self.service_token_of(caller, ORIGIN).await
    }

    /// The same from a backend that people reach under another origin: another issuer, another audience, the same keys.
    pub async fn service_token_of(&self, caller: &Caller, origin: &str) -> String {
        let public_origin = origin.parse().expect("an origin");
        let settings = AuthSettings { public_origin, ..self.settings.clone() };
        let tokens = Auth::new(self.ports.clone(), settings).service_tokens();
        tokens.mint(caller, "test").await.expect("a token")
    }

    /// Moves the clock.
    pub fn advance(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// Serves on a real port of this machine, until the app is stopped.
    pub async fn listen(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let serving =
            todo_service::serve::serve(listener, self.router.clone(), self.shutdown.clone());
        tokio::spawn(serving);
        address
    }

    /// Ends everything and takes the database away. A SQLite file goes by itself when the app is dropped.
    pub async fn stop(self) {
        self.shutdown.start();
        self.database.tear_down().await;
    }
}

fn settings(public_origin: Origin) -> AuthSettings {
    AuthSettings {
        public_origin,
        secret: Secret::new("a secret for tests, long enough for production"),
        allow_sign_up: true,
        mode: Mode::Development,
        trusted_proxies: TrustedProxies::local(),
    }
}
