//! `k8s/secrets.yaml.template`: the chart's Secret with placeholders in plain text, for a person to fill in.

use std::fmt::Write;

use anyhow::{Result, bail, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::yaml::word;
use crate::chart::Object;

const HEADER: &str = "\
# The app's secrets. Generated from helm/todo-app/templates/secrets.yaml by `cargo xtask manifests`.
#
#   kubectl apply -f k8s/namespace.yaml
#   cp k8s/secrets.yaml.template k8s/secrets.yaml     # git ignores the copy
#   $EDITOR k8s/secrets.yaml                          # replace what is in <>
#   kubectl apply -f k8s/secrets.yaml
#   kubectl apply -f k8s/
#
# As long as a placeholder is left, its pods do not start, and their log names it:
#   kubectl logs -n todo-app deployment/backend --all-containers
";

/// A key of the Secret: its value in the template (`None`: the chart's own), and what a person has to know.
struct Key {
    name: &'static str,
    value: Option<&'static str>,
    about: &'static str,
}

/// Placeholders are values that the programs refuse when they start: `backend/tests/process` holds that.
const KEYS: [Key; 4] = [
    Key {
        name: "DATABASE_URL",
        value: Some("<postgresql://user:password@host/database>"),
        about: "Any PostgreSQL, such as the connection string of Neon's console. Characters like @ and / in the password\n\
                are written %40 and %2F.",
    },
    Key {
        name: "BETTER_AUTH_SECRET",
        value: Some("<openssl rand -hex 32>"),
        about: "What that command prints: at least 32 characters. It signs cookies and seals keys, so it stays as it is.",
    },
    Key {
        name: "BETTER_AUTH_URL",
        value: None,
        about: "The address that stands in the browser, without a path.",
    },
    Key {
        name: "OPENAI_API_KEY",
        value: None,
        about: "Key of a language model. Empty: the built-in assistant answers.",
    },
];

/// A key that the plan's values leave out, shown so that nobody has to look it up.
const OPTIONAL: &str = "  # The same database without a pooler between (Neon: the host without `-pooler`), for migrations and live updates.
  # DATABASE_DIRECT_URL: \"\"
";

/// The template, from what the chart renders.
///
/// # Errors
/// When the chart's Secret has other keys than the template knows.
pub(super) fn template(objects: &[Object]) -> Result<String> {
    let [secret] = objects else {
        bail!("templates/secrets.yaml renders {} objects", objects.len())
    };
    ensure!(secret.is("Secret/todo-secrets"), "{} is not the Secret of the plan", secret.title());
    let data = secret.at("/data").and_then(|data| data.as_object());
    let Some(data) = data else { bail!("the chart's Secret has no data") };
    if let Some(key) = data.keys().find(|key| KEYS.iter().all(|known| known.name != key.as_str())) {
        bail!("k8s/secrets.yaml.template does not know the key {key} of the chart's Secret");
    }

    let text =
        |pointer: &str| secret.at(pointer).and_then(|value| value.as_str()).unwrap_or_default();
    let mut out = HEADER.to_owned();
    write!(
        out,
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {}\n  namespace: {}\n  labels:\n",
        text("/metadata/name"),
        text("/metadata/namespace")
    )?;
    let labels = secret.at("/metadata/labels").and_then(|labels| labels.as_object());
    for (key, value) in labels.into_iter().flatten().filter(|(key, _)| !only_for_helm(key)) {
        writeln!(out, "    {key}: {}", word(value.as_str().unwrap_or_default()))?;
    }
    out.push_str("type: Opaque\nstringData:\n");
    for Key { name, value, about } in KEYS {
        let chosen = match value {
            Some(placeholder) => placeholder.to_owned(),
            None => decoded(data.get(name).and_then(|value| value.as_str()).unwrap_or_default())?,
        };
        for line in about.lines() {
            writeln!(out, "  # {line}")?;
        }
        writeln!(out, "  {name}: {}", serde_json::Value::from(chosen))?;
    }
    out.push_str(OPTIONAL);
    Ok(out)
}

fn only_for_helm(label: &str) -> bool {
    label.starts_with("helm.sh/") || label == "app.kubernetes.io/managed-by"
}

fn decoded(value: &str) -> Result<String> {
    Ok(String::from_utf8(BASE64_STANDARD.decode(value)?)?)
}

/// What a person has to replace, by key.
pub(crate) fn placeholders() -> impl Iterator<Item = (&'static str, &'static str)> {
    KEYS.iter().filter_map(|key| Some((key.name, key.value?)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn secret(data: &serde_json::Value) -> Vec<Object> {
        vec![Object(json!({
            "kind": "Secret",
            "metadata": {
                "name": "todo-secrets",
                "namespace": "todo-app",
                "labels": { "app.kubernetes.io/name": "todo-app", "helm.sh/chart": "todo-app-0.1.0" }
            },
            "data": data
        }))]
    }

    #[test]
    fn the_template_has_placeholders_and_the_charts_own_values_but_no_secret_of_the_rendering() {
        let rendered =
            secret(&json!({ "DATABASE_URL": "c2VjcmV0", "BETTER_AUTH_URL": "aHR0cDovL3g=" }));

        let text = template(&rendered).unwrap();

        assert!(text.contains("DATABASE_URL: \"<postgresql://user:password@host/database>\""));
        assert!(text.contains("BETTER_AUTH_URL: \"http://x\""), "{text}");
        assert!(text.contains("OPENAI_API_KEY: \"\""), "{text}");
        assert!(!text.contains("c2VjcmV0") && !text.contains("helm.sh"), "{text}");
    }

    #[test]
    fn a_key_that_the_template_does_not_know_is_an_error() {
        let error = template(&secret(&json!({ "NEW_KEY": "" }))).unwrap_err().to_string();

        assert!(error.contains("NEW_KEY"), "{error}");
    }
}
