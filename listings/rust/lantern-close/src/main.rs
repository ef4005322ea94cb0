//! Closes an incident for a client of each era, then tries to get around the question.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use lantern_close::Desk;
use lantern_core::Dataset;
use lantern_scan::caller::Caller;
use lantern_tools::wire::Era;
use serde_json::{Value, json};

/// A real server reads its key from where it keeps its secrets.
const KEY: [u8; 32] = [7; 32];

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let data = Arc::new(Dataset::generate(7, 3));
    let form = json!({ "root_cause": "dependency", "confirmed": true });
    let yes = json!({ "action": "accept", "content": form });

    println!("Handshake");
    let mut ana = connect(&data, Era::Handshake).await?;
    let id = ana.send("tools/call", close("INC-0001")).await?;
    let question = ana.next().await?;
    println!(
        "  {}: {}",
        question["method"], question["params"]["message"]
    );
    println!(
        "  {}",
        question["params"]["requestedSchema"]["properties"]["root_cause"]
    );
    ana.answer(&question, yes.clone()).await?;
    println!("  {}", ended(&ana.reply(id).await?));

    println!("Stateless");
    let mut ana = connect(&data, Era::Stateless).await?;
    let (question, state) = ask(&mut ana, "INC-0002").await?;
    println!(
        "  {}: {}",
        question["method"], question["params"]["message"]
    );
    println!(
        "  {}",
        ended(&retry(&mut ana, "INC-0003", &state, &yes).await?)
    );
    let forged = json!(state.to_string().replace("rs1.", "rs1.X"));
    println!(
        "  {}",
        ended(&retry(&mut ana, "INC-0002", &forged, &yes).await?)
    );
    data.incidents
        .annotate("INC-0002", "It is back.")
        .map_err(io::Error::other)?;
    let again = retry(&mut ana, "INC-0002", &state, &yes).await?;
    let question = &again["result"]["inputRequests"]["closing"];
    println!("  asked again: {}", question["params"]["message"]);
    let state = again["result"]["requestState"].clone();
    println!(
        "  {}",
        ended(&retry(&mut ana, "INC-0002", &state, &yes).await?)
    );
    println!(
        "  {}",
        ended(&retry(&mut ana, "INC-0002", &state, &yes).await?)
    );
    let (_, state) = ask(&mut ana, "INC-0003").await?;
    let no = json!({ "action": "decline" });
    println!(
        "  {}",
        ended(&retry(&mut ana, "INC-0003", &state, &no).await?)
    );
    Ok(())
}

async fn connect(data: &Arc<Dataset>, era: Era) -> io::Result<Caller> {
    let ttl = Duration::from_secs(300);
    let desk = Desk::new(Arc::clone(data), &KEY, "Ana", ttl).map_err(io::Error::other)?;
    Caller::connect(desk, era, json!({ "elicitation": {} })).await
}

fn close(id: &str) -> Value {
    json!({ "name": "close_incident", "arguments": { "id": id } })
}

/// The question and the sealed state.
async fn ask(caller: &mut Caller, id: &str) -> io::Result<(Value, Value)> {
    let reply = caller.request("tools/call", close(id)).await?;
    let result = &reply["result"];
    let question = result["inputRequests"]["closing"].clone();
    Ok((question, result["requestState"].clone()))
}

async fn retry(caller: &mut Caller, id: &str, state: &Value, answer: &Value) -> io::Result<Value> {
    let mut params = close(id);
    params["requestState"] = state.clone();
    params["inputResponses"] = json!({ "closing": answer });
    caller.request("tools/call", params).await
}

fn ended(reply: &Value) -> String {
    let result = &reply["result"];
    match (&result["structuredContent"], &result["content"][0]["text"]) {
        (Value::Null, Value::Null) => reply["error"].to_string(),
        (Value::Null, text) => text.to_string(),
        (incident, _) => format!(
            "{} is {}, root cause {}",
            incident["id"], incident["status"], incident["root_cause"]
        ),
    }
}
