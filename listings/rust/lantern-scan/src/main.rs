//! Runs one scan to its end and cancels another, for a client of each era.

use std::io;

use lantern_core::Dataset;
use lantern_scan::Desk;
use lantern_scan::caller::Caller;
use lantern_tools::wire::Era;
use serde_json::{Value, json};

// Paused time jumps to the next timer as soon as everybody waits. The order stays real.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    for era in [Era::Handshake, Era::Stateless] {
        println!("{era:?}");
        let desk = Desk::new(Dataset::generate(7, 3));
        let mut caller = Caller::connect(desk.clone(), era, json!({})).await?;

        let id = caller.send("tools/call", scan("first")).await?;
        let reply = caller.reply(id).await?;
        for _ in 0..12 {
            let message = caller.next().await?;
            println!("  {}", shown(&message["params"]));
        }
        println!("  reply: {}", reply["result"]["structuredContent"]);

        let id = caller.send("tools/call", scan("second")).await?;
        for _ in 0..4 {
            let message = caller.next().await?;
            println!("  {}", shown(&message["params"]));
        }
        let reason = json!({ "requestId": id, "reason": "the user closed the window" });
        caller.notify("notifications/cancelled", reason).await?;
        // An hour is longer than any scan: whatever still runs comes to its end.
        tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
        let next = caller.request("tools/list", json!({})).await?;
        let tools = next["result"]["tools"].as_array().map_or(0, Vec::len);
        println!("  next message: the reply to tools/list, {tools} tool");
        println!("  segments read: {}", desk.segments_read() - 12);
    }
    Ok(())
}

fn scan(token: &str) -> Value {
    json!({
        "name": "scan_archive",
        "arguments": { "text": "timed out" },
        "_meta": { "progressToken": token },
    })
}

fn shown(progress: &Value) -> String {
    format!(
        "{}: {} of {}, {}",
        progress["progressToken"], progress["progress"], progress["total"], progress["message"]
    )
}
