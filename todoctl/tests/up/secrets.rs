//! No secret value is in any output, log, argument or saved file, whatever the programs that we run print.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::machine::{Machine, Run};

const PASSWORD: &str = "S3cr3t%2FPassw0rd";
const AUTH_SECRET: &str = "an-auth-secret-of-more-than-32-characters";
const MODEL_KEY: &str = "sk-proj-abcdefghijklmnopqrstuvwxyz";

fn database() -> String {
    format!("postgresql://todo:{PASSWORD}@db.example:5432/todo")
}

/// Every form in which a secret could show.
fn forms() -> Vec<String> {
    let plain = [database(), PASSWORD.replace("%2F", "/"), AUTH_SECRET.into(), MODEL_KEY.into()];
    let encoded = plain.iter().map(|value| STANDARD.encode(value));
    plain.iter().cloned().chain(encoded).chain([PASSWORD.to_owned()]).collect()
}

fn machine(marks: &[&str]) -> Machine {
    Machine::with(marks)
        .env("DATABASE_URL", &database())
        .env("BETTER_AUTH_SECRET", AUTH_SECRET)
        .env("OPENAI_API_KEY", MODEL_KEY)
}

fn look(machine: &Machine, run: &Run) {
    for secret in forms() {
        assert!(!run.text.contains(&secret), "{secret} was shown:\n{}", run.text);
        assert!(!machine.read("calls").contains(&secret), "{secret} was an argument");
        assert!(!machine.saved().contains(&secret), "{secret} was saved");
        assert!(!machine.read("values.json").contains(&secret), "{secret} went to Helm");
    }
}

#[test]
fn a_run_that_goes_well_shows_none() {
    let machine = machine(&["minikube", "ingress"]);

    let run = machine.up(&[]);

    run.expect(0, &["the language model of OPENAI_API_KEY (given)"]);
    assert!(machine.read("secret.json").contains(&STANDARD.encode(MODEL_KEY)));
    look(&machine, &run);
}

#[test]
fn programs_that_print_secrets_when_they_fail_are_not_repeated() {
    let machine = machine(&["minikube", "ingress"]);
    machine.write("leak", &forms().join("\n"));

    let run = machine.up(&[]);

    run.expect(1, &["could not install the chart", "[hidden]"]);
    assert!(machine.saved().contains("[hidden]"), "the builder's log");
    look(&machine, &run);
}

#[test]
fn a_secret_that_only_the_cluster_knows_is_hidden_too() {
    let machine = machine(&["minikube", "ingress"]);
    machine.up(&[]).expect(0, &[]);
    let machine = machine.forget_env();
    machine.write("leak", &forms().join("\n"));

    let run = machine.up(&[]);

    run.expect(1, &["[hidden]"]);
    look(&machine, &run);
}

#[test]
fn the_programs_that_are_started_do_not_inherit_them() {
    let machine = machine(&["minikube", "ingress"]);

    machine.up(&[]).expect(0, &[]);

    assert!(!machine.is("has-secrets"), "a stand-in found a secret in its environment");
}

#[test]
fn a_password_that_is_also_a_name_does_not_stop_the_run() {
    for password in ["postgres", "todo-app", "review"] {
        let url = format!("postgresql://postgres:{password}@db.example/todo");
        let machine = Machine::with(&["minikube", "ingress"]).env("DATABASE_URL", &url);

        machine.up(&[]).expect(0, &["The app: http://todo.local"]);

        assert!(!machine.read("calls").contains(&format!(":{password}@")));
    }
}
