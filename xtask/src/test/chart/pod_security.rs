//! The Pod Security Standard "restricted", as the documentation of Kubernetes states it, and two rules of our own.
//!
//! A cluster applies the same rules to namespaces that ask for it; here every pod of every rendering is held to them.

use serde_json::Value;

use crate::{chart::Pod, findings::Findings};

/// One rule: what it forbids in this pod, in words.
type Rule = fn(Pod<'_>) -> Findings;

/// "Restricted" contains "baseline".
const RULES: &[Rule] = &[
    host_namespaces,
    volumes,
    sysctls,
    app_armor,
    se_linux,
    seccomp,
    non_root,
    privileges,
    capabilities,
    proc_mount,
    host_ports,
    host_in_probes,
    windows_host_process,
    read_only_root,
    no_token,
];

/// Kinds of volumes that hold nothing of the node.
const VOLUMES: &[&str] = &[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// Kernel settings that stay within the pod.
const SYSCTLS: &[&str] = &[
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
];

const SE_LINUX_TYPES: &[&str] =
    &["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

/// What this pod does that a restricted namespace refuses, or that we do not want.
pub(super) fn violations(pod: Pod<'_>) -> Findings {
    RULES.iter().flat_map(|rule| rule(pod)).collect()
}

fn host_namespaces(pod: Pod<'_>) -> Findings {
    ["hostNetwork", "hostPID", "hostIPC"]
        .into_iter()
        .filter(|key| pod.spec[key] == true)
        .map(|key| format!("{key} is on"))
        .collect()
}

fn volumes(pod: Pod<'_>) -> Findings {
    let volumes = pod.spec["volumes"].as_array().into_iter().flatten();
    let kinds = volumes.filter_map(Value::as_object).flat_map(serde_json::Map::keys);
    kinds
        .filter(|key| *key != "name" && !VOLUMES.contains(&key.as_str()))
        .map(|kind| format!("a volume is of the kind {kind}"))
        .collect()
}

fn sysctls(pod: Pod<'_>) -> Findings {
    let names = pod.spec["securityContext"]["sysctls"].as_array().into_iter().flatten();
    names
        .filter_map(|sysctl| sysctl["name"].as_str())
        .filter(|name| !SYSCTLS.contains(name))
        .map(|name| format!("the sysctl {name} reaches beyond the pod"))
        .collect()
}

fn app_armor(pod: Pod<'_>) -> Findings {
    let allowed = |profile: &str| matches!(profile, "RuntimeDefault" | "Localhost");
    let mut found = everywhere(pod, |context| {
        let profile = context["appArmorProfile"]["type"].as_str()?;
        (!allowed(profile)).then(|| format!("the AppArmor profile is {profile}"))
    });
    for (key, value) in pod.annotations().into_iter().flatten() {
        let profile = value.as_str().unwrap_or_default();
        if key.starts_with("container.apparmor.security.beta.kubernetes.io/")
            && profile != "runtime/default"
            && !profile.starts_with("localhost/")
        {
            found.push(format!("the annotation {key} is {profile}"));
        }
    }
    found
}

fn se_linux(pod: Pod<'_>) -> Findings {
    everywhere(pod, |context| {
        let options = &context["seLinuxOptions"];
        let kind = options["type"].as_str().unwrap_or_default();
        if !SE_LINUX_TYPES.contains(&kind) {
            return Some(format!("the SELinux type is {kind}"));
        }
        ["user", "role"]
            .into_iter()
            .find(|key| options[key].as_str().is_some_and(|value| !value.is_empty()))
            .map(|key| format!("it chooses an SELinux {key}"))
    })
}

fn seccomp(pod: Pod<'_>) -> Findings {
    let allowed = |context: &Value| {
        let profile = &context["seccompProfile"]["type"];
        profile.as_str().map(|profile| matches!(profile, "RuntimeDefault" | "Localhost"))
    };
    let of_pod = allowed(&pod.spec["securityContext"]);
    let mut found = Findings::new();
    if of_pod == Some(false) {
        found.push("the pod's seccomp profile is not RuntimeDefault".to_owned());
    }
    found.extend(in_containers(pod, |container| {
        let own = allowed(&container["securityContext"]).or(of_pod);
        (own != Some(true)).then(|| "has no seccomp profile RuntimeDefault".to_owned())
    }));
    found
}

fn non_root(pod: Pod<'_>) -> Findings {
    let of_pod = &pod.spec["securityContext"];
    in_containers(pod, |container| {
        let own = &container["securityContext"];
        let effective = |key| if own[key].is_null() { &of_pod[key] } else { &own[key] };
        if effective("runAsUser") == 0 {
            Some("runs as user 0".to_owned())
        } else if effective("runAsNonRoot") != true {
            Some("does not say runAsNonRoot".to_owned())
        } else {
            None
        }
    })
}

fn privileges(pod: Pod<'_>) -> Findings {
    in_containers(pod, |container| {
        let context = &container["securityContext"];
        if context["privileged"] == true {
            Some("is privileged".to_owned())
        } else if context["allowPrivilegeEscalation"] != false {
            Some("may gain privileges (allowPrivilegeEscalation)".to_owned())
        } else {
            None
        }
    })
}

fn capabilities(pod: Pod<'_>) -> Findings {
    let list = |names: &Value| -> Vec<String> {
        let names = names.as_array().into_iter().flatten();
        names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    in_containers(pod, |container| {
        let chosen = &container["securityContext"]["capabilities"];
        let added = list(&chosen["add"]);
        if !list(&chosen["drop"]).iter().any(|name| name == "ALL") {
            return Some("keeps capabilities (drop: ALL)".to_owned());
        }
        let other = added.iter().find(|name| *name != "NET_BIND_SERVICE")?;
        Some(format!("adds the capability {other}"))
    })
}

fn proc_mount(pod: Pod<'_>) -> Findings {
    in_containers(pod, |container| {
        let kind = container["securityContext"]["procMount"].as_str()?;
        (kind != "Default").then(|| format!("mounts /proc as {kind}"))
    })
}

fn host_ports(pod: Pod<'_>) -> Findings {
    in_containers(pod, |container| {
        let mut ports = container["ports"].as_array().into_iter().flatten();
        let port =
            ports.find_map(|port| port["hostPort"].as_u64().filter(|number| *number != 0))?;
        Some(format!("takes port {port} of the node"))
    })
}

fn host_in_probes(pod: Pod<'_>) -> Findings {
    let actions = [
        "/livenessProbe",
        "/readinessProbe",
        "/startupProbe",
        "/lifecycle/preStop",
        "/lifecycle/postStart",
    ];
    in_containers(pod, |container| {
        let asks = |action: &str, how: &str| {
            let host = container.pointer(&format!("{action}/{how}/host"))?.as_str()?;
            (!host.is_empty()).then(|| format!("lets kubelet ask the host {host}"))
        };
        actions
            .iter()
            .find_map(|action| asks(action, "httpGet").or_else(|| asks(action, "tcpSocket")))
    })
}

fn windows_host_process(pod: Pod<'_>) -> Findings {
    everywhere(pod, |context| {
        let on = context["windowsOptions"]["hostProcess"] == true;
        on.then(|| "it is a host process".to_owned())
    })
}

/// Not of the standard: our programs write nothing to their disk.
fn read_only_root(pod: Pod<'_>) -> Findings {
    in_containers(pod, |container| {
        let read_only = container["securityContext"]["readOnlyRootFilesystem"] == true;
        (!read_only).then(|| "may write to its root file system".to_owned())
    })
}

/// Not of the standard: nothing of ours talks to the cluster.
fn no_token(pod: Pod<'_>) -> Findings {
    let none = pod.spec["automountServiceAccountToken"] == false;
    (!none).then(|| "a token of the service account is mounted".to_owned()).into_iter().collect()
}

/// The pod's security context and those of its containers.
fn everywhere(pod: Pod<'_>, forbidden: impl Fn(&Value) -> Option<String>) -> Findings {
    let of_pod = forbidden(&pod.spec["securityContext"]).into_iter();
    of_pod.chain(in_containers(pod, |container| forbidden(&container["securityContext"]))).collect()
}

fn in_containers(pod: Pod<'_>, forbidden: impl Fn(&Value) -> Option<String>) -> Findings {
    pod.containers()
        .filter_map(|(name, container)| {
            Some(format!("container {name}: {}", forbidden(container)?))
        })
        .collect()
}

#[cfg(test)]
mod tests;
