//! `k8s/` is the chart with the plan's values, object by object (FR-010), whatever the generator did with the text.

use anyhow::Result;
use serde_json::Value;

use super::scene::Scene;
use crate::{chart::Object, findings::Findings};

/// What an object may have with Helm and not without: where it comes from, and checksums that replace pods.
const HELM: [&str; 4] =
    ["app.kubernetes.io/managed-by", "helm.sh/chart", "helm.sh/resource-policy", "checksum/"];

pub(super) fn look(scene: &Scene<'_>) -> Result<Findings> {
    let mut found = Findings::new();
    for (template, file) in scene.rendering("bare")?.installed() {
        let (rendered, kept) = (plain(&file.objects), scene.manifests.get(template));
        let kept = plain(kept.map(|file| file.objects.as_slice()).unwrap_or_default());
        if rendered != kept {
            found.push(format!("{template}: the file of k8s/ is another object"));
        }
    }
    Ok(found)
}

/// The objects without what only Helm uses; of a Secret the keys, because the values of a template are placeholders.
fn plain(objects: &[Object]) -> Vec<Value> {
    let without = |object: &Object| {
        let mut value = object.0.clone();
        strip(&mut value);
        if object.kind() == "Secret" {
            let data =
                if value["data"].is_object() { &value["data"] } else { &value["stringData"] };
            let keys: Vec<String> =
                data.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect();
            let map = value.as_object_mut().expect("an object is a map");
            map.remove("stringData");
            map.insert("data".to_owned(), keys.into());
        }
        value
    };
    objects.iter().map(without).collect()
}

/// Takes Helm's labels and annotations out on every level, and maps of them that are empty then.
fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !HELM.iter().any(|ours| key.starts_with(ours)));
            map.values_mut().for_each(strip);
            map.retain(|key, below| {
                let empty =
                    below.is_null() || below.as_object().is_some_and(serde_json::Map::is_empty);
                !(empty && ["labels", "annotations"].contains(&key.as_str()))
            });
        }
        Value::Array(list) => list.iter_mut().for_each(strip),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_only_helm_uses_makes_no_difference_and_everything_else_does() {
        let with_helm = Object(json!({
            "kind": "Deployment",
            "metadata": { "labels": { "app": "x", "helm.sh/chart": "c" } },
            "spec": { "template": { "metadata": { "annotations": { "checksum/config": "1" } } } }
        }));
        let mut without = json!({
            "kind": "Deployment",
            "metadata": { "labels": { "app": "x" } },
            "spec": { "template": { "metadata": {} } }
        });
        assert_eq!(plain(std::slice::from_ref(&with_helm)), plain(&[Object(without.clone())]));

        without["spec"]["replicas"] = json!(2);
        assert_ne!(plain(&[with_helm]), plain(&[Object(without)]));
    }

    #[test]
    fn a_secret_in_plain_text_has_the_keys_of_the_one_in_base64() {
        let encoded = Object(json!({ "kind": "Secret", "data": { "A": "eA==" } }));
        let template = Object(json!({ "kind": "Secret", "stringData": { "A": "<x>" } }));
        let other = Object(json!({ "kind": "Secret", "stringData": { "B": "<x>" } }));

        assert_eq!(plain(std::slice::from_ref(&encoded)), plain(&[template]));
        assert_ne!(plain(&[encoded]), plain(&[other]));
    }
}
