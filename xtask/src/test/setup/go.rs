//! Programs written in Go that check manifests, built from their modules at pinned versions.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::Result;
use serde::Deserialize;

use super::{python, unless_done};
use crate::{process, tree};

/// The modules, and the programs that they make.
const MODULES: &str = "github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0 \
                       github.com/zegl/kube-score/cmd/kube-score@v1.20.0";

/// The Gateway API, whose kinds are not among those of Kubernetes, and the file that describes the one that we use.
const GATEWAY_API: &str = "sigs.k8s.io/gateway-api@v1.6.1";
const HTTP_ROUTE: &str = "config/crd/standard/gateway.networking.k8s.io_httproutes.yaml";

/// What the youngest of them asks for.
const OLDEST_GO: (u32, u32) = (1, 26);

const LIMIT: Duration = Duration::from_secs(15 * 60);

/// Where the programs are.
pub(crate) struct GoPrograms {
    folder: PathBuf,
}

impl GoPrograms {
    /// Runs one of them.
    pub(crate) fn run(&self, name: &str) -> Command {
        process::program(self.folder.join(name))
    }

    /// The definition of the Gateway API's `HTTPRoute`.
    pub(crate) fn http_route(&self) -> PathBuf {
        self.folder.join("httproutes.yaml")
    }
}

/// Builds the programs, unless an earlier run did.
///
/// # Errors
/// When there is neither Go nor Python, or a module cannot be had.
pub(crate) fn set_up() -> Result<GoPrograms> {
    let folder = tree::workshop().join("go-programs");
    let recipe = format!("{MODULES} {GATEWAY_API}");
    unless_done(&recipe, &folder.join("installed"), || install(&folder))?;
    Ok(GoPrograms { folder })
}

fn install(folder: &Path) -> Result<()> {
    let go = find_go()?;
    for module in MODULES.split_whitespace() {
        let mut install = process::program(&go);
        install.args(["install", "-trimpath", "-ldflags=-s -w", module]);
        install.env("GOBIN", folder).env("GOTOOLCHAIN", "local").env("GOFLAGS", "");
        let name = module.split(['/', '@']).rev().nth(1).unwrap_or("module");
        let log = tree::workshop().join("logs").join(format!("go-{name}.log"));
        process::logged(&mut install, &log, LIMIT)?;
    }

    let mut download = process::program(&go);
    download.args(["mod", "download", "-json", GATEWAY_API]).env("GOTOOLCHAIN", "local");
    let module: Module = serde_json::from_str(&process::output(&mut download)?)?;
    // Files of the module cache cannot be written, and a copy would take that over.
    fs::write(folder.join("httproutes.yaml"), fs::read(module.folder.join(HTTP_ROUTE))?)?;
    Ok(())
}

/// What `go mod download -json` says.
#[derive(Deserialize)]
struct Module {
    #[serde(rename = "Dir")]
    folder: PathBuf,
}

/// The machine's Go when it is new enough, otherwise one from a package of Python.
fn find_go() -> Result<PathBuf> {
    let mut version = process::program("go");
    version.args(["env", "GOVERSION"]).env("GOTOOLCHAIN", "local");
    if process::installed("go")
        && process::output(&mut version).is_ok_and(|said| release(&said) >= Some(OLDEST_GO))
    {
        return Ok("go".into());
    }
    python::set_up(python::GO)?.file("go/bin/go")
}

/// Major and minor of `go1.26.8`.
fn release(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().strip_prefix("go")?.split(['.', '-', 'r', 'b']);
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn releases_of_go_are_compared_by_number() {
        assert_eq!(release("go1.26.8\n"), Some((1, 26)));
        assert_eq!(release("go1.27rc1"), Some((1, 27)));
        assert!(release("go1.9.2") < release("go1.26.0"));
        assert_eq!(release("devel"), None);
    }
}
