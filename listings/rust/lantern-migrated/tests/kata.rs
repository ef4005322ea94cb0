//! What the migration keeps and what it changes, against the captured answers of the 0.15 server.

use std::process::Command;

use lantern_migrated::{PATIENCE, play};
use serde_json::{Value, json};

fn before() -> Vec<Value> {
    let captured = include_str!("../output/before.txt");
    let lines = captured.lines().skip(1);
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn after() -> Vec<Value> {
    let server = Command::new(env!("CARGO_BIN_EXE_lantern-migrated"));
    play(server, include_str!("../session.jsonl"), PATIENCE).unwrap()
}

fn of(replies: &[Value], id: u64) -> &Value {
    replies.iter().find(|reply| reply["id"] == id).unwrap()
}

// ANCHOR: kept
#[test]
fn the_client_of_the_old_server_finds_what_it_knows() {
    let (before, after) = (before(), after());
    let names = |replies: &[Value]| {
        let tools = of(replies, 2)["result"]["tools"]
            .as_array()
            .unwrap()
            .clone();
        tools
            .into_iter()
            .map(|tool| tool["name"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&before), [json!("count_events")]);
    assert_eq!(names(&after), names(&before));
    for id in [3, 4] {
        assert_eq!(of(&after, id), of(&before, id));
    }
    let text = |replies: &[Value]| of(replies, 7)["result"]["contents"][0]["text"].clone();
    assert_eq!(text(&after), text(&before));
    // The switched-off tool stays switched off, and a missing run book keeps its code.
    for id in [6, 8] {
        let code = |replies: &[Value]| of(replies, id)["error"]["code"].clone();
        assert_eq!(code(&after), code(&before));
        assert!(code(&after).is_i64());
    }
}
// ANCHOR_END: kept

// ANCHOR: changed
#[test]
fn bad_arguments_moved_from_the_client_to_the_model() {
    let (before, after) = (before(), after());
    assert_eq!(of(&before, 5)["error"]["code"], -32602);
    assert_eq!(of(&after, 5)["result"]["isError"], true);
}
// ANCHOR_END: changed

// ANCHOR: all
/// 1: the agreed revision, 2: `title` left the schema, 5: see above, 7: the media type of a text.
#[test]
fn nothing_else_changed() {
    let (before, after) = (before(), after());
    let pairs = before.iter().zip(&after);
    let changed = pairs.filter(|(old, new)| old != new);
    let ids: Vec<_> = changed.map(|(old, _)| old["id"].as_u64()).collect();
    assert_eq!(ids, [Some(1), Some(2), Some(5), Some(7)]);
}
// ANCHOR_END: all
