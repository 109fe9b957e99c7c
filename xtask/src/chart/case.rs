//! The values with which the chart is tried: the tables in `e2e/chart/`.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::folder;
use crate::tree;

/// Values, and the release that they are rendered for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Case {
    #[serde(skip)]
    pub(crate) name: String,
    files: Vec<PathBuf>,
    pub(crate) values: Value,
    release: &'static str,
    namespace: String,
}

/// What has to be given to a chart that sees no cluster; nobody else has these words in a value.
const NEEDED_SECRETS: [(&str, &str); 2] = [
    ("databaseUrl", "postgresql://todo:only-a-test-password@database.example/todo"),
    ("betterAuthSecret", "only-a-test-secret-0123456789abcdef"),
];

impl Case {
    /// The plan's bare `helm install todo-app ./helm/todo-app`, with nothing given.
    pub(crate) fn bare() -> Self {
        Self {
            name: "bare".to_owned(),
            files: Vec::new(),
            values: json!({}),
            release: "todo-app",
            namespace: "default".to_owned(),
        }
    }

    /// The same with a values file of the chart, which gives the case its name: `values-dev.yaml` is `dev`.
    pub(crate) fn with_file(file: &str) -> Self {
        let name = file.trim_start_matches("values-").trim_end_matches(".yaml");
        Self { name: name.to_owned(), files: vec![folder().join(file)], ..Self::bare() }
    }

    /// With the two secrets without which nothing can be rendered.
    pub(crate) fn with_secrets(mut self) -> Self {
        for (key, value) in NEEDED_SECRETS {
            let secrets = &mut self.values["secrets"];
            if secrets.get(key).is_none() {
                secrets[key] = value.into();
            }
        }
        self
    }

    /// With further values, which go before those that it has.
    pub(crate) fn with_values(mut self, values: Value) -> Self {
        lay_over(&mut self.values, values);
        self
    }

    /// Into another namespace than kubectl's default one.
    pub(crate) fn into_namespace(mut self, namespace: &str) -> Self {
        namespace.clone_into(&mut self.namespace);
        self
    }
}

fn lay_over(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, value) in above {
                lay_over(below.entry(key).or_insert(Value::Null), value);
            }
        }
        (below, above) => *below = above,
    }
}

/// A row of `e2e/chart/matrix.toml`: options that are rendered together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    name: String,
    #[serde(default)]
    namespace: Option<String>,
    /// Only these values: no secrets that the table does not name.
    #[serde(default)]
    alone: bool,
    values: Value,
}

/// A row of `e2e/chart/refused.toml`: values that the chart does not take.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refusal {
    pub(crate) name: String,
    #[serde(default)]
    alone: bool,
    values: Value,
    /// All that Helm says, without the place in the templates.
    pub(crate) says: String,
}

impl Refusal {
    /// The case that is to be refused.
    pub(crate) fn case(&self) -> Case {
        built(&self.name, self.alone, self.values.clone())
    }
}

fn built(name: &str, alone: bool, values: Value) -> Case {
    let case = Case { name: name.to_owned(), ..Case::bare() }.with_values(values);
    if alone { case } else { case.with_secrets() }
}

/// The options of the chart, each on at least once.
///
/// # Errors
/// When the table cannot be read.
pub(crate) fn matrix() -> Result<Vec<Case>> {
    let rows: Vec<Options> = table("matrix.toml")?;
    let case = |row: Options| {
        let case = built(&row.name, row.alone, row.values);
        match row.namespace {
            Some(namespace) => case.into_namespace(&namespace),
            None => case,
        }
    };
    Ok(rows.into_iter().map(case).collect())
}

/// The values that the chart refuses.
///
/// # Errors
/// When the table cannot be read.
pub(crate) fn refusals() -> Result<Vec<Refusal>> {
    table("refused.toml")
}

fn table<T: DeserializeOwned>(file: &str) -> Result<Vec<T>> {
    #[derive(Deserialize)]
    struct Table<T> {
        case: Vec<T>,
    }
    let path = tree::root().join("e2e/chart").join(file);
    let text = fs::read_to_string(&path).with_context(|| format!("{file} cannot be read"))?;
    let table: Table<T> = toml::from_str(&text).with_context(|| format!("{file} is wrong"))?;
    Ok(table.case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_laid_over_each_other_key_by_key() {
        let case = Case::bare()
            .with_values(json!({"images": {"mcp": {"tag": "1"}}, "secrets": {"databaseUrl": ""}}))
            .with_values(json!({"images": {"mcp": {"digest": "d"}}}))
            .with_secrets();

        assert_eq!(case.values["images"]["mcp"], json!({"tag": "1", "digest": "d"}));
        assert_eq!(case.values["secrets"]["databaseUrl"], "");
        assert_eq!(case.values["secrets"]["betterAuthSecret"], NEEDED_SECRETS[1].1);
    }

    #[test]
    fn the_tables_can_be_read_and_every_row_has_a_name_of_its_own() {
        let names: Vec<_> = matrix()
            .unwrap()
            .into_iter()
            .map(|case| case.name)
            .chain(refusals().unwrap().into_iter().map(|row| row.name))
            .collect();

        let mut distinct = names.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), names.len(), "{names:?}");
    }
}
