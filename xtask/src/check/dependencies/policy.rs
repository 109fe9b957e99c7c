//! The part of `deny.toml` that is held here.

use serde::Deserialize;

/// The file.
#[derive(Debug, Deserialize)]
pub(super) struct Policy {
    pub(super) licenses: Licenses,
    pub(super) bans: Bans,
}

/// Which licences crates may have.
#[derive(Debug, Deserialize)]
pub(super) struct Licenses {
    /// For every crate, by SPDX name.
    pub(super) allow: Vec<String>,
    /// For single crates, beside those.
    #[serde(default)]
    pub(super) exceptions: Vec<Exception>,
}

/// Further licences of one crate.
#[derive(Debug, Deserialize)]
pub(super) struct Exception {
    #[serde(rename = "crate")]
    pub(super) name: String,
    pub(super) allow: Vec<String>,
}

/// Which crates must not be there.
#[derive(Debug, Deserialize)]
pub(super) struct Bans {
    #[serde(default)]
    pub(super) deny: Vec<Ban>,
}

/// A crate that must not be there, or not in two versions.
#[derive(Debug, Deserialize)]
pub(super) struct Ban {
    #[serde(rename = "crate")]
    pub(super) name: String,
    #[serde(default, rename = "deny-multiple-versions")]
    pub(super) deny_multiple_versions: bool,
}
