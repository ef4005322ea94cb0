//! Looks at the tool surface from the client's side of the wire.

use std::io;

use lantern_core::Dataset;
use lantern_tools::Desk;
use lantern_tools::wire::{Era, Wire};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> io::Result<()> {
    let desk = Desk::new(Dataset::generate(7, 3));
    match std::env::args().nth(1).as_deref() {
        None => table(desk).await,
        Some("schema") => schema(desk).await,
        Some("calls") => calls(desk).await,
        Some("eras") => eras(desk).await,
        Some(other) => Err(io::Error::other(format!(
            "`{other}` is none of schema, calls, eras"
        ))),
    }
}

async fn table(desk: Desk) -> io::Result<()> {
    println!(
        "{:<18} {:<9} {:<11} {:<10} output schema",
        "tool", "reads", "destroys", "repeats"
    );
    for tool in Wire::connect(desk, Era::Handshake).await?.tools().await? {
        let hint = |name: &str| match tool["annotations"][name].as_bool() {
            Some(true) => "yes",
            Some(false) => "no",
            None => "-",
        };
        let name = tool["name"].as_str().unwrap_or_default();
        let (reads, destroys) = (hint("readOnlyHint"), hint("destructiveHint"));
        let repeats = hint("idempotentHint");
        let output = if tool["outputSchema"].is_object() {
            "yes"
        } else {
            "none"
        };
        println!("{name:<18} {reads:<9} {destroys:<11} {repeats:<10} {output}");
    }
    Ok(())
}

async fn schema(desk: Desk) -> io::Result<()> {
    let tools = Wire::connect(desk, Era::Handshake).await?.tools().await?;
    let named = |name: &str| tools.iter().find(|tool| tool["name"] == name).cloned();
    for (name, part) in [
        ("search_events", "inputSchema"),
        ("summarize_errors", "outputSchema"),
    ] {
        println!("{name} {part}");
        println!(
            "{:#}",
            named(name).map_or(Value::Null, |tool| tool[part].clone())
        );
    }
    Ok(())
}

// ANCHOR: calls
async fn calls(desk: Desk) -> io::Result<()> {
    let mut wire = Wire::connect(desk, Era::Handshake).await?;
    for (name, arguments) in [
        (
            "count_events",
            json!({ "service": "payments", "level": "error" }),
        ),
        (
            "summarize_errors",
            json!({ "service": "payments", "from_day": 2 }),
        ),
        ("count_events", json!({ "service": "payment" })),
        ("count_events", json!({ "level": "error" })),
        ("count_event", json!({ "service": "payments" })),
    ] {
        println!("> {name} {arguments}");
        println!("{}", wire.call(name, arguments).await?);
    }
    Ok(())
}
// ANCHOR_END: calls

async fn eras(desk: Desk) -> io::Result<()> {
    for era in [Era::Handshake, Era::Stateless] {
        let mut wire = Wire::connect(desk.clone(), era).await?;
        println!("{era:?}");
        println!(
            "{}",
            wire.call("count_events", json!({ "service": "payments" }))
                .await?
        );
        let mut list = wire.request("tools/list", json!({})).await?;
        list["result"]["tools"] = json!("…");
        println!("{list}");
    }
    Ok(())
}
