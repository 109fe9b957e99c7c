//! What is tried on an installed app.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::{
    Options,
    cluster::{APP, Cluster, NAMESPACE, get, helm, kubectl},
    forms::Form,
    progress::Progress,
};
use crate::{
    process,
    test::{browser, node},
    tree,
};

/// The host of the plan's Ingress.
const HOST: &str = "todo.local";

/// A release that `helm install` made.
pub(super) struct Release<'a> {
    pub(super) cluster: &'a Cluster,
    /// The namespace of the release, which is not always that of the objects.
    pub(super) namespace: &'static str,
}

impl Release<'_> {
    /// The chart's own tests.
    pub(super) fn helm_test(&self, progress: &mut Progress) -> Result<()> {
        progress.step("helm test", || {
            let said = process::output(&mut helm(&["test", "todo-app", "-n", self.namespace]))?;
            let passed = said.matches("Succeeded").count();
            ensure!(passed > 0, "helm test ran nothing:\n{said}");
            Ok(format!("{passed} tests"))
        })
    }

    /// A changed value replaces the pods and nothing that was generated.
    pub(super) fn upgrade(&self, progress: &mut Progress) -> Result<()> {
        progress.step("helm upgrade, another log level", || {
            let (pods, secret) = (self.cluster.pods()?, auth_secret()?);
            let mut upgrade =
                helm(&["upgrade", "todo-app", "./helm/todo-app", "-n", self.namespace]);
            process::output(upgrade.args(["--reuse-values", "--set", "config.logLevel=debug"]))?;

            self.cluster.wait_for_rollout()?;
            ensure!(log_level()? == "debug", "the ConfigMap has the old log level");
            ensure!(auth_secret()? == secret, "the upgrade made another BETTER_AUTH_SECRET");
            let kept: Vec<String> =
                self.cluster.pods()?.into_iter().filter(|pod| pods.contains(pod)).collect();
            ensure!(kept.is_empty(), "these pods still have the old value: {}", kept.join(", "));
            Ok("all pods replaced, the secret is the same".to_owned())
        })
    }

    /// Back to the first revision.
    pub(super) fn roll_back(&self, progress: &mut Progress) -> Result<()> {
        progress.step("helm rollback", || {
            let secret = auth_secret()?;
            process::output(&mut helm(&["rollback", "todo-app", "1", "-n", self.namespace]))?;

            self.cluster.wait_for_rollout()?;
            ensure!(log_level()? == "info", "the ConfigMap has the new log level");
            ensure!(auth_secret()? == secret, "the rollback made another BETTER_AUTH_SECRET");
            Ok("the first value is back".to_owned())
        })
    }

    /// Away with it.
    pub(super) fn uninstall(&self, progress: &mut Progress) -> Result<()> {
        progress.step("helm uninstall", || {
            process::output(&mut helm(&["uninstall", "todo-app", "-n", self.namespace]))?;
            self.cluster.wait_until_gone()?;
            Ok("nothing of it runs".to_owned())
        })
    }
}

/// Every requirement, as `todoctl verify` sees it.
pub(super) fn verify(progress: &mut Progress) -> Result<()> {
    progress.step("todoctl verify", || {
        let report = report()?;
        let counts = &report["counts"];
        let checks = report["checks"].as_array().context("the report has no checks")?;
        let failed: Vec<String> = checks
            .iter()
            .filter(|check| check["outcome"] == "failed")
            .map(|check| format!("{}: {} ({})", check["id"], check["measured"], check["advice"]))
            .collect();
        ensure!(failed.is_empty(), "{}", failed.join("\n"));
        ensure!(counts["passed"].as_u64() > Some(0), "nothing was verified: {report}");
        Ok(format!("{} passed, {} skipped", counts["passed"], counts["skipped"]))
    })
}

