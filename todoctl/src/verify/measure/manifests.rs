//! Whether the chart, rendered with the plan's values, is what stands in k8s/: compared object by object, after
//! `kubectl` has read both.

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use serde_json::Value;

use super::{Bench, checkout::CHART};
use crate::{
    tools::program::{Program, ProgramError},
    verify::report::Finding,
};

/// How long each of the two programs may take.
const LIMIT: Duration = Duration::from_secs(30);

/// What the chart asks for and k8s/ takes from a Secret. These values go nowhere: the Secret itself is not compared.
const FILLED_IN: [&str; 2] = [
    "secrets.databaseUrl=postgresql://compared.invalid/todo",
    "secrets.betterAuthSecret=compared-and-thrown-away-0123456789",
];

/// Objects by kind and name.
type Objects = BTreeMap<String, Value>;

pub(super) async fn compare(bench: &Bench<'_>, root: &Path) -> Finding {
    let files = files(&root.join("k8s"));
    if files.is_empty() {
        return Finding::failed("k8s/ holds no manifests", "Run `cargo xtask manifests`.");
    }
    match tokio::join!(rendered(bench, root), written(bench, files)) {
        (Ok(rendered), Ok(written)) => judge(&rendered, &written),
        (Err(error), _) | (_, Err(error)) => {
            Finding::skipped(format!("not compared: {}", error.to_string().replace('\n', " ")))
        }
    }
}

/// The manifests, without those that hold a person's secrets.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".yaml") && !name.starts_with("secrets")
    });
    let mut files: Vec<String> =
        names.map(|path| format!("--filename={}", path.display())).collect();
    files.sort();
    files
}

async fn rendered(bench: &Bench<'_>, root: &Path) -> Result<Objects, ProgramError> {
    let asked = bench.tools.program("helm", "render the chart");
    let values = FILLED_IN.iter().flat_map(|value| ["--set", value]);
    let args = ["template", "todo-app", CHART, "--skip-tests"];
    let yaml = asked.args(args).args(values).dir(root).limit(LIMIT).text().await?;
    let read = understood(bench).arg("--filename=-").stdin(yaml);
    Ok(objects(&read.text().await?))
}

async fn written(bench: &Bench<'_>, files: Vec<String>) -> Result<Objects, ProgramError> {
    Ok(objects(&understood(bench).args(files).text().await?))
}

/// `kubectl` as a reader of YAML: it sends nothing that it reads to the cluster.
fn understood(bench: &Bench<'_>) -> Program {
    let args = ["create", "--dry-run=client", "--validate=false", "--output=json"];
    // Objects name their namespace, which may be another one than ours.
    bench.tools.program("kubectl", "read the manifests").args(args).limit(LIMIT)
}

/// Reads a list, or one object after the other.
fn objects(json: &str) -> Objects {
    let stream = serde_json::Deserializer::from_str(json).into_iter::<Value>().flatten();
    let flat = stream.flat_map(|mut value| match value.get_mut("items").map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => vec![value],
    });
    flat.filter(|object| object["kind"] != "Secret")
        .map(|mut object| {
            let name = format!(
                "{} {}",
                object["kind"].as_str().unwrap_or_default(),
                object["metadata"]["name"].as_str().unwrap_or_default()
            );
            without_helm(&mut object);
            (name, object)
        })
        .collect()
}

/// Takes out what only Helm needs, everywhere: its labels and notes, and checksums that make pods follow their configuration.
fn without_helm(value: &mut Value) {
    if let Value::Object(fields) = value {
        for marks in ["labels", "annotations"] {
            if let Some(Value::Object(of)) = fields.get_mut(marks) {
                of.retain(|key, _| {
                    !key.starts_with("checksum/")
                        && !key.starts_with("helm.sh/")
                        && key != "app.kubernetes.io/managed-by"
                });
                if of.is_empty() {
                    fields.remove(marks);
                }
            }
        }
        // Written by kubectl while it reads, as null or as the default namespace.
        fields.remove("creationTimestamp");
        fields.values_mut().for_each(without_helm);
    } else if let Value::Array(items) = value {
        items.iter_mut().for_each(without_helm);
    }
}

fn judge(rendered: &Objects, written: &Objects) -> Finding {
    let names = rendered.keys().chain(written.keys());
    let mut differing: Vec<&str> = names
        .filter(|name| rendered.get(*name) != written.get(*name))
        .map(String::as_str)
        .collect();
    differing.sort_unstable();
    differing.dedup();
    Finding::judged(
        differing.is_empty(),
        if differing.is_empty() {
            format!("{} objects equal", rendered.len())
        } else {
            format!("differ: {}", differing.join(", "))
        },
        "Run `cargo xtask manifests` and look at the difference.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = r#"{"kind":"Service","metadata":{"name":"a","labels":{"x":"y"}}}"#;
    const HELMS: &str = r#"{"kind":"List","items":[{"kind":"Service","metadata":{"name":"a",
        "labels":{"x":"y","helm.sh/chart":"todo-app-0.1.0","app.kubernetes.io/managed-by":"Helm"},
        "annotations":{"checksum/config":"12"}}}]}"#;

    #[test]
    fn labels_and_checksums_of_helm_are_no_difference() {
        assert_eq!(judge(&objects(HELMS), &objects(OURS)).measured, "1 objects equal");
    }

    #[test]
    fn an_object_that_is_missing_or_different_is_named() {
        let other = r#"{"kind":"Service","metadata":{"name":"a","labels":{"x":"z"}}} {"kind":"Pod","metadata":{"name":"b"}}"#;

        assert_eq!(judge(&objects(HELMS), &objects(other)).measured, "differ: Pod b, Service a");
    }

    #[test]
    fn secrets_are_not_looked_at() {
        let secret = r#"{"kind":"Secret","metadata":{"name":"s"},"data":{"a":"b"}}"#;

        assert!(objects(secret).is_empty());
    }
}
