//! A whole app of accounts in memory, and a browser.

mod browser;
mod store;
mod time;

pub(crate) use browser::Browser;
pub(crate) use store::MemoryStore;
pub(crate) use time::FakeClock;

use std::sync::Arc;

use axum::Router;
use todo_auth::{Auth, AuthSettings, Ports};
use todo_core::accounts::AccountStore;
use todo_service::config::{Mode, Secret, TrustedProxies};
use todo_service::security::refuse_cross_origin;
use todo_service::system::OsEntropy;

/// The origin and the secret of the recorded server.
pub(crate) const ORIGIN: &str = "http://localhost:3990";
pub(crate) const SECRET: &str = "a-very-long-secret-for-testing-better-auth-0123456789";

/// Accounts in memory.
pub(crate) struct App {
    pub(crate) auth: Auth,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) clock: Arc<FakeClock>,
    pub(crate) router: Router,
}

impl App {
    pub(crate) fn start() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut AuthSettings)) -> Self {
        Self::on(Arc::default(), Arc::default(), change)
    }

    /// Another process on the same store.
    pub(crate) fn replica(&self) -> Self {
        Self::on(self.store.clone(), self.clock.clone(), |_| {})
    }

    pub(crate) fn on(
        store: Arc<MemoryStore>,
        clock: Arc<FakeClock>,
        change: impl FnOnce(&mut AuthSettings),
    ) -> Self {
        let mut settings = AuthSettings {
            public_origin: ORIGIN.parse().expect("an origin"),
            secret: Secret::new(SECRET),
            allow_sign_up: true,
            mode: Mode::Development,
            trusted_proxies: TrustedProxies::local(),
        };
        change(&mut settings);
        let origin = settings.public_origin.clone();
        let auth = Auth::new(ports(&store, &clock), settings);
        let router = refuse_cross_origin(auth.router(), Some(&origin));
        Self { auth, store, clock, router }
    }

    pub(crate) fn ports(&self) -> Ports {
        ports(&self.store, &self.clock)
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser in which somebody has just signed up.
    pub(crate) async fn signed_up(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_up(email).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        browser
    }
}

fn ports(store: &Arc<MemoryStore>, clock: &Arc<FakeClock>) -> Ports {
    let store: Arc<dyn AccountStore> = store.clone();
    Ports { store, clock: clock.clone(), entropy: Arc::new(OsEntropy) }
}
