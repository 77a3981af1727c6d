//! The tree that names with brackets make of parameters, and how it is read. Never grows beyond its bounds.

use serde_json::{Map, Value};

/// Deepest nesting and highest index that a name may use.
const DEEPEST: usize = 6;
const HIGHEST_INDEX: usize = 999;

/// A part of the tree, for reading.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a>(pub(super) Option<&'a Value>);

impl<'a> Node<'a> {
    pub fn get(self, name: &str) -> Node<'a> {
        Node(self.0.and_then(|value| value.get(name)))
    }

    pub fn is_there(self) -> bool {
        self.0.is_some()
    }

    pub fn text(self) -> Option<String> {
        match self.0? {
            // Postgres has no zero byte in a text.
            Value::String(text) => Some(text.replace('\0', "")),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    pub fn flag(self) -> Option<bool> {
        match self.0? {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => Some(number.as_i64() != Some(0)),
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "" => None,
                "0" | "f" | "false" | "off" | "no" => Some(false),
                _ => Some(true),
            },
            _ => None,
        }
    }

    pub fn number(self) -> Option<i64> {
        match self.0? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// What a map has, by name.
    pub fn fields(self) -> Vec<(&'a str, Node<'a>)> {
        let fields = self.0.and_then(Value::as_object).into_iter().flatten();
        fields
            .map(|(name, field)| (name.as_str(), Node(Some(field))))
            .collect()
    }

    /// The items of a list, of a map with numbers as names, or one value alone.
    pub fn items(self) -> Vec<Node<'a>> {
        match self.0 {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => items.iter().map(|item| Node(Some(item))).collect(),
            Some(Value::Object(fields)) => {
                let mut numbered: Vec<(usize, &Value)> = fields
                    .iter()
                    .filter_map(|(name, item)| Some((name.parse().ok()?, item)))
                    .collect();
                numbered.sort_by_key(|(number, _)| *number);
                numbered.into_iter().map(|(_, item)| Node(Some(item))).collect()
            }
            Some(one) => vec![Node(Some(one))],
        }
    }
}

/// Puts `a[b][]=value` where it belongs. What does not fit what is already there is dropped.
pub fn insert(tree: &mut Map<String, Value>, name: &str, value: String) {
    let Some((first, steps)) = steps_of(name) else {
        return;
    };
    let slot = tree.entry(first).or_insert(Value::Null);
    place(slot, &steps, value);
}

fn steps_of(name: &str) -> Option<(String, Vec<&str>)> {
    let (first, mut rest) = match name.find('[') {
        Some(0) | None => return Some((name.to_owned(), Vec::new())),
        Some(at) => name.split_at(at),
    };
    let mut steps = Vec::new();
    while let Some(inner) = rest.strip_prefix('[') {
        let (step, after) = inner.split_once(']')?;
        steps.push(step);
        rest = after;
        if steps.len() > DEEPEST {
            return None;
        }
    }
    Some((first.to_owned(), steps))
}

fn place(slot: &mut Value, steps: &[&str], value: String) {
    let Some((step, deeper)) = steps.split_first() else {
        *slot = Value::String(value);
        return;
    };
    if step.is_empty() {
        if !slot.is_array() {
            *slot = Value::Array(Vec::new());
        }
        let Value::Array(items) = slot else { return };
        // `a[][x]=1&a[][y]=2` is one item, until a name comes again.
        let continues = deeper.first().is_some_and(|name| {
            items
                .last()
                .is_some_and(|last| last.is_object() && last.get(name).is_none())
        });
        if !continues {
            items.push(Value::Null);
        }
        if let Some(last) = items.last_mut() {
            place(last, deeper, value);
        }
    } else {
        if step.parse::<usize>().is_ok_and(|index| index > HIGHEST_INDEX) {
            return;
        }
        if !slot.is_object() {
            *slot = Value::Object(Map::new());
        }
        if let Value::Object(fields) = slot {
            place(
                fields.entry((*step).to_owned()).or_insert(Value::Null),
                deeper,
                value,
            );
        }
    }
}
