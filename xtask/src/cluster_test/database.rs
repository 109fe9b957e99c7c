//! A PostgreSQL in a namespace of its own, as far from the app as somebody's own database would be.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::cluster::{OURS, PATIENCE, kubectl};
use crate::process;

/// The image that values-dev.yaml uses as well.
pub(super) const IMAGE: &str = "postgres:17";

/// One pod that forgets everything: the tests need nothing of it afterwards.
const MANIFEST: &str = r"
apiVersion: v1
kind: Namespace
metadata: {name: $namespace}
---
apiVersion: v1
kind: Service
metadata: {name: postgres, namespace: $namespace}
spec:
  selector: {app: postgres}
  ports: [{port: 5432}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: postgres, namespace: $namespace}
spec:
  progressDeadlineSeconds: 120
  selector: {matchLabels: {app: postgres}}
  template:
    metadata: {labels: {app: postgres}}
    spec:
      containers:
        - name: postgres
          image: $image
          imagePullPolicy: IfNotPresent
          env:
            - {name: POSTGRES_PASSWORD, value: $password}
          readinessProbe:
            exec: {command: [pg_isready, -h, 127.0.0.1, -U, postgres]}
            periodSeconds: 1
          resources:
            requests: {cpu: 50m, memory: 64Mi}
            limits: {memory: 512Mi}
";

/// Known to everyone who reads this: nothing of worth is behind it.
const PASSWORD: &str = "only-for-the-cluster-test";

/// The running server.
pub(super) struct Database(());

impl Database {
    /// Starts it and waits until it answers.
    ///
    /// # Errors
    /// When it does not.
    pub(super) fn start() -> Result<Self> {
        let manifest = MANIFEST
            .replace("$namespace", OURS)
            .replace("$image", IMAGE)
            .replace("$password", PASSWORD);
        apply(&manifest)?;
        let mut wait = kubectl(&["rollout", "status", "deployment/postgres", "-n", OURS]);
        process::output(wait.arg(format!("--timeout={}s", PATIENCE.as_secs())))
            .with_context(|| format!("is the image {IMAGE} in the cluster?"))?;
        Ok(Self(()))
    }

    /// A new, empty database; answers its address in the cluster.
    ///
    /// # Errors
    /// When there is one of that name.
    pub(super) fn create(&self, name: &str) -> Result<String> {
        let exec = ["exec", "-n", OURS, "deployment/postgres", "--", "createdb", "-U", "postgres"];
        process::output(kubectl(&exec).arg(name))?;
        Ok(format!("postgresql://postgres:{PASSWORD}@postgres.{OURS}:5432/{name}"))
    }

    /// How many rows a table of that database has.
    ///
    /// # Errors
    /// When there is no such table.
    pub(super) fn count(&self, name: &str, table: &str) -> Result<u64> {
        let query = format!("SELECT count(*) FROM {table}");
        let exec =
            ["exec", "-n", OURS, "deployment/postgres", "--", "psql", "-U", "postgres", "-At"];
        let answer = process::output(kubectl(&exec).args(["-d", name, "-c", &query]))?;
        Ok(answer.trim().parse()?)
    }
}

/// `kubectl apply` of a text.
fn apply(manifest: &str) -> Result<()> {
    let mut apply = kubectl(&["apply", "-f", "-"]);
    let mut child = apply.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    let mut input = child.stdin.take().expect("piped above");
    std::io::Write::write_all(&mut input, manifest.as_bytes())?;
    drop(input);
    ensure!(child.wait()?.success(), "kubectl apply failed, see above");
    Ok(())
}
