//! REST, chat and accounts.

fn main() {}
