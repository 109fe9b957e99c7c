//! Development or production.

use std::str::FromStr;

/// How strict a program is with its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Missing secrets are made up and kept.
    #[default]
    Development,
    /// Secrets must be given, and sign-up is limited by address.
    Production,
}

impl FromStr for Mode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "production" => Ok(Self::Production),
            "development" | "test" => Ok(Self::Development),
            _ => Err("must be production, development or test"),
        }
    }
}

/// Which mode a program runs in.
#[derive(Debug, Clone, clap::Args)]
pub struct ModeConfig {
    /// `production` demands a secret and is what the images set; `development` starts with nothing configured.
    #[arg(long = "node-env", env = "NODE_ENV", value_name = "MODE", default_value = "development")]
    pub mode: Mode,
}

impl ModeConfig {
    /// Whether this is production mode.
    pub fn is_production(&self) -> bool {
        self.mode == Mode::Production
    }
}
