//! The environment as a value, so that reading settings is a function of its input.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

use super::ConfigError;

/// Keys with our prefix that a program accepts in its environment, whether or not it uses them.
const KNOWN: [&str; 2] = ["TODO_API_KEY", "TODO_URL"];
const PREFIX: &str = "TODO_";

/// Names and values of environment variables. Empty values are left out: they count as unset.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, OsString>);

impl Environment {
    /// The environment of this process. A name that is not text cannot be one of ours and is left out.
    pub fn of_process() -> Self {
        std::env::vars_os()
            .filter_map(|(key, value)| Some((key.into_string().ok()?, value)))
            .collect()
    }

    /// The value of `key`, unless it is unset or empty.
    pub fn value(&self, key: &OsStr) -> Option<&OsStr> {
        self.0.get(key.to_str()?).map(OsString::as_os_str)
    }

    /// Rejects values of `declared` keys that are not text.
    pub(super) fn refuse_garbage(&self, declared: &[String]) -> Result<(), ConfigError> {
        let garbage =
            |key: &&String| self.0.get(*key).is_some_and(|value| value.to_str().is_none());
        match declared.iter().find(garbage) {
            Some(key) => Err(ConfigError::invalid(key, "must be text in UTF-8")),
            None => Ok(()),
        }
    }

    /// Rejects keys with our prefix that are neither in `declared` nor known to another program of ours.
    pub(super) fn refuse_unknown(&self, declared: &[String]) -> Result<(), ConfigError> {
        let in_cluster = self.0.contains_key("KUBERNETES_SERVICE_HOST");
        let known = |key: &str| KNOWN.contains(&key) || declared.iter().any(|name| name == key);
        let stranger = self.0.keys().find(|key| {
            key.starts_with(PREFIX) && !known(key) && !(in_cluster && is_service_link(key))
        });
        let Some(key) = stranger else { return Ok(()) };
        let hint = KNOWN
            .iter()
            .find(|name| looks_like(key, name))
            .map_or_else(String::new, |name| format!("; did you mean {name}?"));
        Err(ConfigError::Unknown { key: key.clone(), hint })
    }
}

impl<K: Into<String>, V: Into<OsString>> FromIterator<(K, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        let variables = variables.into_iter().map(|(key, value)| (key.into(), value.into()));
        Self(variables.filter(|(_, value): &(String, OsString)| !value.is_empty()).collect())
    }
}

/// Kubernetes describes every service of the namespace in variables; one called `todo-…` would give `TODO_…` keys.
fn is_service_link(key: &str) -> bool {
    key.ends_with("_SERVICE_HOST")
        || key.contains("_SERVICE_PORT")
        || key.contains("_PORT_")
        || key.ends_with("_PORT")
}

/// Whether a slip of the pen may turn `known` into `key`: one is the beginning of the other, or the same without
/// underscores.
fn looks_like(key: &str, known: &str) -> bool {
    let plain = |text: &str| text.replace('_', "");
    key.starts_with(known) || known.starts_with(key) || plain(key) == plain(known)
}
