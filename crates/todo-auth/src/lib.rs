//! Who is calling: passwords, sessions, signed tokens, and the middleware that names the caller.
//!
//! [`Auth`] is put together once by the backend. It gives the router of `/api/auth` ([`Auth::router`], the Better Auth
//! wire contract), the [`Authenticator`] of its other routes, and [`ServiceTokens`] for its calls to MCP. The MCP
//! server has no secret: it builds a [`BearerAuthenticator`] from the account store alone.
//!
//! Handlers take an [`Authenticated`] and get a [`Caller`](todo_core::Caller); nothing else says who the user is.

pub mod accounts;
pub mod auth;
pub mod authenticator;
pub mod cookies;
pub mod error;
pub mod jwt;
pub mod keys;
pub mod limits;
pub mod middleware;
pub mod passwords;
pub mod routes;
pub mod sessions;
pub mod tokens;
mod wire;

pub use auth::{Auth, AuthSettings, Ports};
pub use authenticator::{Authenticator, BearerAuthenticator, Recognised, Refusal};
pub use error::AuthError;
pub use jwt::{ServiceTokens, mcp_resource};
pub use middleware::{Authenticated, authenticate_bearer, prolong_session};
