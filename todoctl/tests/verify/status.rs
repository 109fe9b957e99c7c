//! One screen on how it is.

use crate::{app::App, machine::Machine};

#[test]
fn a_healthy_stack_fits_one_screen() {
    let (machine, app) = (Machine::with(&[]), App::start());

    let run = machine.run(&["status", "--address", app.address()]);

    run.expect(
        0,
        &[
            "todo-app on minikube, Kubernetes v1.36.3",
            "Release   todo-app, revision 2, deployed, chart todo-app-0.1.0",
            "answers at 127.0.0.1:",
            "mcp-7f59bbc56-n9dtt",
            "Nothing is wrong.",
        ],
    );
    assert!(run.stdout.lines().count() <= 20, "{}", run.stdout);
}

#[test]
fn a_host_that_does_not_answer_is_what_is_wrong() {
    let run = Machine::with(&[]).run(&["status", "--address", "127.0.0.1:1"]);

    run.expect(1, &["todo.local does not answer: 127.0.0.1:1", "minikube addons enable ingress"]);
}

#[test]
fn nothing_installed_is_one_sentence() {
    Machine::with(&["empty"]).run(&["status"]).expect(2, &["holds nothing of the app"]);
}
