//! `--wait-stable`: SC-002 looks at the pods five minutes after their start.

use anyhow::Result;

use super::plan::STABLE_AFTER;
use crate::{cluster::snapshot::Snapshot, screen::Took, session::Session, tools::kubectl::Kubectl};

/// A second more: Kubernetes' times have whole ones.
const MARGIN: std::time::Duration = std::time::Duration::from_secs(1);

/// Waits until the youngest pod is old enough. What cannot be read is told by the verification itself.
///
/// # Errors
/// The person interrupted it.
pub(super) async fn wait(session: &Session, kubectl: &Kubectl) -> Result<()> {
    let Ok(snapshot) = Snapshot::take(kubectl, &session.target.namespace).await else {
        return Ok(());
    };
    let Some(age) = snapshot.our_pods().map(|pod| pod.age(snapshot.now)).min() else {
        return Ok(());
    };
    let Some(left) = STABLE_AFTER.checked_sub(age) else { return Ok(()) };
    let mut step = session.screen.step("Waiting until the youngest pod is 5 minutes old");
    step.news(&format!("{} to go", Took(left)));
    session.tools.interrupt.sleep(left + MARGIN).await?;
    step.done("");
    Ok(())
}
