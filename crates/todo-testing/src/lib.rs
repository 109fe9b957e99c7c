//! Test app, fake clock and builders.
