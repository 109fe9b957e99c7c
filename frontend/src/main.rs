//! HTML pages.

fn main() {}
