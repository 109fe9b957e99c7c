//! A task manager that you talk to: every service in one program.

fn main() {}
