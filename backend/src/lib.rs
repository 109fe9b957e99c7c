//! REST, chat and accounts: everything below `/api`.

mod app;
mod confirm;
mod extract;
mod housekeeping;
mod limits;
mod migrate;
mod openapi;
mod routes;
mod run;

pub use app::{App, Services};
pub use housekeeping::keep_house;
pub use openapi::document;
pub use routes::router;
pub use run::{Program, run};
