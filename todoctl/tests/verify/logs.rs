//! The logs of several containers as one.

use crate::machine::Machine;

#[test]
fn the_logs_of_all_containers_are_one_in_the_order_of_time() {
    let run = Machine::with(&[]).run(&["logs", "--component", "mcp,migrate"]);

    run.expect(0, &["15:43:13.044 mcp-n9dtt              INFO  ready start_ms=109"]);
    let times: Vec<&str> = run.stdout.lines().filter_map(|line| line.get(..12)).collect();
    assert_eq!(times.len(), 6, "two lines of each of three containers:\n{}", run.stdout);
    assert!(times.is_sorted(), "{}", run.stdout);
}

#[test]
fn a_level_leaves_out_what_matters_less() {
    let run = Machine::with(&[]).run(&["logs", "--component", "mcp", "--level", "warn"]);

    assert_eq!(
        run.stdout,
        "15:45:10.684 mcp-n9dtt  WARN  not ready check=database error=refused\n"
    );
}

#[test]
fn a_time_that_is_none_is_refused_before_anything_is_asked() {
    let machine = Machine::with(&[]);

    machine.run(&["logs", "--since", "yesterday"]).expect(2, &["a time such as 30s, 10m or 2h"]);

    assert!(!machine.called("kubectl"));
}
