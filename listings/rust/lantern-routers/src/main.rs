//! Switches maintenance on while a client of each era is connected.

use std::io;

use lantern_core::Dataset;
use lantern_routers::Desk;
use lantern_tools::wire::{Era, Wire};
use serde_json::json;

// One thread: the lines come in the same order on every run.
#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    for era in [Era::Handshake, Era::Stateless] {
        let desk = Desk::new(Dataset::generate(7, 3));
        let mut wire = Wire::connect(desk.clone(), era).await?;
        println!("{era:?}");
        println!("  before: {}", names(&mut wire).await?);
        if era == Era::Stateless {
            let wanted = json!({ "notifications": { "toolsListChanged": true } });
            wire.send("subscriptions/listen", wanted).await?;
            println!("  {}", wire.notification().await?);
        }
        desk.set_maintenance(true);
        println!("  {}", wire.notification().await?);
        println!("  during: {}", names(&mut wire).await?);
        let call = json!({ "service": "payments", "title": "cards are declined" });
        println!(
            "  open_incident: {}",
            wire.call("open_incident", call).await?
        );
        desk.set_maintenance(false);
        println!("  after: {}", names(&mut wire).await?);
    }
    Ok(())
}

async fn names(wire: &mut Wire) -> io::Result<String> {
    let tools = wire.tools().await?;
    let names: Vec<_> = tools
        .iter()
        .filter_map(|tool| tool["name"].as_str())
        .collect();
    Ok(names.join(", "))
}
