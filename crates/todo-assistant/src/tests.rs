//! Conversations with the assistant over an in-memory list that keeps the contract of the tools.

mod chats;
mod conversations;
mod corpus;
mod examples;
mod fuzz;
mod judge;
mod mcp;
mod model;
mod never;
mod plans;
mod store;
mod tools;
mod turns;
mod world;
