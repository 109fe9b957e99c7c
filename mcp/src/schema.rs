//! The JSON schemas of tools, for every client and every model: no `null`, no references, and little to read. The whole
//! list of tools is in the head of every conversation.

use rmcp::model::JsonObject;
use schemars::{
    JsonSchema,
    transform::{RecursiveTransform, Transform as _},
};
use serde_json::{Value, json};

/// What a tool takes. What that is as a whole is what the tool's own prompt says.
pub(crate) fn arguments<T: JsonSchema>() -> JsonObject {
    let mut schema = schema::<T>();
    schema.remove("description");
    schema
}

/// What a tool answers, as programs check it. Models read the answer itself, so nothing is described, and what lies within
/// a list or a plan is only said to be an object: seven tools would repeat a whole task twice.
pub(crate) fn answer<T: JsonSchema>() -> JsonObject {
    let mut schema = schema::<T>();
    schema.remove("description");
    for part in members(&mut schema) {
        part.remove("description");
        for inner in members(part) {
            let kind = inner.remove("type").unwrap_or_else(|| "object".into());
            let items = inner.remove("items").filter(|_| kind == "array");
            *inner = JsonObject::from_iter([("type".to_owned(), kind)]);
            if let Some(items) = items {
                inner.insert("items".to_owned(), json!({ "type": items["type"] }));
            }
        }
    }
    schema
}

/// The schemas of an object's properties, or of those of a list's items.
fn members(schema: &mut JsonObject) -> impl Iterator<Item = &mut JsonObject> {
    let object = match schema.contains_key("items") {
        true => schema.get_mut("items").and_then(Value::as_object_mut),
        false => Some(schema),
    };
    let properties = object.and_then(|object| {
        object.remove("description");
        object.get_mut("properties").and_then(Value::as_object_mut)
    });
    properties.into_iter().flat_map(JsonObject::values_mut).filter_map(Value::as_object_mut)
}

fn schema<T: JsonSchema>() -> JsonObject {
    let settings = schemars::generate::SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(plain).transform(&mut schema);
    schema.as_object().expect("arguments and answers are objects").clone()
}

fn plain(schema: &mut schemars::Schema) {
    for key in ["title", "format", "default", "minimum"] {
        schema.remove(key);
    }
    if let Some(Value::String(text)) = schema.get("description") {
        let line = text.replace('\n', " ");
        schema.insert("description".to_owned(), line.into());
    }
    if let Some(Value::Array(types)) = schema.get("type")
        && let Some(only) = types.iter().find(|kind| *kind != "null").cloned()
    {
        schema.insert("type".to_owned(), only);
    }
    if let Some(Value::Array(any)) = schema.get("anyOf").cloned() {
        let mut kinds =
            any.into_iter().filter(|kind| kind.get("type").is_none_or(|kind| kind != "null"));
        if let (Some(Value::Object(only)), None) = (kinds.next(), kinds.next()) {
            schema.remove("anyOf");
            for (key, value) in only {
                if schema.get(&key).is_none() {
                    schema.insert(key, value);
                }
            }
        }
    }
}
