//! Images are built where that is useful, and loaded only when the cluster does not run them.

use crate::machine::Machine;

#[test]
fn a_second_run_loads_nothing_and_replaces_nothing() {
    let machine = Machine::with(&["minikube", "ingress"]);
    machine
        .up(&["--dev-database"])
        .expect(0, &["loaded backend:latest, frontend:latest, mcp:latest"]);
    let (values, secret) = (machine.read("values.json"), machine.read("secret.json"));
    machine.forget_calls();

    let run = machine.up(&[]);

    run.expect(0, &["Build the images: unchanged", "it runs these already", "Pods: 5 ready"]);
    assert_eq!(machine.called("image load"), 0);
    assert_eq!(machine.called("apply"), 0);
    assert_eq!(json(&machine.read("values.json")), json(&values));
    assert_eq!(json(&machine.read("secret.json")), json(&secret));
}

/// The order of keys says nothing.
fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn only_an_image_that_has_changed_is_loaded_and_marked() {
    let machine = Machine::with(&["minikube", "ingress"]);
    machine.up(&["--dev-database"]).expect(0, &[]);
    machine.write("loaded", "");
    machine.mark("new-mcp");

    machine.up(&[]).expect(0, &["loaded mcp:latest"]);

    assert_eq!(machine.read("loaded"), "mcp:latest\n");
    let values = machine.read("values.json");
    assert!(values.contains(r#""mcp":{"image-id":"c0ffee17a3d2"}"#), "{values}");
}

#[test]
fn they_are_built_inside_a_minikube_that_runs_docker() {
    let machine = Machine::with(&["minikube-docker", "ingress"]);

    machine.up(&["--dev-database"]).expect(0, &["where its nodes look for them"]);

    assert_eq!(machine.read("built-at"), "tcp://192.168.49.2:2376\n");
    assert_eq!(machine.called("image load"), 0);
}

#[test]
fn a_cluster_of_another_kind_needs_a_way_to_load_them() {
    let machine = Machine::with(&["ingress"]);
    let flags = ["--context", "work", "--dev-database", "--address", "192.0.2.7"];
    machine.up(&flags).expect(1, &["--load-command", "--images-present"]);

    let load = ["--load-command", "kind 'load it' --into node1"];
    let run = machine.up(&[&flags[..], &load[..]].concat());

    run.expect(1, &["could not load the images (--load-command): kind ended with status 1"]);
    let last = machine.calls().into_iter().rfind(|call| call.starts_with("kind ")).unwrap();
    assert_eq!(last, "kind load it --into node1 backend:latest frontend:latest mcp:latest");
}

#[test]
fn a_build_that_fails_shows_its_end_and_where_the_rest_is() {
    let machine = Machine::with(&["minikube", "ingress", "broken-build"]);

    let run = machine.up(&["--dev-database"]);

    run.expect(1, &["the images were not built", "build.log", "error[E0308]: mismatched types"]);
    assert!(machine.saved().contains("Compiling tokio v1.54.1"));
    assert_eq!(machine.called("upgrade --install"), 0);
}
