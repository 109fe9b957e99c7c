//! The chart as Helm renders it. Helm is a package of Python here, so no machine needs its program.

mod case;
mod object;

use std::{
    collections::BTreeMap,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) use self::{
    case::{Case, Refusal, matrix, refusals},
    object::{Object, Pod},
};
use crate::{terminal, tree};

/// What Helm made of a case.
#[derive(Debug, Deserialize)]
pub(crate) struct Rendered {
    /// By template: `templates/ingress.yaml`. Templates that rendered nothing are left out.
    files: BTreeMap<String, File>,
    /// Why Helm refused, in the words that a person reads.
    pub(crate) refused: Option<String>,
    /// Errors and warnings of `helm lint --strict` with these values.
    pub(crate) lint: Vec<String>,
}

/// What one template rendered.
#[derive(Debug, Deserialize)]
pub(crate) struct File {
    pub(crate) text: String,
    pub(crate) objects: Vec<Object>,
}

/// The chart's own values, what became of each case, and what is in the files that were read.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub(crate) defaults: Value,
    #[serde(rename = "cases")]
    pub(crate) rendered: Vec<Rendered>,
    pub(crate) read: Vec<File>,
}

impl Rendered {
    /// The templates that `helm install` sends to the cluster: no notes, no tests.
    pub(crate) fn installed(&self) -> impl Iterator<Item = (&str, &File)> {
        let is_test = |name: &str| name.starts_with("templates/tests/");
        self.files
            .iter()
            .map(|(name, file)| (name.as_str(), file))
            .filter(move |(name, file)| !is_test(name) && !file.objects.is_empty())
    }

    /// Every object, those of `helm test` too.
    pub(crate) fn objects(&self) -> impl Iterator<Item = &Object> {
        self.files.values().flat_map(|file| &file.objects)
    }

    /// The pods of all objects.
    pub(crate) fn pods(&self) -> impl Iterator<Item = Pod<'_>> {
        self.objects().filter_map(Object::pod)
    }

    /// All objects in one text, for tools that read a stream of YAML.
    pub(crate) fn text(&self) -> String {
        self.files
            .iter()
            .filter(|(_, file)| !file.objects.is_empty())
            .map(|(name, file)| format!("---\n# {name}\n{}\n", file.text.trim_matches('\n')))
            .collect()
    }
}

/// The folder of the chart.
pub(crate) fn folder() -> PathBuf {
    tree::root().join("helm/todo-app")
}

/// The chart's values files beside the default one: `values-dev.yaml`.
///
/// # Errors
/// When the chart cannot be read.
pub(crate) fn values_files() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder()).context("there is no chart")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("values-") && name.ends_with(".yaml") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Renders and lints the chart for every case, and reads manifests, with one call of `python`, which is to run
/// `e2e/chart/render.py`.
///
/// # Errors
/// When the chart or a manifest cannot be read; a case that Helm refuses is no error.
pub(crate) fn render(
    mut python: Command,
    cases: &[&Case],
    manifests: &[PathBuf],
) -> Result<Answer> {
    let request = json!({ "chart": folder(), "cases": cases, "read": manifests });
    python.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());

    let mut child = python.spawn().context("Python could not be started")?;
    let mut input = child.stdin.take().expect("piped above");
    let sent = input.write_all(request.to_string().as_bytes());
    drop(input);
    let done = child.wait_with_output()?;

    if !done.status.success() {
        bail!("render.py: {}", terminal::tail(&String::from_utf8_lossy(&done.stderr), 10));
    }
    sent?;
    let answer: Answer = serde_json::from_slice(&done.stdout)?;
    ensure!(answer.rendered.len() == cases.len(), "render.py left a case out");
    Ok(answer)
}
