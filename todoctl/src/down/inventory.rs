//! What of the app is there, whichever way it came.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::{
    cluster::{
        object::{List, Named},
        unreachable::Unreachable,
    },
    session::Session,
    tools::{Tools, helm::Helm, kubectl::Kubectl},
};

/// What every object of ours is labelled with.
pub(super) const LABEL: &str = "--selector=app.kubernetes.io/name=todo-app";

/// Everything that the chart and k8s/ can bring, but for volumes and Secrets.
pub(super) const KINDS: &str = "deployments,statefulsets,jobs,pods,services,ingresses,configmaps,networkpolicies,poddisruptionbudgets,horizontalpodautoscalers";

/// The Secrets that a database can be opened with again.
pub(super) const SECRETS: [&str; 2] = ["todo-postgres", "todo-secrets"];

/// Prints name, release and policy of each Secret. Values do not leave `kubectl`.
const SECRETS_TEMPLATE: &str = "{{range .items}}{{.metadata.name}}|{{with .metadata.annotations}}{{index . \"meta.helm.sh/release-name\"}}|{{index . \"helm.sh/resource-policy\"}}{{else}}|{{end}}{{\"\\n\"}}{{end}}";

/// What such a template prints for a key that is not there.
const NO_VALUE: &str = "<no value>";

/// The release, and where the plan's bare `helm install` records it.
const RELEASE: &str = "todo-app";
const BARE: &str = "default";

/// The namespace that the bare form puts the objects into.
const CHART_NAMESPACE: &str = "todo-app";

/// What there is.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    /// The Helm release and the namespace in which it is recorded.
    pub(super) release: Option<(String, String)>,
    /// Objects by kind, without those that controllers made for others.
    objects: BTreeMap<String, Vec<String>>,
    pub(super) volumes: Vec<String>,
    pub(super) secrets: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Row {
    name: String,
    namespace: String,
}

impl Inventory {
    /// Looks.
    ///
    /// # Errors
    /// The cluster does not answer, or Helm is missing though the objects are Helm's.
    pub(super) async fn take(session: &Session, kubectl: &Kubectl) -> Result<Self> {
        let (objects, volumes, secrets, releases) = tokio::join!(
            kubectl
                .program("list the app's objects")
                .args(["get", KINDS, LABEL, "--output=json"])
                .json::<List<Named>>(),
            kubectl
                .program("list the volumes")
                .args(["get", "persistentvolumeclaims", LABEL, "--output=json"])
                .json::<List<Named>>(),
            kept_secrets(kubectl),
            releases(session),
        );
        let namespace = &session.target.namespace;
        let unreachable = |error| Unreachable::from_error(&error, namespace);
        let objects = objects.map_err(unreachable)?.items;
        let volumes = volumes.map_err(unreachable)?.items;
        let from_objects = objects
            .iter()
            .find_map(|object| object.metadata.release())
            .map(|(name, namespace)| (name.to_owned(), namespace.to_owned()));
        if from_objects.is_some() && !Tools::is_installed("helm") {
            bail!(
                "the app was installed with Helm, and helm is not on the PATH: it has to take it away"
            );
        }
        Ok(Self {
            release: from_objects.or_else(|| recorded(&releases, namespace)),
            objects: by_kind(&objects),
            volumes: volumes.into_iter().map(|volume| volume.metadata.name).collect(),
            secrets: secrets?,
        })
    }

    /// Whether there is anything to remove.
    pub(super) fn has_anything(&self, with_data: bool) -> bool {
        self.is_installed() || (with_data && self.has_data())
    }

    /// Whether there is more than data.
    pub(super) fn is_installed(&self) -> bool {
        self.release.is_some() || !self.objects.is_empty()
    }

    /// Whether a volume or a Secret is there.
    pub(super) fn has_data(&self) -> bool {
        !self.volumes.is_empty() || !self.secrets.is_empty()
    }

    /// What goes, a line each.
    pub(super) fn removed(&self, with_data: bool) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some((name, namespace)) = &self.release {
            lines.push(format!("Helm release {name} (recorded in the namespace {namespace})"));
        }
        lines.extend(
            self.objects.iter().map(|(kind, names)| format!("{kind} {}", names.join(", "))),
        );
        if with_data {
            lines.extend(self.data());
        }
        lines
    }

    /// What stays, a line each.
    pub(super) fn kept(&self, with_data: bool) -> Vec<String> {
        if with_data { Vec::new() } else { self.data().collect() }
    }

    fn data(&self) -> impl Iterator<Item = String> {
        let volumes = self.volumes.iter().map(|name| format!("volume {name} with the database"));
        volumes.chain(self.secrets.iter().map(|name| format!("Secret {name}")))
    }
}

