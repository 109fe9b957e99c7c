//! What is there already is recognised, and what cannot heal ends the wait at once.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::machine::Machine;

#[test]
fn a_database_that_refuses_us_is_told_within_seconds_in_its_own_words() {
    let machine = Machine::with(&["minikube", "ingress", "wrong-database"])
        .env("DATABASE_URL", crate::DATABASE_URL);
    let started = Instant::now();

    let run = machine.up(&[]);

    run.expect(
        1,
        &[
            "migrate ended",
            "refuses us: password authentication failed for user \"todo\"",
            "Correct DATABASE_URL",
            "What is there now:",
            "todoctl down --context minikube --namespace todo-app",
        ],
    );
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[test]
fn an_installation_that_was_interrupted_is_removed_and_made_anew() {
    let machine = Machine::with(&["minikube", "ingress", "stuck"]);

    let run = machine.up(&["--dev-database"]);

    run.expect(0, &["an installation was interrupted (pending-install)", "The app:"]);
    assert_eq!(machine.called("uninstall todo-app"), 1);
}

#[test]
fn an_upgrade_that_was_interrupted_is_rolled_back_and_made_again() {
    let machine = Machine::with(&["minikube", "ingress", "installed", "stuck-upgrade"]);

    let run = machine.up(&["--dev-database"]);

    run.expect(0, &["an upgrade was interrupted (pending-upgrade); rolled back to revision 1"]);
    assert_eq!(machine.called("rollback todo-app 1"), 1);
    assert_eq!(machine.called("upgrade --install todo-app"), 1);
}

#[test]
fn manifests_over_a_helm_release_are_refused() {
    let machine = Machine::with(&["minikube", "ingress", "installed"])
        .env("DATABASE_URL", crate::DATABASE_URL);

    machine.up(&["--manifests"]).expect(1, &["was installed with Helm: leave out --manifests"]);
}

#[test]
fn manifests_are_applied_by_the_server_marked_with_their_images_and_secrets() {
    let machine = Machine::with(&["minikube", "ingress"])
        .without("helm")
        .env("DATABASE_URL", crate::DATABASE_URL);

    machine.up(&["--manifests"]).expect(0, &["k8s/ is applied", "The app: http://todo.local"]);

    let applied: Value = serde_json::from_str(&machine.read("applied.json")).unwrap();
    assert_eq!(applied["items"][0]["kind"], "Namespace");
    let backend = applied["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["metadata"]["name"] == "backend");
    let marks = &backend.unwrap()["spec"]["template"]["metadata"]["annotations"];
    assert_eq!(marks["image-id"], "ee2c4421dd69");
    assert!(marks["secrets-revision"].is_string());
    assert!(machine.is("secret.json"));
    assert_eq!(
        machine.called("kubectl --context minikube --namespace todo-app apply --server-side"),
        3
    );
}

#[test]
fn a_release_of_another_name_ends_the_run_before_anything_is_stored() {
    let machine = Machine::with(&["minikube", "ingress", "installed", "other-release"])
        .env("DATABASE_URL", crate::DATABASE_URL);

    let run = machine.up(&[]);

    run.expect(1, &["belongs to the Helm release tasks", "helm uninstall tasks", "--namespace"]);
    assert_eq!(machine.called("apply"), 0);
    assert_eq!(machine.called("upgrade --install"), 0);
}
