//! What is missing is named, all of it at once, with the way to get it.

use crate::machine::Machine;

#[test]
fn without_minikube_and_kind_there_is_no_cluster_to_make() {
    let machine = Machine::with(&[]).without("minikube").without("kind");

    let run = machine.up(&["--dev-database", "--yes"]);

    run.expect(1, &["there is no minikube (nor kind)", "--context NAME", "Nothing was changed"]);
    assert_eq!(machine.called("apply"), 0);
}

#[test]
fn a_minikube_that_is_too_old_is_not_called_missing() {
    let machine = Machine::with(&["old-minikube"]).without("kind");

    let run = machine.up(&["--dev-database", "--yes"]);

    run.expect(1, &["minikube 1.31.2 is too old: 1.32.0 or newer is needed", "--context NAME"]);
}

#[test]
fn a_docker_that_does_not_run_is_told_with_the_way_to_start_it() {
    let machine = Machine::with(&["docker-stopped"]);

    let run = machine.up(&["--dev-database", "--yes"]);

    run.expect(1, &["Docker is installed but does not answer", "start it with: ", "docker.sock"]);
}

#[test]
fn everything_that_is_missing_is_told_at_once() {
    let machine = Machine::with(&["old-minikube"]).without("helm").without("docker");

    let run = machine.up(&["--cluster", "minikube", "--dev-database"]);

    run.expect(
        1,
        &["helm is not installed", "docker is not installed", "minikube 1.31.2 is too old: 1.32.0"],
    );
}

#[test]
fn only_what_the_chosen_way_needs_is_asked_for() {
    let machine = Machine::with(&["docker-stopped", "ingress"])
        .without("minikube")
        .without("kind")
        .env("DATABASE_URL", crate::DATABASE_URL);

    let flags = ["--context", "work", "--images-present", "--address", "192.0.2.7"];
    let run = machine.up(&flags);

    run.expect(0, &["--images-present", "The app: http://todo.local"]);
    assert_eq!(machine.called("docker buildx bake"), 0);
}

#[test]
fn outside_of_a_checkout_it_says_what_it_misses() {
    let machine = Machine::with(&[]);

    let run = machine.up(&["--source", "/"]);

    run.expect(1, &["/ is no checkout of this repository", "Nothing was changed"]);
}

#[test]
fn programs_that_are_too_old_are_told_all_at_once() {
    let machine = Machine::with(&["old-docker", "old-kubectl", "old-kind"]);

    let run = machine.up(&["--cluster", "kind", "--dev-database"]);

    run.expect(
        1,
        &[
            "docker's engine 19.3.15 is too old: 20.10.0 or newer is needed",
            "kubectl 1.27.16 is too old: 1.28.0 or newer is needed",
            "kind 0.19.0 is too old: 0.20.0 or newer is needed",
            "Nothing was changed",
        ],
    );
}
