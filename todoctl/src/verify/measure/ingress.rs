//! The way in from outside: where the Ingress answers, whether it does, and whether this machine knows the name.
//!
//! The host name need not be in the hosts file: we connect to the address and say the name ourselves.

use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use futures::{StreamExt as _, stream};
use reqwest::StatusCode;

use super::Bench;
use crate::{
    cluster::{object::Service, snapshot::Snapshot},
    site::Site,
    verify::{
        catalogue as check,
        plan::INGRESS,
        report::{Finding, Line},
    },
};

/// Stands in the title of every page of ours.
const OURS: &str = "Todo Chatbot";

/// An answer to a first connection takes no longer on any network that works.
const CONNECT: Duration = Duration::from_secs(2);

/// A way in that answered.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    address: SocketAddr,
    pub(crate) site: Site,
}

impl Door {
    /// Where it is.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What a browser opens, once it knows the name.
    pub(crate) fn url(&self) -> String {
        self.site.url()
    }
}

/// Both lines about the address, and the door if one opened.
pub(super) async fn measure(bench: &Bench<'_>) -> (Option<Door>, Vec<Line>) {
    let host = bench.target.host.as_str();
    let found =
        find(bench.snapshot, host, bench.args.address.as_deref(), bench.args.trust().as_ref())
            .await;
    match found {
        Ok(door) => {
            let answers = Finding::passed(format!("200 from {} at {}", door.url(), door.address));
            let name = name_resolves(host, &door).await;
            let lines = vec![answers.on(&check::INGRESS_ANSWERS), name.on(&check::HOST_NAME)];
            (Some(door), lines)
        }
        Err(tried) => {
            let answers = Finding::failed(tried.to_string(), tried.advice());
            let name = Finding::skipped("there is no address that it should have");
            (None, vec![answers.on(&check::INGRESS_ANSWERS), name.on(&check::HOST_NAME)])
        }
    }
}

/// What every address that could be the Ingress answered.
#[derive(Debug, Default)]
pub(crate) struct Tried(Vec<(SocketAddr, String)>);

impl Tried {
    /// What to do about it.
    pub(crate) fn advice(&self) -> &'static str {
        if self.0.iter().any(|(_, answer)| answer.starts_with("404")) {
            return "A controller answers and does not know the host: is the Ingress there, with this host and a class that the controller serves?";
        }
        if self.0.iter().any(|(_, answer)| answer.starts_with("50")) {
            return "The Ingress leads nowhere: see the frontend's pods (`todoctl status`).";
        }
        "Is there an Ingress controller (`minikube addons enable ingress`)? With Docker Desktop run `minikube tunnel` beside, or name the address with --address."
    }
}

impl std::fmt::Display for Tried {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            return f.write_str("no address to ask");
        }
        let each: Vec<String> =
            self.0.iter().map(|(address, answer)| format!("{address}: {answer}")).collect();
        f.write_str(&each.join("; "))
    }
}

/// The first address at which the app answers under `host`.
pub(crate) async fn find(
    snapshot: &Snapshot,
    host: &str,
    told: Option<&str>,
    trust: Option<&reqwest::Certificate>,
) -> Result<Door, Tried> {
    let secure = is_secure(snapshot, host);
    let port = if secure { 443 } else { 80 };
    let addresses = candidates(snapshot, told, port).await;
    let mut answers = stream::iter(addresses)
        .map(|address| async move {
            let site = Site::at(host, secure, address, trust.cloned());
            (address, knock(&site).await.map(|()| Door { address, site }))
        })
        // In order, and all at once: the better address wins even if a worse one is quicker.
        .buffered(16);
    let mut tried = Tried::default();
    while let Some((address, answer)) = answers.next().await {
        match answer {
            Ok(door) => return Ok(door),
            Err(reason) => tried.0.push((address, reason)),
        }
    }
    Err(tried)
}

/// Whether the Ingress serves the host with TLS; it then sends plain requests there, too.
fn is_secure(snapshot: &Snapshot, host: &str) -> bool {
    let tls = snapshot.ingress(INGRESS).into_iter().flat_map(|ingress| &ingress.spec.tls);
    tls.into_iter().any(|tls| tls.hosts.is_empty() || tls.hosts.iter().any(|name| name == host))
}

/// The page for strangers, from the app itself and not from whoever else listens there.
async fn knock(site: &Site) -> Result<(), String> {
    if tokio::time::timeout(CONNECT, tokio::net::TcpStream::connect(site.address())).await.is_err()
    {
        return Err("no answer".to_owned());
    }
    let response = site.get("/").await.map_err(|error| error.to_string())?;
    match response.status() {
        StatusCode::OK if String::from_utf8_lossy(response.body()).contains(OURS) => Ok(()),
        StatusCode::OK => Err("200 from another program".to_owned()),
        status => Err(status.to_string()),
    }
}

