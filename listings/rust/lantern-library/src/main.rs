//! Shows the library to a client of each era.

use std::io;
use std::sync::Arc;

use lantern_core::Dataset;
use lantern_library::{Library, Shelf};
use lantern_tools::wire::{Era, Wire};
use serde_json::{Value, json};

// One thread: the lines come in the same order on every run.
#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    for era in [Era::Handshake, Era::Stateless] {
        let shelf = Arc::new(Shelf::new(Dataset::generate(7, 3)));
        let mut wire = Wire::connect(Library::new(Arc::clone(&shelf)), era).await?;
        println!("{era:?}");
        pages(&mut wire).await?;
        reads(&mut wire).await?;
        changes(&mut wire, era, &shelf).await?;
    }
    Ok(())
}

async fn pages(wire: &mut Wire) -> io::Result<()> {
    let mut params = json!({});
    for number in 1..=10 {
        let reply = wire.request("resources/list", params).await?;
        let result = &reply["result"];
        let resources = result["resources"].as_array().into_iter().flatten();
        let uris: Vec<_> = resources
            .filter_map(|resource| resource["uri"].as_str())
            .collect();
        println!("  page {number}: {}", uris.join(", "));
        match &result["nextCursor"] {
            Value::Null => break,
            cursor => params = json!({ "cursor": cursor }),
        }
    }
    let reply = wire.request("resources/list", json!({ "cursor": "incidents-after:9" }));
    println!("  bad cursor: {}", reply.await?);
    Ok(())
}

async fn reads(wire: &mut Wire) -> io::Result<()> {
    for uri in ["runbook://disk-quota", "incident://INC-0002", "log://tax/1"] {
        let reply = wire
            .request("resources/read", json!({ "uri": uri }))
            .await?;
        let result = &reply["result"];
        let text = result["contents"][0]["text"].as_str().unwrap_or_default();
        println!(
            "  {uri}: {} lines, ttlMs {}, cacheScope {}",
            text.lines().count(),
            result["ttlMs"],
            result["cacheScope"]
        );
    }
    for uri in ["incident://INC-0099", "log://tax/01"] {
        let reply = wire
            .request("resources/read", json!({ "uri": uri }))
            .await?;
        println!("  {uri}: {}", reply["error"]);
    }
    let call = json!({ "service": "tax", "day": 1 });
    let reply = wire.call("find_log", call).await?;
    println!("  find_log: {}", reply["result"]["content"]);
    Ok(())
}

async fn changes(wire: &mut Wire, era: Era, shelf: &Shelf) -> io::Result<()> {
    let (mine, missing) = ("incident://INC-0001", "incident://INC-0099");
    if era == Era::Handshake {
        for uri in [mine, missing] {
            let reply = wire.request("resources/subscribe", json!({ "uri": uri }));
            println!("  subscribe to {uri}: {}", reply.await?);
        }
    } else {
        let wanted = json!({ "resourceSubscriptions": [mine, missing] });
        wire.send("subscriptions/listen", json!({ "notifications": wanted }))
            .await?;
        println!("  {}", wire.notification().await?);
        println!("  {}", wire.notification().await?);
    }
    for id in ["INC-0002", "INC-0001"] {
        shelf
            .annotate(id, "Restarted one replica.")
            .map_err(io::Error::other)?;
        println!("  annotated {id}");
    }
    println!("  {}", wire.notification().await?);
    Ok(())
}
