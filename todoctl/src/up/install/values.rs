//! The values that the chart gets: what was chosen before, and what this run has found out.

use serde_json::{Map, Value, json};

use crate::{
    session::Session,
    up::{
        capacity::Size,
        images::Images,
        ingress::Way,
        release::Release,
        settings::{Database, Settings},
        source::Source,
    },
};

/// Values for the chart. None of them is a secret.
#[derive(Debug, Clone)]
pub(crate) struct Values {
    values: Value,
    /// Under the values lie those of `values-dev.yaml`.
    small: bool,
}

impl Values {
    /// What somebody chose for the release before stays, except for what this run decides itself.
    pub(crate) fn new(session: &Session, settings: &Settings, release: &Release) -> Self {
        let mut kept = release.values.clone();
        if let Some(kept) = kept.as_object_mut() {
            // The Secret has them; the chart takes them from one place only.
            kept.remove("secrets");
        }
        let ours = json!({
            "namespace": session.target.namespace,
            "secrets": { "existingSecret": settings.secret },
            "postgresql": { "enabled": settings.database == Database::InCluster },
        });
        Self { values: kept, small: false }.over(&ours)
    }

    /// The same with other values on top.
    pub(crate) fn over(mut self, top: &Value) -> Self {
        merge(&mut self.values, top);
        self
    }

    /// The same with requests of that size.
    pub(crate) fn sized(&self, size: Size) -> Self {
        let mut values = self.clone();
        if size != Size::AsItIs
            && let Some(map) = values.values.as_object_mut()
        {
            map.remove("resources");
        }
        values.small = size == Size::Small;
        values
    }

    /// The same with this way in.
    pub(crate) fn leading_in(self, session: &Session, way: &Way) -> Self {
        let ingress = json!({ "host": session.target.host, "ingressClassName": way.class });
        self.over(&json!({ "ingress": ingress }))
    }

    /// The same with the images by which pods are told from older ones.
    pub(crate) fn marked(self, images: &Images) -> Self {
        let annotations: Map<String, Value> = images
            .marks()
            .map(|(component, id)| (component.to_owned(), json!({ Images::MARK: id })))
            .collect();
        self.over(&json!({ "podAnnotations": annotations }))
    }

    /// A value by its keys.
    pub(crate) fn text_at(&self, keys: [&str; 2]) -> &str {
        self.values[keys[0]][keys[1]].as_str().unwrap_or_default()
    }

    /// Files of values that lie under these.
    pub(crate) fn files(&self, source: &Source) -> Option<String> {
        self.small.then(|| source.small_values())
    }

    /// As a file that Helm reads: JSON is YAML.
    pub(crate) fn text(&self) -> String {
        self.values.to_string()
    }
}

/// Puts `top` over `bottom`, key by key.
fn merge(bottom: &mut Value, top: &Value) {
    match (bottom, top) {
        (Value::Object(bottom), Value::Object(top)) => {
            for (key, value) in top {
                merge(bottom.entry(key).or_insert(Value::Null), value);
            }
        }
        (bottom, top) => *bottom = top.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: Value) -> Values {
        Values { values, small: false }
    }

    #[test]
    fn what_somebody_chose_stays_beside_what_we_set() {
        let chosen = values(
            json!({ "replicas": { "frontend": 3 }, "ingress": { "host": "old", "tls": [1] } }),
        );

        let merged = chosen.over(&json!({ "ingress": { "host": "todo.local" } }));

        assert_eq!(
            merged.values,
            json!({ "replicas": { "frontend": 3 }, "ingress": { "host": "todo.local", "tls": [1] } })
        );
    }

    #[test]
    fn a_release_without_values_of_its_own_gets_ours() {
        let merged = values(Value::Null).over(&json!({ "namespace": "todo-app" }));

        assert_eq!(merged.values, json!({ "namespace": "todo-app" }));
    }

    #[test]
    fn requests_that_were_chosen_stay_until_others_are_asked_for() {
        let chosen = values(json!({ "resources": { "mcp": {} } }));

        assert_eq!(chosen.sized(Size::AsItIs).values["resources"], json!({ "mcp": {} }));
        assert_eq!(chosen.sized(Size::Plan).values["resources"], Value::Null);
        assert!(chosen.sized(Size::Small).small);
    }
}
