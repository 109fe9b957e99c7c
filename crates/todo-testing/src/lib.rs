//! The whole system in one process, for tests that read like what people do. Dev only.
//!
//! ```no_run
//! # async fn story() {
//! let app = todo_testing::TestApp::start().await;
//! let ana = app.user("ana").await;
//!
//! let task = ana.add_task("water the plants").await;
//! let answer = ana.complete(task).await;
//!
//! assert_eq!(answer.json["completed"], true);
//! # }
//! ```
//!
//! Backend and MCP server stand on one fresh database, with a clock that moves when it is told to and randomness that is
//! the same in every run. Requests take the routers of production, without a socket. What no answer may ever be (a 500, a
//! failure without a code, a look inside) fails the test that met it, wherever that is.
//!
//! What only a process can show (how it starts, what it survives, how it ends) is told with a [`Program`], and a
//! [`Gate`] between it and a database.

mod answer;
mod app;
mod call;
mod clock;
mod database;
mod entropy;
mod gate;
mod mcp;
mod program;
mod user;

pub use answer::Answer;
pub use app::TestApp;
pub use call::Call;
pub use clock::FakeClock;
pub use database::EmptyPostgres;
pub use entropy::SeededEntropy;
pub use gate::Gate;
pub use mcp::{McpClient, ToolAnswer};
pub use program::Program;
pub use user::TestUser;
