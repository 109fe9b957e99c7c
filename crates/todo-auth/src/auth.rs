//! [`Auth`]: everything about accounts, put together once.

use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use todo_core::accounts::AccountStore;
use todo_core::{Clock, Entropy};
use todo_service::config::{Mode, Origin, Secret, TrustedProxies};

use crate::authenticator::{Authenticator, BearerAuthenticator};
use crate::cookies::Cookies;
use crate::jwt::{ServiceTokens, UserTokens, Verifier};
use crate::keys::{KeyRing, PublishedKeys, Sealing};
use crate::limits::Limits;
use crate::passwords::Passwords;
use crate::routes;
use crate::sessions::Sessions;

/// What accounts ask the outside for.
#[derive(Clone)]
pub struct Ports {
    /// Where accounts are kept.
    pub store: Arc<dyn AccountStore>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness, fit for secrets.
    pub entropy: Arc<dyn Entropy>,
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ports").finish_non_exhaustive()
    }
}

/// How accounts are run.
#[derive(Debug, Clone)]
pub struct AuthSettings {
    /// Under which browsers reach the app. Issuer and audience of tokens; https binds the cookies to it.
    pub public_origin: Origin,
    /// Signs cookies and seals keys; the same for every replica.
    pub secret: Secret,
    /// Whether new accounts may be made.
    pub allow_sign_up: bool,
    /// In production, sign-ups are limited by address.
    pub mode: Mode,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
}

/// Accounts, sessions and tokens. Clones share everything.
#[derive(Clone)]
pub struct Auth(Arc<Parts>);

struct Parts {
    ports: Ports,
    settings: AuthSettings,
    authenticator: Authenticator,
    passwords: Passwords,
    limits: Limits,
    keys: Arc<KeyRing>,
    published: Arc<PublishedKeys>,
    user_tokens: UserTokens,
}

impl Auth {
    /// Puts accounts together. Make one for each process: it holds the queue for passwords.
    pub fn new(ports: Ports, settings: AuthSettings) -> Self {
        let Ports { store, clock, entropy } = ports.clone();
        let origin = &settings.public_origin;
        let published = Arc::new(PublishedKeys::new(store.clone(), clock.clone()));
        let sealing = Sealing::new(&settings.secret);
        let keys =
            KeyRing::new(store.clone(), clock.clone(), entropy.clone(), sealing, published.clone());
        let keys = Arc::new(keys);
        let authenticator = Authenticator::new(
            Sessions::new(store.clone(), clock.clone(), entropy.clone()),
            Arc::new(Cookies::new(&settings.secret, origin.is_https())),
            Verifier::new(published.clone(), clock.clone()),
            origin,
        );
        Self(Arc::new(Parts {
            authenticator,
            passwords: Passwords::new(entropy),
            limits: Limits::new(store, clock.clone()),
            user_tokens: UserTokens::new(keys.clone(), clock, origin.ascii()),
            keys,
            published,
            ports,
            settings,
        }))
    }

    /// The router of `/api/auth`, with that prefix. The layer that everything needs, against foreign
    /// origins, is the backend's.
    pub fn router(&self) -> Router {
        routes::router(self.clone())
    }

    /// Recognises the callers of other routes; the state of [`Authenticated`](crate::Authenticated).
    pub fn authenticator(&self) -> Authenticator {
        self.0.authenticator.clone()
    }

    /// Recognises the callers of an MCP server in this process.
    pub fn bearer_authenticator(&self) -> BearerAuthenticator {
        let Authenticator { sessions, verifier, .. } = self.authenticator();
        BearerAuthenticator::sharing(sessions, verifier, &self.0.settings.public_origin)
    }

    /// Signs the tokens with which the backend calls MCP.
    pub fn service_tokens(&self) -> ServiceTokens {
        let clock = self.0.ports.clock.clone();
        ServiceTokens::new(self.0.keys.clone(), clock, &self.0.settings.public_origin)
    }

    pub(crate) fn settings(&self) -> &AuthSettings {
        &self.0.settings
    }

    pub(crate) fn store(&self) -> &dyn AccountStore {
        &*self.0.ports.store
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.0.ports.clock
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        &*self.0.ports.entropy
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.authenticator.sessions
    }

    pub(crate) fn cookies(&self) -> &Cookies {
        &self.0.authenticator.cookies
    }

    pub(crate) fn user_tokens(&self) -> &UserTokens {
        &self.0.user_tokens
    }

    pub(crate) fn keys(&self) -> &KeyRing {
        &self.0.keys
    }

    pub(crate) fn published_keys(&self) -> &PublishedKeys {
        &self.0.published
    }
}

impl FromRef<Auth> for Authenticator {
    fn from_ref(auth: &Auth) -> Self {
        auth.authenticator()
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}
