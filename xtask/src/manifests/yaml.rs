//! JSON in the order of its keys, printed as YAML.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

/// A JSON value whose maps keep the order in which they were written.
#[derive(Debug)]
pub(super) enum Node {
    Map(Vec<(String, Node)>),
    List(Vec<Node>),
    Scalar(Value),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Scalar(text.into()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Scalar(value.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Scalar(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Scalar(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Scalar(number.into()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar(Value::Null))
    }
}

impl Node {
    /// Fits behind its key: a scalar, a list of scalars, or nothing at all.
    fn in_line(&self) -> Option<String> {
        match self {
            Self::Scalar(value) => Some(scalar(value)),
            Self::Map(entries) => entries.is_empty().then(|| "{}".to_owned()),
            Self::List(items) => {
                let scalars: Option<Vec<String>> = items
                    .iter()
                    .map(|item| match item {
                        Self::Scalar(value) => Some(value.to_string()),
                        _ => None,
                    })
                    .collect();
                Some(format!("[{}]", scalars?.join(", ")))
            }
        }
    }

    fn print(&self, f: &mut fmt::Formatter<'_>, indent: usize) -> fmt::Result {
        match self {
            Self::Map(entries) => entries
                .iter()
                .try_for_each(|(key, value)| value.behind(f, indent, &format!("{}:", word(key)))),
            Self::List(items) => items.iter().try_for_each(|item| match item.in_line() {
                Some(text) => writeln!(f, "{:indent$}- {text}", ""),
                // Its first line stands behind the dash.
                None => write!(
                    f,
                    "{:indent$}- {}",
                    "",
                    Below(item, indent + 2).to_string().trim_start()
                ),
            }),
            Self::Scalar(value) => writeln!(f, "{:indent$}{}", "", scalar(value)),
        }
    }

    /// Behind a key or a dash: in the same line, or below.
    fn behind(&self, f: &mut fmt::Formatter<'_>, indent: usize, lead: &str) -> fmt::Result {
        match self.in_line() {
            Some(text) => writeln!(f, "{:indent$}{lead} {text}", ""),
            None => {
                writeln!(f, "{:indent$}{lead}", "")?;
                self.print(f, indent + 2)
            }
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(f, 0)
    }
}

/// A node some columns to the right.
struct Below<'a>(&'a Node, usize);

impl fmt::Display for Below<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.print(f, self.1)
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => word(text),
        other => other.to_string(),
    }
}

/// A string as it is when YAML can only read it as that string; otherwise in quotes, which YAML shares with JSON.
pub(super) fn word(text: &str) -> String {
    let begins_well = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let harmless = |c: char| c.is_ascii_alphanumeric() || " _-./(),;'".contains(c);
    let other_meaning = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        .contains(&text.to_lowercase().as_str());

    if begins_well && text.chars().all(harmless) && !text.ends_with(' ') && !other_meaning {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_becomes_yaml_in_the_same_order() {
        let json = r##"{"title": "Values", "type": "object", "required": ["b", "a"],
                       "properties": {"z": {"enum": ["Never", 1]}, "a": {}}, "allOf": [{"$ref": "#/x"}]}"##;
        let node: Node = serde_json::from_str(json).unwrap();

        assert_eq!(
            node.to_string(),
            "title: Values\n\
             type: object\n\
             required: [\"b\", \"a\"]\n\
             properties:\n  z:\n    enum: [\"Never\", 1]\n  a: {}\n\
             allOf:\n  - \"$ref\": \"#/x\"\n"
        );
    }

    #[test]
    fn what_yaml_could_misread_is_in_quotes() {
        let quoted = |text: &str| word(text).starts_with('"');

        assert!(["no", "12", "a: b", "x #y", "", "- z", "null"].into_iter().all(quoted));
        assert!(!quoted("At least 32 characters."));
    }
}
