//! Checks, tests and generators of this repository.

fn main() {}