/// A browser at the plan's address, through the Ingress.
pub(super) fn browser(options: &Options, progress: &mut Progress) -> Result<()> {
    if options.no_browser {
        return Ok(());
    }
    progress.step("a browser at http://todo.local", || {
        let address = report()?["target"]["address"]
            .as_str()
            .map(host_of)
            .context("todoctl verify does not say where the Ingress answers")?;
        let mut tests = node::set_up()?.tests("browser")?;
        tests.env("CHROMIUM", browser::find()?).env("BASE_URL", format!("http://{HOST}"));
        tests.env("HOST_RULES", format!("MAP {HOST} {address}")).env("SHAPE", "three");
        tests.env("ARTIFACTS", tree::workshop().join("screenshots/cluster"));
        let log = tree::workshop().join("logs/cluster-browser.log");
        process::logged(&mut tests, &log, super::cluster::PATIENCE * 2)?;
        Ok(crate::test::gist(&fs::read_to_string(log)?).unwrap_or_default())
    })
}

/// What `todoctl verify --json` says, whatever its verdict.
fn report() -> Result<Value> {
    let done = todoctl(&["verify", "--json"]).output().context("todoctl could not be started")?;
    serde_json::from_slice(&done.stdout)
        .with_context(|| format!("todoctl verify: {}", String::from_utf8_lossy(&done.stderr)))
}

/// The `todoctl` that was built at the beginning, with these arguments.
pub(super) fn todoctl(arguments: &[&str]) -> Command {
    let mut todoctl = process::program(tree::target().join("debug/todoctl"));
    todoctl.args(arguments);
    todoctl
}

/// `10.0.0.1` of `10.0.0.1:80`, for Chromium takes no port here.
fn host_of(address: &str) -> String {
    address
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .strip_suffix(':')
        .unwrap_or(address)
        .to_owned()
}

fn auth_secret() -> Result<Value> {
    Ok(get(&["secret", "todo-secrets", "-n", NAMESPACE])?["data"]["BETTER_AUTH_SECRET"].clone())
}

fn log_level() -> Result<Value> {
    Ok(get(&["configmap", "todo-config", "-n", NAMESPACE])?["data"]["LOG_LEVEL"].clone())
}

/// The number itself, unless it is none.
pub(super) fn at_least_one(count: u64) -> Result<u64> {
    if count == 0 {
        bail!("the table is empty");
    }
    Ok(count)
}

/// Says how many pods there are when they are the same as before.
pub(super) fn same_pods(before: &[String], after: &[String]) -> Result<String> {
    let (mut before, mut after) = (before.to_vec(), after.to_vec());
    before.sort();
    after.sort();
    ensure!(before == after, "before: {}\nafter: {}", before.join(" "), after.join(" "));
    Ok(format!("the same {} pods", after.len()))
}

/// What the pods said, before they are removed: in the logs of the tests.
pub(super) fn keep_logs(form: Form) -> Result<()> {
    let mut logs = kubectl(&["logs", "-n", NAMESPACE, "-l", APP, "--all-containers", "--prefix"]);
    logs.args(["--tail=500", "--ignore-errors"]);
    let mut events = kubectl(&["get", "events", "-n", NAMESPACE, "--sort-by=.lastTimestamp"]);
    let text = [logs.output()?.stdout, events.output()?.stdout].concat();

    let name = format!("cluster-{form:?}.log").to_lowercase();
    let folder = tree::workshop().join("logs");
    fs::create_dir_all(&folder)?;
    write(&folder.join(name), &text)
}

fn write(path: &Path, text: &[u8]) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chromium_gets_an_address_without_its_port() {
        assert_eq!(host_of("127.0.0.1:80"), "127.0.0.1");
        assert_eq!(host_of("127.0.0.1"), "127.0.0.1");
        assert_eq!(host_of("[::1]:80"), "[::1]");
    }

    #[test]
    fn replaced_pods_are_told_apart_from_the_same_ones_in_another_order() {
        let pods = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();

        assert!(same_pods(&pods(&["a", "b"]), &pods(&["b", "a"])).is_ok());
        assert!(same_pods(&pods(&["a", "b"]), &pods(&["a", "c"])).is_err());
    }
}