/// Where the Ingress may be, the likeliest first: where we were told, what its status says, the nodes (Minikube),
/// this machine (kind, a tunnel), and the ports that a controller's service opens on the nodes.
async fn candidates(snapshot: &Snapshot, told: Option<&str>, port: u16) -> Vec<SocketAddr> {
    if let Some(told) = told {
        return resolve(told, port).await;
    }
    let ingress = snapshot.ingress(INGRESS);
    let balancers = ingress.map(|ingress| &ingress.status.load_balancer.ingress);
    let mut found = Vec::new();
    for balancer in balancers.into_iter().flatten() {
        let name = if balancer.ip.is_empty() { &balancer.hostname } else { &balancer.ip };
        found.extend(resolve(name, port).await);
    }
    let nodes: Vec<IpAddr> = snapshot
        .nodes
        .iter()
        .flatten()
        .flat_map(|node| &node.status.addresses)
        .filter(|address| address.kind == "InternalIP")
        .filter_map(|address| address.address.parse().ok())
        .collect();
    found.extend(nodes.iter().map(|ip| SocketAddr::new(*ip, port)));
    found.push(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port));
    found.extend(controllers(snapshot).flat_map(|service| {
        let ports = service.spec.ports.iter().filter(|open| open.port == port);
        let ports: Vec<u16> = ports.filter_map(|open| open.node_port).collect();
        nodes
            .iter()
            .flat_map(move |ip| ports.clone().into_iter().map(|port| SocketAddr::new(*ip, port)))
    }));

    let mut seen = BTreeSet::new();
    found.retain(|address| seen.insert(*address));
    found
}

/// Services that look like those of an Ingress controller.
fn controllers(snapshot: &Snapshot) -> impl Iterator<Item = &Service> {
    snapshot.node_ports.iter().flatten().filter(|service| {
        let name = &service.metadata.name;
        ["ingress", "traefik", "nginx", "gateway"].iter().any(|word| name.contains(word))
    })
}

/// An address with or without a port, or a name.
async fn resolve(name: &str, port: u16) -> Vec<SocketAddr> {
    if let Ok(address) = name.parse() {
        return vec![address];
    }
    if let Ok(ip) = name.parse::<IpAddr>() {
        return vec![SocketAddr::new(ip, port)];
    }
    let name = if name.contains(':') { name.to_owned() } else { format!("{name}:{port}") };
    tokio::net::lookup_host(name).await.map(Iterator::collect).unwrap_or_default()
}

/// Whether a browser on this machine would come out at the same place.
async fn name_resolves(host: &str, door: &Door) -> Finding {
    let ip = door.address.ip();
    let line = format!("{ip} {host}");
    let known = tokio::time::timeout(CONNECT, tokio::net::lookup_host((host, 80))).await;
    let known: Vec<IpAddr> = match known {
        Ok(Ok(addresses)) => addresses.map(|address| address.ip()).collect(),
        _ => Vec::new(),
    };
    if known.contains(&ip) {
        return Finding::passed(format!("{host} is {ip}"));
    }
    if known.is_empty() {
        return Finding::skipped(format!("{host} is not known here"))
            .advise(format!("Add the line `{line}` to the hosts file to open it in a browser."));
    }
    // Another address may lead to the same Ingress.
    let elsewhere = SocketAddr::new(known[0], door.address.port());
    if knock(&door.site.moved(elsewhere)).await.is_ok() {
        return Finding::passed(format!("{host} is {}", known[0]));
    }
    Finding::failed(
        format!("{host} is {} here", known[0]),
        format!("Correct the line of the hosts file: `{line}`."),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::cluster::object::Object;

    fn snapshot() -> Snapshot {
        let mut snapshot = Snapshot::default();
        let ingress = json!({
            "kind": "Ingress",
            "metadata": { "name": INGRESS },
            "spec": { "rules": [{ "host": "todo.local" }] },
            "status": { "loadBalancer": { "ingress": [{ "ip": "10.0.0.9" }] } },
        });
        snapshot.take_in(serde_json::from_value::<Object>(ingress).expect("an Ingress"));
        let nodes = json!([{ "metadata": {}, "status": { "addresses": [
            { "type": "Hostname", "address": "minikube" },
            { "type": "InternalIP", "address": "192.168.49.2" }] } }]);
        snapshot.nodes = Some(serde_json::from_value(nodes).expect("nodes"));
        let services = json!([{ "metadata": { "name": "ingress-nginx-controller" },
            "spec": { "type": "NodePort", "ports": [{ "port": 80, "nodePort": 30080 }] } }]);
        snapshot.node_ports = Some(serde_json::from_value(services).expect("services"));
        snapshot
    }

    #[tokio::test]
    async fn addresses_are_tried_from_the_likeliest_on() {
        let found = candidates(&snapshot(), None, 80).await;

        let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["10.0.0.9:80", "192.168.49.2:80", "127.0.0.1:80", "192.168.49.2:30080"]);
    }

    #[tokio::test]
    async fn an_address_that_was_told_is_the_only_one() {
        let found = candidates(&snapshot(), Some("127.0.0.1:8080"), 80).await;

        assert_eq!(found, ["127.0.0.1:8080".parse().expect("an address")]);
    }

    #[test]
    fn a_controller_that_does_not_know_the_host_is_told_from_none_at_all() {
        let address = "127.0.0.1:80".parse().expect("an address");
        let tried = |answer: &str| Tried(vec![(address, answer.to_owned())]);

        assert!(tried("404 Not Found").advice().contains("does not know the host"));
        assert!(tried("503 Service Unavailable").advice().contains("leads nowhere"));
        assert!(tried("no answer").advice().contains("minikube tunnel"));
    }
}
