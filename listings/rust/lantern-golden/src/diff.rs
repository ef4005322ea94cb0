//! Compares frames field by field.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::record::{Frame, From};

/// A field that differs; `None` where it does not exist.
#[derive(Debug, PartialEq)]
pub struct Difference {
    pub step: String,
    pub from: From,
    pub field: String,
    pub left: Option<Value>,
    pub right: Option<Value>,
}

// ANCHOR: normalise
/// Hides the JSON-RPC ids, which count and mean nothing, and nothing else.
pub fn normalise(mut frame: Frame) -> Frame {
    if let Some(id) = frame.message.get_mut("id") {
        *id = "<id>".into();
    }
    frame
}
// ANCHOR_END: normalise

/// What differs in the frames of one sender, step by step in the order of `left`.
pub fn compare(left: &[Frame], right: &[Frame], from: From) -> Vec<Difference> {
    let mut steps: Vec<&str> = Vec::new();
    for frame in left.iter().chain(right) {
        if !steps.contains(&frame.step.as_str()) {
            steps.push(&frame.step);
        }
    }
    let mut differences = Vec::new();
    for step in steps {
        let (left, right) = (messages(left, step, from), messages(right, step, from));
        for index in 0..left.len().max(right.len()) {
            let field = match index {
                0 => String::new(),
                n => format!("#{} ", n + 1),
            };
            let (left, right) = (left.get(index).copied(), right.get(index).copied());
            descend((step, from), &field, left, right, &mut differences);
        }
    }
    differences
}

fn messages<'a>(frames: &'a [Frame], step: &str, from: From) -> Vec<&'a Value> {
    let frames = frames.iter();
    frames
        .filter(|frame| frame.step == step && frame.from == from)
        .map(|frame| &frame.message)
        .collect()
}

// ANCHOR: descend
/// Goes down while both sides are objects, or arrays of one length, and reports where that ends.
fn descend(
    place: (&str, From),
    field: &str,
    left: Option<&Value>,
    right: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    match (left, right) {
        (left, right) if left == right => {}
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            let keys: BTreeSet<_> = left.keys().chain(right.keys()).collect();
            for key in keys {
                let below = if field.is_empty() || field.ends_with(' ') {
                    format!("{field}{key}")
                } else {
                    format!("{field}.{key}")
                };
                descend(place, &below, left.get(key), right.get(key), found);
            }
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                let below = format!("{field}[{index}]");
                descend(place, &below, Some(left), Some(right), found);
            }
        }
        (left, right) => found.push(Difference {
            step: place.0.to_owned(),
            from: place.1,
            field: field.trim_end().to_owned(),
            left: left.cloned(),
            right: right.cloned(),
        }),
    }
}
// ANCHOR_END: descend

/// A value in at most `width` characters.
pub fn short(value: Option<&Value>, width: usize) -> String {
    let text = value.map_or_else(|| "-".to_owned(), Value::to_string);
    if text.chars().count() <= width {
        return text;
    }
    let start: String = text.chars().take(width - 1).collect();
    format!("{start}…")
}
