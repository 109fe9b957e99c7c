//! HTML pages.

pub mod assets;
pub mod icons;
