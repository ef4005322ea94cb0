//! Puts the same questions to the tool with macros and to the tool without, in both eras.

use std::io;

use lantern_core::Dataset;
use lantern_tools::wire::{Era, Wire};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    for era in [Era::Handshake, Era::Stateless] {
        let data = || Dataset::generate(7, 3);
        let mut written = Wire::connect(lantern_no_macros::Desk::new(data()), era).await?;
        let mut generated = Wire::connect(lantern_tools::Desk::new(data()), era).await?;
        for (question, method, params) in questions() {
            let reply = written.request(method, params.clone()).await?;
            let expected = only_count_events(generated.request(method, params).await?);
            let verdict = if reply == expected { "yes" } else { "no" };
            println!("{era:?}, {question}: wire identical: {verdict}");
        }
    }
    Ok(())
}

fn questions() -> [(&'static str, &'static str, Value); 5] {
    let call = |name: &str, arguments: Value| json!({ "name": name, "arguments": arguments });
    [
        ("list", "tools/list", json!({})),
        (
            "answer",
            "tools/call",
            call("count_events", json!({ "service": "tax", "level": "warn" })),
        ),
        (
            "unknown service",
            "tools/call",
            call("count_events", json!({ "service": "taxes" })),
        ),
        (
            "missing field",
            "tools/call",
            call("count_events", json!({})),
        ),
        (
            "unknown tool",
            "tools/call",
            call("count_event", json!({ "service": "tax" })),
        ),
    ]
}

/// The desk with macros has five tools; this one has one of them.
fn only_count_events(mut reply: Value) -> Value {
    if let Some(Value::Array(tools)) = reply.pointer_mut("/result/tools") {
        tools.retain(|tool| tool["name"] == "count_events");
    }
    reply
}
