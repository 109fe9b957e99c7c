//! Secrets are in Secrets, and each pod gets only its own.

use std::collections::BTreeSet;

use crate::{
    cluster::{
        object::{Container, PodSpec},
        snapshot::Snapshot,
    },
    verify::{
        plan::{self, MIGRATE, MIGRATE_KEYS, SECRET_KEYS},
        report::Finding,
    },
};

/// The Secret of the plan.
const SECRET: &str = "todo-secrets";

/// No key or value that looks like a secret stands in the ConfigMap or in a plain variable. The finding names keys only.
pub(super) fn plain(snapshot: &Snapshot) -> Finding {
    let in_maps = snapshot.config_maps.iter().flat_map(|map| {
        let name = &map.metadata.name;
        map.data
            .iter()
            .filter(|(key, value)| is_secret(key, value))
            .map(move |(key, _)| format!("{key} in ConfigMap {name}"))
    });
    let in_variables = containers(snapshot).flat_map(|(_, container)| {
        let plain =
            |key: &str, value: Option<&str>| value.is_some_and(|value| is_secret(key, value));
        container
            .env
            .iter()
            .filter(move |variable| plain(&variable.name, variable.value.as_deref()))
            .map(|variable| format!("{} in the environment of {}", variable.name, container.name))
    });
    let found: BTreeSet<String> = in_maps.chain(in_variables).collect();

    Finding::judged(
        found.is_empty(),
        if found.is_empty() {
            format!(
                "{} maps, {} containers",
                snapshot.config_maps.len(),
                containers(snapshot).count()
            )
        } else {
            found.into_iter().collect::<Vec<_>>().join(", ")
        },
        format!("Move them to the Secret {SECRET}, and change the values: they were readable."),
    )
}

/// A key that is secret by its name and has a value, or a value that can be nothing else.
fn is_secret(key: &str, value: &str) -> bool {
    let key = key.to_ascii_uppercase();
    let by_name = SECRET_KEYS.contains(&key.as_str())
        || ["PASSWORD", "SECRET", "API_KEY", "PRIVATE_KEY"].iter().any(|word| key.contains(word));
    let by_value = value.starts_with("sk-")
        || value.contains("PRIVATE KEY-----")
        || value
            .split_once("://")
            .and_then(|(_, rest)| rest.split(['/', '?']).next()?.split_once('@'))
            .is_some_and(|(user, _)| user.contains(':'));
    !value.is_empty() && (by_name || by_value)
}

/// Each key of a Secret goes only to the containers that need it, one by one.
pub(super) fn keys(snapshot: &Snapshot) -> Finding {
    let too_many: BTreeSet<String> =
        containers(snapshot).flat_map(|(spec, container)| too_many(spec, container)).collect();
    let given: Vec<String> = containers(snapshot)
        .map(|(_, container)| format!("{} {}", container.name, keys_of(container).count()))
        .collect();

    Finding::judged(
        too_many.is_empty(),
        if too_many.is_empty() {
            given.join(", ")
        } else {
            too_many.into_iter().collect::<Vec<_>>().join(", ")
        },
        "Give each container single keys with `secretKeyRef`, as k8s/ does.",
    )
}

/// The Secrets that containers name, in order.
pub(super) fn named(snapshot: &Snapshot) -> BTreeSet<String> {
    let named: BTreeSet<String> = containers(snapshot)
        .flat_map(|(_, container)| &container.env)
        .filter_map(|variable| variable.value_from.as_ref()?.secret_key_ref.as_ref())
        .map(|reference| reference.name.clone())
        .collect();
    if named.is_empty() { BTreeSet::from([SECRET.to_owned()]) } else { named }
}

/// What a container is given and does not need.
fn too_many(spec: &PodSpec, container: &Container) -> Vec<String> {
    let needed: &[&str] = match container.name.as_str() {
        MIGRATE => MIGRATE_KEYS,
        name => plan::PARTS.iter().find(|part| part.name == name).map_or(&[], |part| part.keys),
    };
    let name = &container.name;
    let single = keys_of(container)
        .filter(|key| !needed.contains(key))
        .map(|key| format!("{key} in {name}"));
    let whole = container
        .env_from
        .iter()
        .filter_map(|from| from.secret_ref.as_ref())
        .map(|secret| format!("all of {} in {name}", secret.name));
    let mounted = spec
        .volumes
        .iter()
        .filter_map(|volume| volume.secret.as_ref())
        .map(|secret| format!("{} mounted beside {name}", secret.secret_name));
    single.chain(whole).chain(mounted).collect()
}

fn keys_of(container: &Container) -> impl Iterator<Item = &str> {
    container
        .env
        .iter()
        .filter_map(|variable| variable.value_from.as_ref()?.secret_key_ref.as_ref())
        .map(|reference| reference.key.as_str())
}

/// The containers of the three deployments, with their pods' specifications.
fn containers(snapshot: &Snapshot) -> impl Iterator<Item = (&PodSpec, &Container)> {
    let specs = plan::PARTS
        .iter()
        .filter_map(|part| snapshot.deployment(part.name))
        .map(|deployment| &deployment.spec.template.spec);
    specs.flat_map(|spec| {
        spec.init_containers.iter().chain(&spec.containers).map(move |one| (spec, one))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_name_or_by_their_looks() {
        assert!(is_secret("DATABASE_URL", "postgresql://db/todo"));
        assert!(is_secret("SOME_PASSWORD", "x"));
        assert!(is_secret("MODEL", "sk-abcdef"));
        assert!(is_secret("UPSTREAM", "http://ana:hunter2@proxy.example/"));
        assert!(!is_secret("BACKEND_URL", "http://backend-service:8000"));
        assert!(!is_secret("BETTER_AUTH_SECRET", ""));
        assert!(!is_secret("ca.crt", "-----BEGIN CERTIFICATE-----"));
        assert!(!is_secret("MCP_SERVER_URL", "http://mcp-service:8001/@me:x"));
    }
}
