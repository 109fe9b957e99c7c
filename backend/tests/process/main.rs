//! The program `backend` while its database comes late, goes, and comes back. Needs a PostgreSQL server
//! (`TEST_POSTGRES_URL`).

use todo_testing::{EmptyPostgres, Gate, Program};

const SECRET: &str = "only-for-these-tests-0123456789abcdef";

fn backend(arguments: &[&str], settings: &[(&str, &str)]) -> Program {
    Program::start(env!("CARGO_BIN_EXE_backend"), arguments, settings)
}

/// As in a pod, on a port that the system picks.
fn serve(database: &str) -> Program {
    let settings = [
        ("LISTEN", "127.0.0.1:0"),
        ("DATABASE_URL", database),
        ("BETTER_AUTH_SECRET", SECRET),
        ("NODE_ENV", "production"),
    ];
    backend(&[], &settings)
}

/// As in an init container: the addresses of the database and nothing else.
fn migrate(database: &str, wait: &str) -> Program {
    backend(&["migrate", "--wait", wait], &[("DATABASE_URL", database), ("NODE_ENV", "production")])
}

/// An empty database behind a gate that is shut.
async fn behind_a_gate() -> Option<(EmptyPostgres, Gate, String)> {
    let database = EmptyPostgres::create().await?;
    let gate = Gate::shut_before(database.server()).await;
    let url = database.url_through(&gate);
    Some((database, gate, url))
}

#[tokio::test]
async fn a_backend_lives_through_whatever_its_database_does() {
    let Some((database, mut gate, url)) = behind_a_gate().await else { return };

    // It is not there yet.
    let running = serve(&url);
    running.answers("/health/ready", 503).await;
    running.answers("/health", 200).await;
    let address = running.address().await;
    let health = || backend(&["health"], &[("LISTEN", &address), ("DATABASE_URL", &url)]).ended();
    assert!(!health().await.0.success());

    // It is there, and has no tables.
    gate.open().await;
    running.answers("/health/ready", 503).await;
    assert!(migrate(&url, "30").ended().await.0.success());
    running.answers("/health/ready", 200).await;
    assert!(running.said("ready").await["start_ms"].is_u64());
    assert!(health().await.0.success());

    // It goes, and comes back.
    gate.shut().await;
    running.answers("/health/ready", 503).await;
    running.answers("/health", 200).await;
    gate.open().await;
    running.answers("/health/ready", 200).await;
    running.said("ready again").await;

    running.terminate();
    let (status, log) = running.ended().await;
    assert!(status.success());
    assert!(!log.contains(Gate::PASSWORD) && !log.contains(SECRET), "{log}");
    database.tear_down().await;
}

#[tokio::test]
async fn a_migration_waits_for_its_database_and_says_so() {
    let Some((database, mut gate, url)) = behind_a_gate().await else { return };

    let migration = migrate(&url, "30");
    migration.said("waiting for the database postgresql://").await;
    gate.open().await;
    let (status, log) = migration.ended().await;

    assert!(status.success());
    assert!(log.contains("the database is migrated"), "{log}");
    assert!(!log.contains(Gate::PASSWORD), "{log}");
    database.tear_down().await;
}

#[tokio::test]
async fn a_migration_ends_with_one_sentence_when_its_patience_or_hope_does() {
    let Some((database, mut gate, url)) = behind_a_gate().await else { return };

    let (impatient, told) = migrate(&url, "0").ended().await;
    gate.open().await;
    let (hopeless, refused) = migrate(&format!("{url}_of_nobody"), "60").ended().await;

    assert_eq!((impatient.code(), hopeless.code()), (Some(1), Some(1)));
    assert!(told.contains("could not be reached within 0 s"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(
        refused.contains("refuses us: database") && refused.contains("does not exist"),
        "{refused}"
    );
    assert_eq!(refused.lines().count(), 1, "{refused}");
    assert!(!refused.contains(Gate::PASSWORD), "{refused}");
    database.tear_down().await;
}

#[tokio::test]
async fn a_migration_that_waits_can_be_stopped() {
    let Some((database, _gate, url)) = behind_a_gate().await else { return };

    let migration = migrate(&url, "60");
    migration.said("waiting for the database").await;
    migration.terminate();
    let (status, log) = migration.ended().await;

    assert_eq!(status.code(), Some(1));
    assert!(log.contains("told to stop before the database was migrated"), "{log}");
    database.tear_down().await;
}

/// Somebody copies `k8s/secrets.yaml.template` and forgets a value.
#[tokio::test]
async fn a_placeholder_of_the_secrets_template_is_refused_by_its_name() {
    let template = include_str!("../../../k8s/secrets.yaml.template");
    let placeholders: Vec<(&str, &str)> = template
        .lines()
        .filter_map(|line| line.trim().split_once(": "))
        .map(|(key, value)| (key, value.trim_matches('"')))
        .filter(|(key, value)| !key.starts_with('#') && value.starts_with('<'))
        .collect();
    assert_eq!(placeholders.len(), 2, "{placeholders:?}");

    for (key, placeholder) in placeholders {
        let mut settings = vec![
            ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing"),
            ("BETTER_AUTH_SECRET", SECRET),
            ("LISTEN", "127.0.0.1:0"),
            ("NODE_ENV", "production"),
        ];
        settings.retain(|(name, _)| *name != key);
        settings.push((key, placeholder));

        let (status, log) = backend(&[], &settings).ended().await;

        assert!(!status.success());
        assert!(log.contains(key), "{key}: {log}");
    }
}
