//! Conversations with the assistant over an in-memory list that keeps the contract of the tools.

mod store;
mod tools;
mod chats;
mod world;
mod judge;
mod corpus;
mod conversations;
mod turns;
mod never;
