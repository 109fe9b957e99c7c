//! Reports: who passes, what fails, and what it looks like when nothing can be said.

use serde_json::Value;

use crate::{
    app::App,
    machine::{Machine, Run},
};

/// Runs `todoctl verify --json` against `app`.
fn verify(machine: &Machine, app: &App) -> (Run, Value) {
    let run = machine.run(&["verify", "--json", "--address", app.address()]);
    let report = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    (run, report)
}

/// The check with this identifier.
fn check<'a>(report: &'a Value, id: &str) -> &'a Value {
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["id"] == id).expect("a check")
}

/// The identifiers of all checks that ended like this.
fn with<'a>(report: &'a Value, outcome: &str) -> Vec<&'a str> {
    let checks = report["checks"].as_array().expect("checks");
    let matching = checks.iter().filter(|check| check["outcome"] == outcome);
    matching.map(|check| check["id"].as_str().expect("a text")).collect()
}

#[test]
fn a_healthy_stack_passes_with_its_measured_values() {
    let (machine, app) = (Machine::with(&[]), App::start());

    let (run, report) = verify(&machine, &app);

    assert_eq!(run.code, Some(0), "{}", run.stdout);
    assert_eq!(report["verdict"], "passed");
    assert_eq!(report["target"]["release"], "todo-app (revision 2)");
    assert_eq!(
        check(&report, "chat-via-mcp")["measured"],
        "2 changes by 2 tool calls, 2 requests in its log"
    );
    assert_eq!(check(&report, "non-root")["measured"], "1000:1000 in 5 pods");
    assert_eq!(check(&report, "memory")["aim"]["met"], true);
    assert!(app.is_empty(), "the account was left behind");
    // Whether the machine that runs the tests knows the name is its own affair.
    let mut skipped = with(&report, "skipped");
    skipped.retain(|id| *id != "host-name");
    assert_eq!(skipped, ["dockerfiles", "resources", "manifests", "ai-questions", "helm-lint"]);
}

#[test]
fn the_report_is_written_for_people_and_for_machines() {
    let (machine, app) = (Machine::with(&[]), App::start());
    let file = machine.path("junit.xml");
    let file = file.to_str().unwrap();

    let run = machine.run(&["verify", "--address", app.address(), "--junit", file]);

    run.expect(0, &["✓ FR-002 every container runs as user 1000", "0 failed"]);
    assert!(!run.stdout.contains('\u{1b}'), "colours in a file");
    let xml = std::fs::read_to_string(file).unwrap();
    assert!(xml.contains(r#"<testcase classname="SC-004" name="ingress-answers">"#), "{xml}");
}

#[test]
fn a_chat_that_only_claims_to_have_done_something_fails() {
    let (machine, app) = (Machine::with(&[]), App::that_only_talks());

    let (run, report) = verify(&machine, &app);

    assert_eq!(run.code, Some(1));
    assert_eq!(with(&report, "failed"), ["chat"]);
    assert_eq!(check(&report, "chat")["measured"], "it did nothing and said: Sure, done.");
    assert!(app.is_empty(), "the account was left behind");
}

#[test]
fn an_mcp_server_that_asks_for_no_token_fails() {
    let (machine, app) = (Machine::with(&[]), App::with_open_mcp());

    let (_, report) = verify(&machine, &app);

    assert_eq!(with(&report, "failed"), ["mcp-needs-token"]);
    assert_eq!(check(&report, "mcp-needs-token")["measured"], "200 without WWW-Authenticate");
}

#[test]
fn one_failure_stops_no_other_check_and_each_says_what_to_do() {
    let (machine, app) = (Machine::with(&["root", "unready", "no-metrics"]), App::start());

    let (run, report) = verify(&machine, &app);

    assert_eq!(run.code, Some(1));
    assert_eq!(with(&report, "failed"), ["non-root", "read-only", "privileges", "readiness"]);
    for id in with(&report, "failed") {
        assert!(check(&report, id)["advice"].is_string(), "{id}");
    }
    let readiness = check(&report, "readiness")["measured"].as_str().unwrap();
    assert!(readiness.contains("mcp-n9dtt/health/ready: 503, database"), "{readiness}");
    assert_eq!(check(&report, "chat")["outcome"], "passed");
    assert_eq!(check(&report, "memory")["outcome"], "skipped");
}

#[test]
fn an_ingress_that_does_not_answer_fails_once() {
    let machine = Machine::with(&[]);

    // Port 1 of this machine: nobody listens there.
    let run = machine.run(&["verify", "--json", "--address", "127.0.0.1:1"]);

    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(with(&report, "failed"), ["ingress-answers"]);
    assert_eq!(check(&report, "chat")["measured"], "the Ingress does not answer");
}

#[test]
fn a_cluster_that_cannot_be_reached_is_one_sentence_and_status_2() {
    let machine = Machine::with(&["unreachable"]);

    let run = machine.run(&["verify"]);

    run.expect(
        2,
        &["the cluster cannot be reached: The connection to the server 127.0.0.1:6443 was refused"],
    );
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr.lines().count(), 2, "{}", run.stderr);
}

#[test]
fn a_missing_namespace_an_empty_one_and_a_missing_kubectl_are_one_sentence_each() {
    let verify = |machine: &Machine| machine.run(&["verify"]);

    verify(&Machine::with(&["no-namespace"])).expect(2, &["the cluster has no namespace todo-app"]);
    verify(&Machine::with(&["empty"]))
        .expect(2, &["the namespace todo-app holds nothing of the app"]);
    verify(&Machine::with(&[]).without("kubectl")).expect(2, &["kubectl is not installed"]);
}

#[test]
fn machines_get_json_also_when_nothing_could_be_verified() {
    let machine = Machine::with(&["unreachable"]);

    let run = machine.run(&["verify", "--json"]);

    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &report["verdict"]), (Some(2), &Value::from("unverified")));
}
