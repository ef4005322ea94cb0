//! One scan from a call to its result, over two connections; then one cancelled and one expired.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use lantern_core::Dataset;
use lantern_scan::caller::Caller;
use lantern_tasks::{Desk, Office};
use lantern_tools::wire::Era;
use serde_json::{Value, json};

// Paused time jumps to the next timer as soon as everybody waits. The order stays real.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    for era in [Era::Handshake, Era::Stateless] {
        println!("{era:?}");
        let office = Office::new(Dataset::generate(7, 3), 300_000);
        plain_call(&office, era).await?;
        finished(&office, era).await?;
        cancelled(&office, era).await?;
    }
    println!("A task that nobody answers, with a TTL of 250 ms");
    expired(&Office::new(Dataset::generate(7, 3), 250)).await
}

async fn connect(office: &Arc<Office>, era: Era, name: &str) -> io::Result<Caller> {
    let capabilities = json!({
        "elicitation": {},
        "extensions": { "io.modelcontextprotocol/tasks": {} },
    });
    Caller::connect(Desk::new(office, name), era, capabilities).await
}

async fn plain_call(office: &Arc<Office>, era: Era) -> io::Result<()> {
    let mut caller = Caller::connect(Desk::new(office, "Ana"), era, json!({})).await?;
    let reply = caller.request("tools/call", scan()).await?;
    println!(
        "  without the extension: {}",
        reply["result"]["structuredContent"]
    );
    Ok(())
}

async fn finished(office: &Arc<Office>, era: Era) -> io::Result<()> {
    let mut ana = connect(office, era, "Ana").await?;
    let created = ana.request("tools/call", scan()).await?;
    let task = &created["result"];
    println!("  created: {}, {}", task["status"], task["statusMessage"]);
    println!(
        "    resultType {}, ttlMs {}",
        task["resultType"], task["ttlMs"]
    );
    let id = json!({ "taskId": task["taskId"] });
    drop(ana);

    let mut ana = connect(office, era, "Ana").await?;
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(200)).await; // what pollIntervalMs asks for
        let state = ana.request("tasks/get", id.clone()).await?;
        let state = &state["result"];
        println!("  get: {}, {}", state["status"], state["statusMessage"]);
        match state["status"].as_str() {
            Some("working") => {}
            Some("input_required") => {
                let question = &state["inputRequests"]["skip"];
                println!("    {}", question["params"]["message"]);
                let mut ben = connect(office, era, "Ben").await?;
                let refused = ben.request("tasks/get", id.clone()).await?;
                println!("  Ben's get: {}", hide(&refused, &task["taskId"]));
                let mut answer = id.clone();
                let skip = json!({ "action": "accept", "content": { "service": "orders" } });
                answer["inputResponses"] = json!({ "skip": skip });
                println!("  update: {}", ana.request("tasks/update", answer).await?);
            }
            _ => {
                println!("    {}", state["result"]["structuredContent"]);
                break;
            }
        }
    }
    Ok(())
}

async fn cancelled(office: &Arc<Office>, era: Era) -> io::Result<()> {
    let mut ana = connect(office, era, "Ana").await?;
    let created = ana.request("tools/call", scan()).await?;
    let id = json!({ "taskId": created["result"]["taskId"] });
    tokio::time::sleep(Duration::from_millis(100)).await;
    println!(
        "  cancel: {}",
        ana.request("tasks/cancel", id.clone()).await?
    );
    let state = ana.request("tasks/get", id).await?;
    let state = &state["result"];
    println!("  get: {}, {}", state["status"], state["statusMessage"]);
    Ok(())
}

async fn expired(office: &Arc<Office>) -> io::Result<()> {
    let mut ana = connect(office, Era::Stateless, "Ana").await?;
    let created = ana.request("tools/call", scan()).await?;
    let id = json!({ "taskId": created["result"]["taskId"] });
    tokio::time::sleep(Duration::from_secs(1)).await; // the scan asks its question
    for _ in 0..2 {
        // The manager measures real time, which does not jump.
        std::thread::sleep(Duration::from_millis(300));
        let state = ana.request("tasks/get", id.clone()).await?;
        match &state["result"] {
            Value::Null => println!("  get: {}", hide(&state["error"], &id["taskId"])),
            result => println!("  get: {}, {}", result["status"], result["error"]),
        }
    }
    Ok(())
}

fn scan() -> Value {
    json!({ "name": "scan_archive", "arguments": { "text": "timed out" } })
}

/// Ids are random; the output of this program is not.
fn hide(message: &Value, id: &Value) -> String {
    let id = id.as_str().unwrap_or("no id");
    message.to_string().replace(id, "<task>")
}
