//! What can be seen of a database's address without the database.

use anyhow::{Result, bail};
use url::{Host, Url};

/// Refuses an address that cannot work from inside a cluster. No sentence repeats it: it holds a password.
pub(super) fn check(key: &str, text: &str) -> Result<()> {
    let form = "it must be postgresql://user:password@host/database";
    if text.is_empty() {
        bail!("{key} is empty: {form}");
    }
    if text.starts_with("sqlite:") {
        bail!(
            "{key} is a SQLite file, but five pods share one database: {form}. SQLite is for the single program `todo`; --dev-database brings PostgreSQL into the cluster"
        );
    }
    let Ok(url) = Url::parse(text) else {
        bail!(
            "{key} is no URL: {form} (special characters in the password are written as %40 and the like)"
        );
    };
    if !matches!(url.scheme(), "postgres" | "postgresql") {
        bail!("{key} begins with {}://, but {form}", url.scheme());
    }
    let Some(host) = url.host().filter(|host| !host.to_string().is_empty()) else {
        bail!("{key} names no host: {form}");
    };
    if url.path().trim_matches('/').is_empty() {
        bail!("{key} names no database behind the host: {form}");
    }
    if is_this_machine(&host) {
        bail!(
            "{key} leads to {host}, and inside a pod that is the pod itself: name the machine as the cluster sees it (host.minikube.internal, host.docker.internal), or use --dev-database"
        );
    }
    Ok(())
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        // `postgresql` is no scheme that `url` knows, so an address stays a name.
        Host::Domain(name) => *name == "localhost" || name.starts_with("127."),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(url: &str) -> String {
        check("DATABASE_URL", url).map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn an_address_of_a_postgresql_is_taken() {
        for url in [
            "postgresql://app:secret@ep-cool.eu-central-1.aws.neon.tech/todo?sslmode=require",
            "postgres://app@10.0.0.7:5432/todo",
            "postgresql://app:p%40ss@[fd00::7]/todo",
        ] {
            assert_eq!(complaint(url), "");
        }
    }

    #[test]
    fn each_address_that_cannot_work_is_refused_with_its_reason_and_without_itself() {
        for (url, reason) in [
            ("", "is empty"),
            ("sqlite:///home/ana/todo.db", "is a SQLite file"),
            ("mysql://app:hunter2@db/todo", "begins with mysql://"),
            ("app:hunter2@db/todo", "DATABASE_URL"),
            ("db hunter2", "is no URL"),
            ("postgresql:///todo", "names no host"),
            ("postgresql://app:hunter2@db.example", "names no database"),
            ("postgresql://app:hunter2@localhost:5432/todo", "is the pod itself"),
            ("postgresql://app:hunter2@127.0.0.1/todo", "is the pod itself"),
            ("postgresql://app:hunter2@[::1]/todo", "is the pod itself"),
        ] {
            let complaint = complaint(url);

            assert!(complaint.contains(reason), "{url}: {complaint}");
            assert!(!complaint.contains("hunter2"), "{complaint}");
        }
    }
}
