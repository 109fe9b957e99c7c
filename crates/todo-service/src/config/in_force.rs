//! What a program runs with, for `todo doctor`.

use std::collections::BTreeMap;
use std::ffi::OsStr;

use clap::builder::ValueParser;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

use super::secret::without_password;
use super::{Environment, Secret};

/// Where a setting's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A flag on the command line.
    Flag,
    /// An environment variable.
    Environment,
    /// Our own default.
    Default,
    /// Neither set nor with a default.
    Unset,
}

/// One setting as it is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// Name of the environment variable; the flag is the same in lower case with dashes.
    pub name: String,
    /// The value with secrets masked, `None` when unset.
    pub value: Option<String>,
    /// Where the value comes from.
    pub source: Source,
    /// What the setting is for.
    pub about: String,
}

/// Every setting of `command` and of the subcommand that was chosen, by name. It walks clap's own declaration, so
/// that it can never differ from what is parsed.
pub(super) fn settings(
    command: &Command,
    matches: &ArgMatches,
    environment: &Environment,
) -> Vec<InForce> {
    let mut found = BTreeMap::new();
    let mut level = Some((command, matches));
    while let Some((command, matches)) = level {
        for arg in command.get_arguments() {
            if let Some(name) = arg.get_env().and_then(OsStr::to_str) {
                found.insert(name.to_owned(), describe(name, arg, matches, environment));
            }
        }
        level = matches
            .subcommand()
            .and_then(|(name, inner)| Some((command.find_subcommand(name)?, inner)));
    }
    found.into_values().collect()
}

fn describe(name: &str, arg: &Arg, matches: &ArgMatches, environment: &Environment) -> InForce {
    let id = arg.get_id().as_str();
    let source = match matches.value_source(id) {
        Some(ValueSource::CommandLine) => Source::Flag,
        Some(_) if environment.value(name.as_ref()).is_some() => Source::Environment,
        Some(_) => Source::Default,
        None => Source::Unset,
    };
    let raw = matches.get_raw(id).and_then(|mut values| values.next());
    let value = raw.map(|raw| {
        if is_secret(arg) {
            Secret::REDACTED.to_owned()
        } else {
            without_password(&raw.to_string_lossy())
        }
    });
    let about = arg.get_help().map(ToString::to_string).unwrap_or_default();
    InForce { name: name.to_owned(), value, source, about }
}

/// Whether the parsed value is a [`Secret`]; the type decides, so that no declaration can forget to say it.
fn is_secret(arg: &Arg) -> bool {
    arg.get_value_parser().type_id() == ValueParser::from(clap::value_parser!(Secret)).type_id()
}
