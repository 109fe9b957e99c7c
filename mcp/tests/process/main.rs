//! The program `mcp` while its database comes late, goes, and comes back. Needs a PostgreSQL server
//! (`TEST_POSTGRES_URL`).

use todo_storage::{Database, Options};
use todo_testing::{EmptyPostgres, Gate, Program};

#[tokio::test]
async fn an_mcp_server_lives_through_whatever_its_database_does() {
    let Some(empty) = EmptyPostgres::create().await else { return };
    let mut gate = Gate::shut_before(empty.server()).await;
    let url = empty.url_through(&gate);

    // A cluster asks by the address of the pod, whatever names MCP answers to.
    let settings = [
        ("LISTEN", "127.0.0.1:0"),
        ("DATABASE_URL", url.as_str()),
        ("MCP_ALLOWED_HOSTS", "todo.example"),
    ];
    let running = Program::start(env!("CARGO_BIN_EXE_mcp"), &[], &settings);
    running.answers("/health/ready", 503).await;
    running.answers("/health", 200).await;

    gate.open().await;
    let database = Database::connect(&Options::new(empty.url())).await.unwrap();
    database.migrate().await.unwrap();
    running.answers("/health/ready", 200).await;
    running.said("ready").await;

    gate.shut().await;
    running.answers("/health/ready", 503).await;
    running.answers("/health", 200).await;
    gate.open().await;
    running.answers("/health/ready", 200).await;

    running.terminate();
    let (status, log) = running.ended().await;
    assert!(status.success());
    assert!(!log.contains(Gate::PASSWORD), "{log}");
    database.close().await.unwrap();
    empty.tear_down().await;
}
