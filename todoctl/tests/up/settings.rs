//! Where the database and the secrets come from.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::machine::Machine;

#[test]
fn a_database_url_that_cannot_work_is_refused_before_anything_is_built() {
    for (url, reason) in [
        ("sqlite:///home/ana/todo.db", "is a SQLite file"),
        ("postgresql://todo:hunter2@localhost/todo", "is the pod itself"),
        ("mysql://todo:hunter2@db.example/todo", "begins with mysql://"),
    ] {
        let machine = Machine::with(&["minikube", "ingress"]).env("DATABASE_URL", url);

        let run = machine.up(&[]);

        run.expect(1, &[reason, "Nothing was changed"]);
        assert_eq!(machine.called("docker buildx bake"), 0);
        assert!(!run.text.contains("hunter2"), "{}", run.text);
    }
}

#[test]
fn it_is_refused_and_asked_for_before_a_cluster_is_made() {
    let machine = Machine::with(&[]).env("DATABASE_URL", "sqlite:///home/ana/todo.db");
    machine.up(&["--yes"]).expect(1, &["is a SQLite file", "Nothing was changed"]);
    assert_eq!(machine.called("start"), 0);
    let machine = machine.forget_env();

    let run = machine.up(&["--yes"]);

    run.expect(0, &["Where are the tasks to be kept? PostgreSQL in the cluster"]);
    let at = |part: &str| run.text.find(part).unwrap();
    assert!(at("Where are the tasks") < at("Create the Minikube cluster:"), "{}", run.text);
}

#[test]
fn without_a_database_and_without_a_terminal_it_says_the_ways() {
    let machine = Machine::with(&["minikube", "ingress"]);

    let run = machine.up(&[]);

    run.expect(1, &["set DATABASE_URL in the environment", "--secrets-file", "--dev-database"]);
}

#[test]
fn a_file_of_secrets_is_read_and_its_openness_is_told() {
    use std::os::unix::fs::PermissionsExt as _;

    let machine = Machine::with(&["minikube", "ingress"]);
    machine.write("secrets.env", &format!("DATABASE_URL={}\n", crate::DATABASE_URL));
    let file = machine.mark_path("secrets.env");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();

    let run = machine.up(&["--secrets-file", file.to_str().unwrap()]);

    run.expect(
        0,
        &["Other users of this machine can read", "the database of DATABASE_URL (given)"],
    );
    assert!(machine.read("secret.json").contains("DATABASE_URL"));
}

#[test]
fn what_the_cluster_knows_stays_when_it_is_not_given_again() {
    let machine = Machine::with(&["minikube", "ingress"]).env("DATABASE_URL", crate::DATABASE_URL);
    machine.up(&[]).expect(0, &[]);
    let secret = machine.read("secret.json");
    let machine = machine.forget_env();

    machine.up(&[]).expect(0, &["the database of DATABASE_URL (from the cluster)"]);

    assert_eq!(machine.read("secret.json"), secret);
}

#[test]
fn a_database_in_the_cluster_is_not_left_by_a_variable_alone() {
    let machine = Machine::with(&["minikube", "ingress"]);
    machine.up(&["--dev-database"]).expect(0, &[]);
    let machine = machine.env("DATABASE_URL", crate::DATABASE_URL);

    let run = machine.up(&[]);

    run.expect(1, &["The app uses PostgreSQL in the cluster", "unset DATABASE_URL"]);
}

#[test]
fn an_app_that_was_taken_down_comes_back_with_the_database_that_was_kept() {
    let machine = Machine::with(&["minikube", "ingress", "kept-database"]);

    machine.up(&[]).expect(0, &["PostgreSQL in the cluster"]);

    assert!(machine.read("values.json").contains(r#""postgresql":{"enabled":true}"#));
}

/// A machine whose release reads a Secret that somebody keeps for it.
fn with_a_secret_of_their_own() -> Machine {
    let machine = Machine::with(&["minikube", "ingress", "installed"]);
    machine.write("values.json", r#"{"secrets":{"existingSecret":"my-own"}}"#);
    let url = STANDARD.encode(crate::DATABASE_URL);
    let auth = STANDARD.encode("an-auth-secret-of-more-than-32-characters");
    let secret = format!(
        r#"{{"kind":"Secret","metadata":{{"name":"my-own","resourceVersion":"7"}},"data":{{"DATABASE_URL":"{url}","BETTER_AUTH_SECRET":"{auth}"}}}}"#
    );
    machine.write("my-own.json", &secret);
    machine
}

#[test]
fn a_secret_of_their_own_stays_what_the_release_reads_and_is_never_written() {
    let machine = with_a_secret_of_their_own().env("DATABASE_URL", crate::DATABASE_URL);

    machine.up(&[]).expect(0, &["the database of DATABASE_URL (from the cluster)", "The app:"]);

    let values = machine.read("values.json");
    assert!(values.contains(r#""existingSecret":"my-own""#), "{values}");
    assert!(!machine.is("secret.json"), "a Secret was written");
}

#[test]
fn what_would_change_a_secret_of_their_own_is_refused_with_the_way_to_change_it() {
    let machine = with_a_secret_of_their_own()
        .env("DATABASE_URL", "postgresql://todo:hunter2-hunter2@elsewhere.example/todo");

    let run = machine.up(&[]);

    run.expect(1, &["reads the Secret my-own", "DATABASE_URL", "edit secret my-own"]);
    assert!(!machine.is("secret.json"), "a Secret was written");
    assert_eq!(machine.called("upgrade --install"), 0);
    machine.forget_env().up(&[]).expect(0, &["The app:"]);
}

#[test]
fn a_secret_of_their_own_that_is_not_there_is_not_made() {
    let machine = with_a_secret_of_their_own();
    std::fs::remove_file(machine.mark_path("my-own.json")).unwrap();

    machine.up(&["--dev-database"]).expect(1, &["Secret my-own", "BETTER_AUTH_SECRET"]);

    assert_eq!(machine.called("apply"), 0);
}