/// Objects that nobody else keeps making again, by kind.
fn by_kind(objects: &[Named]) -> BTreeMap<String, Vec<String>> {
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for object in objects.iter().filter(|object| object.metadata.owner_references.is_empty()) {
        kinds.entry(object.kind.clone()).or_default().push(object.metadata.name.clone());
    }
    kinds
}

/// The release that belongs to this namespace, when its objects are gone or never came.
fn recorded(releases: &[Row], namespace: &str) -> Option<(String, String)> {
    let places: &[&str] =
        if namespace == CHART_NAMESPACE { &[CHART_NAMESPACE, BARE] } else { &[namespace] };
    let found = releases.iter().find(|row| places.contains(&row.namespace.as_str()))?;
    Some((found.name.clone(), found.namespace.clone()))
}

/// All releases of that name; none where there is no Helm.
async fn releases(session: &Session) -> Vec<Row> {
    let helm = Helm::new(&session.tools, session.target.context.as_deref(), BARE);
    let filter = format!("--filter=^{RELEASE}$");
    let asked = helm.program("list the releases");
    let every = ["--deployed", "--failed", "--pending", "--uninstalling"];
    let args = ["list", "--all-namespaces", &filter, "--output=json"];
    let rows = asked.args(args).args(every).json::<Vec<Row>>().await.unwrap_or_default();
    rows.into_iter().filter(|row| row.name == RELEASE).collect()
}

/// Our Secrets that no release takes along; their values stay in the cluster.
async fn kept_secrets(kubectl: &Kubectl) -> Result<Vec<String>> {
    let template = format!("--output=go-template={SECRETS_TEMPLATE}");
    let asked = kubectl.program("list the secrets");
    Ok(read_secrets(&asked.args(["get", "secrets", &template]).text().await?))
}

/// Lines of name, release and policy. What a chart made goes with its release, unless it says otherwise.
fn read_secrets(text: &str) -> Vec<String> {
    let kept = |line: &str| {
        let mut words = line.split('|');
        let (name, release, policy) = (words.next()?, words.next()?, words.next()?);
        let stays = policy == "keep" || release.is_empty() || release == NO_VALUE;
        (SECRETS.contains(&name) && stays).then(|| name.to_owned())
    };
    text.lines().filter_map(kept).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn inventory() -> Inventory {
        let objects: Vec<Named> = serde_json::from_value(json!([
            { "kind": "Deployment", "metadata": { "name": "backend" } },
            { "kind": "Deployment", "metadata": { "name": "mcp" } },
            { "kind": "Pod", "metadata": { "name": "mcp-1",
                "ownerReferences": [{ "kind": "ReplicaSet", "name": "mcp" }] } },
        ]))
        .expect("objects");
        Inventory {
            release: Some(("todo-app".to_owned(), "default".to_owned())),
            objects: by_kind(&objects),
            volumes: vec!["data-postgres-0".to_owned()],
            secrets: vec!["todo-postgres".to_owned()],
        }
    }

    #[test]
    fn what_goes_and_what_stays_is_told_apart() {
        let found = inventory();

        assert_eq!(
            found.removed(false),
            [
                "Helm release todo-app (recorded in the namespace default)",
                "Deployment backend, mcp"
            ]
        );
        assert_eq!(
            found.kept(false),
            ["volume data-postgres-0 with the database", "Secret todo-postgres"]
        );
        assert!(found.kept(true).is_empty());
        assert_eq!(found.removed(true).len(), 4);
    }

    #[test]
    fn data_alone_is_nothing_to_remove_unless_it_is_asked_for() {
        let left = Inventory { release: None, objects: BTreeMap::new(), ..inventory() };

        assert!(!left.has_anything(false));
        assert!(left.has_anything(true));
    }

    #[test]
    fn a_secret_that_its_release_takes_along_is_not_kept() {
        let told = "todo-secrets|todo-app|<no value>\ntodo-postgres|todo-app|keep\nother||\n";
        assert_eq!(read_secrets(told), ["todo-postgres"]);

        assert_eq!(read_secrets("todo-secrets||\n"), ["todo-secrets"]);
        assert_eq!(read_secrets("todo-secrets|<no value>|<no value>\n"), ["todo-secrets"]);
    }

    #[test]
    fn the_release_of_the_bare_form_is_recorded_elsewhere() {
        let row =
            |namespace: &str| Row { name: RELEASE.to_owned(), namespace: namespace.to_owned() };

        let bare = recorded(&[row("default")], "todo-app");
        assert_eq!(bare, Some(("todo-app".to_owned(), "default".to_owned())));
        assert_eq!(recorded(&[row("default")], "elsewhere"), None);
    }
}
