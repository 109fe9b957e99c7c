//! Which cluster is acted on, and what happens to it only after a yes.

use crate::machine::Machine;

#[test]
fn a_cluster_is_made_after_a_yes_with_what_the_plan_needs() {
    let machine = Machine::with(&[]);

    let run = machine.up(&["--dev-database", "--yes"]);

    run.expect(
        0,
        &[
            "Create a Minikube cluster with 6 CPUs and 4096 MiB? yes",
            "This acts on the Minikube cluster minikube, driver docker, runtime containerd",
            "The app: http://todo.local",
            "echo \"192.168.49.2 todo.local\" | sudo tee -a /etc/hosts",
        ],
    );
    assert_eq!(machine.called("start --keep-context --output=json --driver=docker --cpus=6"), 1);
    assert_eq!(machine.called("addons enable traefik"), 1);
    let values = machine.read("values.json");
    assert!(values.contains(r#""ingressClassName":"traefik""#), "{values}");
}

#[test]
fn without_a_terminal_and_without_a_yes_no_cluster_is_made() {
    let machine = Machine::with(&[]);

    let run = machine.up(&["--dev-database"]);

    run.expect(1, &["needs an answer", "--yes", "--context", "Nothing was changed"]);
    assert_eq!(machine.called("minikube --profile minikube start"), 0);
}

#[test]
fn a_cluster_that_is_stopped_is_started_after_a_yes() {
    let machine = Machine::with(&["minikube-stopped", "ingress"]);

    machine.up(&["--dev-database"]).expect(1, &["Start the Minikube cluster minikube", "--yes"]);
    machine.up(&["--dev-database", "--yes"]).expect(0, &["The app:"]);

    assert_eq!(machine.called("start --keep-context --output=json"), 1);
    assert_eq!(machine.called("--driver=docker"), 0);
}

#[test]
fn why_minikube_does_not_start_is_its_own_reason_and_advice() {
    let machine = Machine::with(&["start-fails"]);

    let run = machine.up(&["--dev-database", "--yes"]);

    run.expect(
        1,
        &[
            "could not start Minikube: Docker Desktop has only 3072MB memory",
            "Choose a smaller value for --memory",
            "minikube delete --profile minikube",
        ],
    );
}

#[test]
fn with_kind_the_current_context_stays_what_it_was() {
    let machine = Machine::with(&[]).without("minikube");

    let run = machine.up(&["--dev-database", "--yes"]);

    run.expect(0, &["Create a kind cluster", "Traefik", "The app: http://todo.local"]);
    assert!(machine.read("kind.yaml").contains("hostPort: 80"));
    let calls = machine.calls().join("\n");
    assert!(calls.contains("kubectl config use-context work"), "{calls}");
    assert!(
        calls.contains("kind load docker-image frontend:latest backend:latest mcp:latest")
            || calls.contains("kind load docker-image backend:latest frontend:latest mcp:latest")
    );
    assert!(calls.contains("ports.web.hostPort=80"), "{calls}");
}

#[test]
fn a_cluster_that_does_not_answer_is_told_in_a_sentence() {
    let machine = Machine::with(&["minikube", "unreachable"]);

    let run = machine.up(&["--dev-database"]);

    run.expect(1, &["the cluster cannot be reached", "no route to host", "Nothing was changed"]);
}

#[test]
fn a_context_that_does_not_exist_is_told_with_those_that_do() {
    let machine = Machine::with(&[]);

    let run = machine.up(&["--context", "wrok", "--dev-database"]);

    run.expect(1, &["the kubeconfig has no context wrok; there are: minikube, work"]);
}

#[test]
fn a_cluster_that_is_too_small_gets_small_requests_or_a_sentence() {
    let machine = Machine::with(&["minikube", "ingress", "small-nodes"]);

    let run = machine.up(&["--dev-database"]);
    run.expect(1, &["4.5 CPU and 2304 MiB", "1.25 CPU", "--requests small", "Nothing was changed"]);

    let run = machine.up(&["--dev-database", "--requests", "small"]);
    run.expect(0, &["the pods ask for 0.45 CPU", "The app:"]);
    assert_eq!(machine.called("helm --kube-context minikube --namespace todo-app upgrade"), 1);
    assert!(
        machine
            .calls()
            .iter()
            .any(|call| call.contains("upgrade") && call.contains("values-dev.yaml"))
    );
}

#[test]
fn an_ingress_with_tls_is_told_with_its_own_address() {
    let machine = Machine::with(&["minikube", "ingress", "tls"]);

    machine.up(&["--dev-database"]).expect(0, &["The app: https://todo.local\n"]);

    let flags = ["--dev-database", "--address", "192.0.2.7:8443"];
    machine.up(&flags).expect(0, &["The app: https://todo.local:8443\n"]);
}
