//! HTML pages. They are rendered on the server, work without scripts, and know nothing but what the backend tells them:
//! no database, no secret.
//!
//! A page is a view in `pages` made of components in `parts`; a form is handled in `actions` and answered with a
//! redirect. [`router`] is all of it over two [`Services`].

mod routes;

mod pages;

mod actions;

mod parts;

mod words;

mod address;

mod session;

mod failure;

mod forward;

mod run;

pub mod assets;
pub mod icons;

#[cfg(test)]
mod samples;

pub use routes::router;
pub use run::{Program, run};

use todo_service::Upstream;

/// The services behind the pages.
#[derive(Debug, Clone)]
pub struct Services {
    /// REST, chat and accounts.
    pub backend: Upstream,
    /// The MCP server; requests to it are passed on.
    pub mcp: Upstream,
}
