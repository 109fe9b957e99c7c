//! A build that is started in the wrong place says what to do instead.

use anyhow::Result;

use super::{COMPONENTS, engine};
use crate::findings::Findings;

/// Builds each image with its own folder as the context, which is how it is usually done and cannot work here.
pub(super) fn look() -> Result<Findings> {
    let mut findings = Findings::new();
    for component in COMPONENTS {
        let file = format!("{component}/Dockerfile");
        let ran = engine::run(&mut engine::docker(&["build", "--file", &file, component]))?;

        let right = format!("docker build -t {component}:latest -f {file} .");
        if ran.succeeded {
            findings.push(format!("{component} was built without the rest of the repository"));
        } else if !ran.all.contains(&right) {
            findings.push(format!("not told to run `{right}`, but:\n{}", ran.all));
        }
    }
    Ok(findings)
}
