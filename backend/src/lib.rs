//! REST, chat and accounts.
