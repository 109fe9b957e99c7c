//! Taking the app away, and what is never taken away.

use crate::machine::Machine;

#[test]
fn what_goes_and_what_stays_is_said_and_nothing_happens_without_a_yes() {
    let machine = Machine::with(&["volume"]);

    let run = machine.run(&["down"]);

    run.expect(
        1,
        &[
            "Helm release todo-app (recorded in the namespace todo-app)",
            "Deployment backend, frontend, mcp",
            "Kept (--remove-data takes it, too):",
            "volume data-postgres-0 with the database",
            "--yes",
        ],
    );
    assert!(!machine.called("uninstall todo-app") && !machine.called("delete"));
}

#[test]
fn data_is_kept_by_default() {
    let machine = Machine::with(&["volume"]);

    machine.run(&["down", "--yes"]).expect(0, &["brings it back with its data"]);

    assert!(machine.called("helm --namespace todo-app uninstall todo-app"));
    assert!(!machine.called("persistentvolumeclaim/data-postgres-0"));
    assert!(!machine.called("secret/todo-secrets"));
}

#[test]
fn pods_of_failed_helm_tests_go_from_the_namespace_of_the_release() {
    let machine = Machine::with(&["bare"]);

    machine.run(&["down", "--yes"]).expect(0, &["recorded in the namespace default"]);

    assert!(machine.called("helm --namespace default uninstall todo-app"));
    let tests = "app.kubernetes.io/name=todo-app,app.kubernetes.io/instance=todo-app,app.kubernetes.io/component=test";
    assert!(machine.called(&format!("kubectl delete pods --namespace default --selector={tests}")));
}

#[test]
fn data_is_removed_when_that_is_asked_for_and_the_namespace_stays_for_others() {
    let machine = Machine::with(&["volume"]);

    let run = machine.run(&["down", "--remove-data", "--yes"]);

    run.expect(0, &["The app is gone."]);
    assert!(machine.called(
        "delete persistentvolumeclaim/data-postgres-0 secret/todo-postgres secret/todo-secrets"
    ));
    assert!(machine.called("delete namespace todo-app"));
}

#[test]
fn nothing_there_is_no_failure() {
    let machine = Machine::with(&["empty"]);

    machine.run(&["down", "--yes"]).expect(0, &["nothing of the app is in the namespace todo-app"]);

    assert!(!machine.called("delete"));
}

#[test]
fn objects_of_helm_are_not_taken_away_without_helm() {
    let machine = Machine::with(&[]).without("helm");

    machine
        .run(&["down", "--yes"])
        .expect(1, &["installed with Helm, and helm is not on the PATH"]);

    assert!(!machine.called("delete"));
}

#[test]
fn a_minikube_or_kind_cluster_can_go_as_a_whole() {
    let minikube = Machine::with(&[]);
    minikube
        .run(&["down", "--delete-cluster", "--yes"])
        .expect(0, &["the Minikube cluster minikube is gone"]);
    assert!(minikube.called("minikube delete --profile minikube"));

    let kind = Machine::with(&["kind"]);
    kind.run(&["down", "--delete-cluster", "--yes"]).expect(0, &["the kind cluster todo is gone"]);
    assert!(kind.called("kind delete cluster --name todo"));
}

#[test]
fn a_cluster_of_another_kind_is_never_deleted() {
    let machine = Machine::with(&[]);

    let run = machine.run(&["down", "--delete-cluster", "--yes", "--context", "production"]);

    run.expect(1, &["production is neither"]);
    assert!(!machine.called(" delete"));
}
