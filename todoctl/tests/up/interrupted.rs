//! Ctrl-C in the middle: nothing that was started goes on, and what is there is said.

use std::process::Command;

use crate::machine::{Machine, Run};

#[test]
fn ctrl_c_stops_helm_and_says_what_is_there_and_how_to_go_on_or_back() {
    let machine = Machine::with(&["slow-helm"]);
    let running = machine.start(&["--dev-database", "--yes"]);
    machine.wait_for("helm-pid");
    let helm = machine.read("helm-pid").trim().to_owned();

    interrupt(running.id());
    let run = Run::of(running.wait_with_output().unwrap());

    run.expect(
        130,
        &[
            "Stopped. What is there now:",
            "cluster    the Minikube cluster minikube",
            "made by this run",
            "images     built, and in the cluster",
            "namespace  todo-app",
            "release    none",
            "the same `todoctl up` again",
            "todoctl down --context minikube",
            "minikube delete --profile minikube",
        ],
    );
    assert!(machine.is("helm-interrupted"), "helm was not asked to stop");
    assert!(!runs(&helm), "helm still runs");
}

#[test]
fn after_ctrl_c_the_next_run_goes_on_from_there() {
    let machine = Machine::with(&["slow-helm", "minikube", "ingress"]);
    let running = machine.start(&["--dev-database"]);
    machine.wait_for("helm-pid");
    interrupt(running.id());
    Run::of(running.wait_with_output().unwrap()).expect(130, &["Stopped."]);
    std::fs::remove_file(machine.mark_path("slow-helm")).unwrap();

    machine.up(&["--dev-database"]).expect(0, &["The app: http://todo.local"]);
}

/// What the terminal sends for Ctrl-C, to this process alone.
fn interrupt(process: u32) {
    let sent = Command::new("kill").args(["-INT", &process.to_string()]).status().unwrap();
    assert!(sent.success());
}

fn runs(process: &str) -> bool {
    Command::new("kill").args(["-0", process]).output().unwrap().status.success()
}
