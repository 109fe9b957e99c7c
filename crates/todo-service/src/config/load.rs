//! Reading settings out of the command line and the environment.

use std::error::Error as _;
use std::ffi::{OsStr, OsString};

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Parser};

use super::{ConfigError, Environment, InForce, in_force};

/// A program's settings, and where each of them came from.
#[derive(Debug, Clone)]
pub struct Loaded<C> {
    /// The parsed command line with all its sections.
    pub program: C,
    /// Every setting in force, by name, with secrets masked.
    pub settings: Vec<InForce>,
}

/// Reads the settings of this process.
///
/// # Errors
/// A value is malformed, a key with our prefix is unknown, or the command line is wrong or asks for help. Hand the
/// error to [`ConfigError::exit`].
pub fn load<C: Parser>() -> Result<Loaded<C>, ConfigError> {
    parse(std::env::args_os(), &Environment::of_process())
}

/// Reads settings out of `arguments` (the first is the program's name) and `environment`; a flag wins.
///
/// # Errors
/// As [`load()`].
pub fn parse<C: Parser>(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    environment: &Environment,
) -> Result<Loaded<C>, ConfigError> {
    let declared = C::command();
    let mut names = Vec::new();
    collect_names(&declared, &mut names);
    environment.refuse_unknown(&names)?;
    environment.refuse_garbage(&names)?;

    let mut command = with_environment(declared.clone(), environment);
    let matches = command.try_get_matches_from_mut(arguments).map_err(|error| {
        // Clap completes only the subcommand that was chosen; the arguments of the others cannot be printed before.
        command.build();
        explain(error, &declared, &command)
    })?;
    let program = C::from_arg_matches(&matches)?;
    let settings = in_force::settings(&declared, &matches, environment);
    Ok(Loaded { program, settings })
}

/// Gives every argument the value of its variable as a default. Clap could read the process's variables itself, but
/// it takes an empty one for a value, shows values in `--help`, and cannot be tested.
fn with_environment(command: Command, environment: &Environment) -> Command {
    let command = command.mut_args(|arg| {
        let Some(name) = arg.get_env().map(OsStr::to_os_string) else { return arg };
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let arg = arg.help(format!("{help} [env: {}]", name.display())).env(Resettable::Reset);
        match environment.value(&name) {
            Some(value) => arg.default_value(value.to_os_string()).hide_default_value(true),
            None => arg,
        }
    });
    command.mut_subcommands(|inner| with_environment(inner, environment))
}

fn collect_names(command: &Command, names: &mut Vec<String>) {
    let own = command.get_arguments().filter_map(Arg::get_env).filter_map(OsStr::to_str);
    names.extend(own.map(str::to_owned));
    command.get_subcommands().for_each(|inner| collect_names(inner, names));
}

/// Turns clap's refusal of a value into one sentence that names the key. Clap's own text repeats the value, which
/// may be a secret.
fn explain(error: clap::Error, declared: &Command, parsed: &Command) -> ConfigError {
    if !matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) {
        return error.into();
    }
    let Some(ContextValue::String(shown)) = error.get(ContextKind::InvalidArg) else {
        return error.into();
    };
    let Some(key) = key_of(shown, declared, parsed) else { return error.into() };
    let why = error
        .source()
        .map_or_else(|| "has a value that is not allowed".to_owned(), ToString::to_string);
    ConfigError::invalid(key, why)
}

/// The variable of the argument that clap shows as `shown` (`--listen <ADDRESS:PORT>`), in any subcommand.
fn key_of(shown: &str, declared: &Command, parsed: &Command) -> Option<String> {
    let arg = parsed.get_arguments().find(|arg| arg.to_string() == shown);
    let own = arg.and_then(|arg| declared.get_arguments().find(|d| d.get_id() == arg.get_id()));
    own.and_then(Arg::get_env).and_then(OsStr::to_str).map(str::to_owned).or_else(|| {
        parsed
            .get_subcommands()
            .find_map(|inner| key_of(shown, declared.find_subcommand(inner.get_name())?, inner))
    })
}
