//! One chat turn: what a person says, who thinks about it, and the MCP tools through which it takes effect.
//!
//! [`Assistant::say`] is the way in. It stores the message, hands it to a [`Thinker`] together with the conversation so
//! far, and stores the answer with the receipts of every tool that was called. The thinker that is always there is
//! [`Builtin`]: a grammar, no model. [`ModelThinker`] asks a language model. Both reach tasks only through the [`Tools`]
//! port.
//!
//! Two things are decided before anybody thinks: a "yes" or "no" to a plan that waits (people confirm, thinkers don't),
//! and a message that was answered before (it gets its first answer).

pub mod builtin;
pub mod model;
#[cfg(test)]
mod tests;
pub mod thinker;
pub mod tools;
pub mod turn;

pub use builtin::Builtin;
pub use model::{ModelThinker, Provider};
pub use thinker::{Answer, Sink, ThinkError, Thinker, Turn};
pub use tools::{McpToolSource, ToolSource, ToolSpec, ToolTokens, Tools, ToolsError};
pub use turn::{Assistant, Conversing, Said, SayError};
