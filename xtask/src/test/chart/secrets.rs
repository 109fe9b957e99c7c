//! Each key of a Secret goes only to the containers that need it, and no secret value stands anywhere else.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::Value;

use super::scene::Scene;
use crate::{
    chart::{Object, Pod},
    findings::Findings,
};

/// What each container of an object may read; those that are not named read nothing.
const MAY_READ: &[(&str, &[&str])] = &[
    (
        "backend/backend",
        &[
            "DATABASE_URL",
            "DATABASE_DIRECT_URL",
            "BETTER_AUTH_SECRET",
            "BETTER_AUTH_URL",
            "OPENAI_API_KEY",
        ],
    ),
    ("backend/migrate", &["DATABASE_URL", "DATABASE_DIRECT_URL"]),
    ("mcp/mcp", &["DATABASE_URL", "BETTER_AUTH_URL"]),
    ("postgres/postgres", &["POSTGRES_PASSWORD"]),
];

/// What they cannot do without.
const MUST_READ: &[(&str, &[&str])] = &[
    ("backend/backend", &["DATABASE_URL", "BETTER_AUTH_SECRET", "BETTER_AUTH_URL"]),
    ("backend/migrate", &["DATABASE_URL"]),
    ("mcp/mcp", &["DATABASE_URL", "BETTER_AUTH_URL"]),
    ("postgres/postgres", &["POSTGRES_PASSWORD"]),
];

/// Every secret that the tests give has these words in it.
pub(super) const MARK: &str = "only-a-test";

/// Looks at every rendering.
pub(super) fn look(scene: &Scene<'_>) -> Result<Findings> {
    let mut found = BTreeSet::new();
    for (case, rendered) in &scene.all {
        let misuse = rendered.pods().flat_map(misuse).chain(rendered.objects().filter_map(spilled));
        found.extend(misuse.map(|what| format!("{}: {what}", case.name)));
    }
    Ok(found.into_iter().collect())
}

/// What a pod reads and must not, or does not read and must.
fn misuse(pod: Pod<'_>) -> Findings {
    let owner = pod.owner.title();
    let mut found = Findings::new();
    let volumes = pod.spec["volumes"].as_array().into_iter().flatten();
    if volumes.into_iter().any(|volume| volume.to_string().contains("\"secret")) {
        found.push(format!("{owner} mounts a Secret as a whole"));
    }

    for (name, container) in pod.containers() {
        let sources = container["envFrom"].as_array().into_iter().flatten();
        if sources.into_iter().any(|source| source["secretRef"].is_object()) {
            found.push(format!("{owner}, container {name}: gets a Secret as a whole"));
        }
        let (read, place) = (keys(container), format!("{}/{name}", pod.owner.name()));
        for key in read.difference(&listed(MAY_READ, &place)) {
            found.push(format!("{owner}, container {name}: reads {key} and does not need it"));
        }
        for key in listed(MUST_READ, &place).difference(&read) {
            found.push(format!("{owner}, container {name}: does not get {key}"));
        }
    }
    found
}

/// The keys of Secrets in the environment of a container.
fn keys(container: &Value) -> BTreeSet<&str> {
    let environment = container["env"].as_array().into_iter().flatten();
    environment.filter_map(|entry| entry.pointer("/valueFrom/secretKeyRef/key")?.as_str()).collect()
}

fn listed(table: &[(&str, &[&'static str])], place: &str) -> BTreeSet<&'static str> {
    let row = table.iter().find(|(named, _)| *named == place);
    row.into_iter().flat_map(|(_, keys)| keys.iter().copied()).collect()
}

/// A secret value outside a Secret.
fn spilled(object: &Object) -> Option<String> {
    let text = object.0.to_string();
    (object.kind() != "Secret" && text.contains(MARK))
        .then(|| format!("{} has a secret value in it", object.title()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pod(container: &Value) -> Object {
        Object(json!({
            "kind": "Pod",
            "metadata": { "name": "mcp" },
            "spec": { "containers": [container] }
        }))
    }

    fn reads(key: &str) -> Value {
        json!({ "name": key, "valueFrom": { "secretKeyRef": { "name": "todo-secrets", "key": key } } })
    }

    #[test]
    fn a_container_that_reads_what_it_does_not_need_is_found() {
        let object = pod(&json!({ "name": "frontend", "env": [reads("OPENAI_API_KEY")] }));

        let found = misuse(object.pod().unwrap());

        assert_eq!(
            found,
            ["Pod/mcp, container frontend: reads OPENAI_API_KEY and does not need it"]
        );
    }

    #[test]
    fn a_container_that_lacks_what_it_needs_is_found() {
        let object = pod(&json!({ "name": "mcp", "env": [reads("DATABASE_URL")] }));

        let found = misuse(object.pod().unwrap());

        assert_eq!(found, ["Pod/mcp, container mcp: does not get BETTER_AUTH_URL"]);
    }

    #[test]
    fn a_secret_that_is_handed_over_as_a_whole_is_found() {
        let whole =
            json!({ "name": "x", "envFrom": [{ "secretRef": { "name": "todo-secrets" } }] });

        assert_eq!(misuse(pod(&whole).pod().unwrap()).len(), 1);
    }

    #[test]
    fn a_secret_value_is_found_everywhere_but_in_a_secret() {
        let object = |kind| Object(json!({ "kind": kind, "data": { "X": "only-a-test-secret" } }));

        assert!(spilled(&object("ConfigMap")).is_some());
        assert!(spilled(&object("Secret")).is_none());
    }
}
