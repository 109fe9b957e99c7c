//! The end of a good run: verification, where the app answers, and what its name needs to lead there.

mod hosts;

use std::{
    net::{Ipv4Addr, SocketAddr},
    process::ExitCode,
};

use anyhow::Result;
use console::style;

use super::{
    Job,
    ingress::{Address, Way},
};
use crate::{
    cluster::{object::Ingress, snapshot::Snapshot},
    site::Site,
    tools::kubectl::Kubectl,
    verify::{self, VerifyArgs},
};

/// Verifies, unless that is not wanted, and tells the address. The exit status is the verification's.
pub(crate) async fn finish(job: &Job<'_>, way: &Way) -> Result<ExitCode> {
    let Job { session, args, .. } = *job;
    let told = match &way.address {
        Address::At(address) => Some(address.clone()),
        Address::Tunnel | Address::AskIngress | Address::Nowhere => None,
    };
    if args.no_verify {
        let address = match &told {
            Some(told) => socket(told, usual_port(is_secure(job).await)),
            None => door(job).await,
        };
        tell(job, way, address).await;
        return Ok(ExitCode::SUCCESS);
    }
    if way.address == Address::Tunnel {
        session.screen.say("  The Ingress answers here only while this runs in another terminal:");
        session.screen.say(format_args!("    {}", tunnel(job)));
    }
    let asked = VerifyArgs { address: told, ..VerifyArgs::default() };
    let report = verify::run(session, &asked).await??;
    session.screen.print(verify::table(&report));
    let address = report.subject.address.as_deref().and_then(|address| address.parse().ok());
    tell(job, way, address).await;
    Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// An IP address with or without a port.
fn socket(text: &str, usual: u16) -> Option<SocketAddr> {
    text.parse().ok().or_else(|| Some(SocketAddr::new(text.parse().ok()?, usual)))
}

fn usual_port(secure: bool) -> u16 {
    if secure { 443 } else { 80 }
}

/// Whether the Ingress serves the host with TLS. One that cannot be read is taken for the plan's, which does not.
async fn is_secure(job: &Job<'_>) -> bool {
    let target = &job.session.target;
    let kubectl = Kubectl::new(&job.session.tools, target);
    let ingress: Option<Ingress> = kubectl.get("ingress", "todo-ingress").await.ok().flatten();
    let tls = ingress.into_iter().flat_map(|ingress| ingress.spec.tls);
    tls.into_iter().any(|tls| tls.hosts.is_empty() || tls.hosts.contains(&target.host))
}

/// Where the app answers, if it does.
async fn door(job: &Job<'_>) -> Option<SocketAddr> {
    let session = job.session;
    let kubectl = Kubectl::new(&session.tools, &session.target);
    let snapshot = Snapshot::take(&kubectl, &session.target.namespace).await.ok()?;
    let door = verify::find_door(&snapshot, &session.target.host, None, None).await.ok()?;
    Some(door.address())
}

/// The address, and what to do where the name does not lead there yet.
async fn tell(job: &Job<'_>, way: &Way, address: Option<SocketAddr>) {
    let session = job.session;
    let (screen, host) = (&session.screen, &session.target.host);
    let secure = is_secure(job).await;
    let url = |address| Site::at(host, secure, address, None).url();
    let Some(address) = address else {
        match way.address {
            Address::Tunnel => {
                screen.say("\nTo open it, run this in another terminal and keep it running:");
                screen.say(format_args!("  {}", tunnel(job)));
                let here = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), usual_port(secure));
                screen.say(format_args!("then {} with this in the hosts file:", url(here)));
                hosts::lines("127.0.0.1", host).iter().for_each(|line| screen.say(line));
            }
            _ => {
                screen.say("\nNo Ingress controller answers. Without one, the app is behind");
                screen.say(format_args!("  {}", port_forward(job)));
                screen.say(
                    "at http://127.0.0.1:3000 (with --address IP, if you know where one answers)",
                );
            }
        }
        return;
    };

    screen.print(format_args!("\nThe app: {}", style(url(address)).bold()));
    let ip = address.ip().to_string();
    if hosts::knows(host, address).await {
        return;
    }
    screen.say(format_args!("{host} does not lead to {ip} yet. Add it to the hosts file:"));
    hosts::lines(&ip, host).iter().for_each(|line| screen.say(line));
}

fn tunnel(job: &Job<'_>) -> String {
    let context = job.session.target.context.as_deref().unwrap_or_default();
    format!("minikube tunnel --profile {context}")
}

fn port_forward(job: &Job<'_>) -> String {
    let target = &job.session.target;
    let context = target.context.as_deref().unwrap_or_default();
    let namespace = &target.namespace;
    format!(
        "kubectl --context {context} -n {namespace} port-forward service/frontend-service 3000:3000"
    )
}
