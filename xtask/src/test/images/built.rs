//! The images as they lie in the engine.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{COMPONENTS, engine};
use crate::{findings::Findings, process, terminal, tree};

/// Nothing is cached on a fresh machine, and this is the profile that takes longest.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// What an image may hold, uncompressed.
const MOST_BYTES: u64 = 45_000_000;

/// Builds all three.
pub(super) fn build() -> Result<Findings> {
    let log = tree::workshop().join("logs/images-build.log");
    process::logged(&mut engine::docker(&["buildx", "bake", "--progress=plain"]), &log, LIMIT)?;
    Ok(Findings::new())
}

/// Looks at what the engine says of them.
pub(super) fn look() -> Result<Findings> {
    let mut findings = Findings::new();
    for component in COMPONENTS {
        let image = inspect(component)?;
        let size = image["Size"].as_u64().context("an image without a size")?;
        terminal::explain(&format!("{component}: {:.1} MB", size as f64 / 1e6));

        if size > MOST_BYTES {
            findings.push(format!("{component} has {size} bytes, more than {MOST_BYTES}"));
        }
        for (what, wanted) in wanted(component) {
            let found = image.pointer(what).unwrap_or(&Value::Null);
            if *found != wanted {
                findings.push(format!("{component}: {what} is {found}, not {wanted}"));
            }
        }
    }
    Ok(findings)
}

fn inspect(component: &str) -> Result<Value> {
    let image = format!("{component}:latest");
    let text = process::output(&mut engine::docker(&["image", "inspect", &image]))?;
    let mut images: Vec<Value> = serde_json::from_str(&text)?;
    images.pop().context("the engine knows no such image")
}

/// What has to be where in an image's description.
fn wanted(component: &str) -> [(&'static str, Value); 5] {
    let program = format!("/usr/local/bin/{component}");
    [
        ("/Config/User", "1000:1000".into()),
        ("/Config/Entrypoint", vec![program.clone()].into()),
        ("/Config/Cmd", Value::Null),
        ("/Config/Healthcheck/Test", vec!["CMD".to_owned(), program, "health".to_owned()].into()),
        ("/Config/Labels/org.opencontainers.image.version", env!("CARGO_PKG_VERSION").into()),
    ]
}
