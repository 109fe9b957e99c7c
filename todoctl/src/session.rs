//! What every command works with.

use crate::{cli::Common, interrupt::Interrupt, screen::Screen, secrets::Secrets, tools::Tools};

/// The terminal, the programs and the installation that a command acts on.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) screen: Screen,
    pub(crate) tools: Tools,
    pub(crate) target: Target,
}

/// One installation in one cluster.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// Context of the kubeconfig; `None` is the current one.
    pub(crate) context: Option<String>,
    /// Where the app's objects are.
    pub(crate) namespace: String,
    /// The host of the Ingress rule.
    pub(crate) host: String,
}

impl Session {
    /// A session for one run of the program.
    pub(crate) fn new(common: Common, interrupt: Interrupt) -> Self {
        let secrets = Secrets::default();
        Self {
            screen: Screen::new(common.yes, secrets.clone(), interrupt.clone()),
            tools: Tools::new(secrets, interrupt),
            target: Target {
                context: common.context,
                namespace: common.namespace,
                host: common.host,
            },
        }
    }

    /// The same, acting on the cluster behind this context.
    pub(crate) fn on(&self, context: &str) -> Self {
        let mut session = self.clone();
        session.target.context = Some(context.to_owned());
        session
    }
}
