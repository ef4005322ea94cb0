//! Lists and renders the prompts, and completes their arguments.

use std::io;

use lantern_core::Dataset;
use lantern_prompts::Desk;
use lantern_tools::wire::{Era, Wire};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let desk = Desk::new(Dataset::generate(7, 3));
    let mut wire = Wire::connect(desk, Era::Stateless).await?;

    let reply = wire.request("prompts/list", json!({})).await?;
    for prompt in reply["result"]["prompts"].as_array().into_iter().flatten() {
        println!("{}: {}", prompt["name"], prompt["description"]);
        for argument in prompt["arguments"].as_array().into_iter().flatten() {
            println!("  {}, required {}", argument["name"], argument["required"]);
        }
    }

    for (name, arguments) in [
        ("triage", json!({ "service": "payments" })),
        ("postmortem", json!({ "incident": "INC-0001" })),
        ("postmortem", json!({})),
    ] {
        println!("{name} {arguments}");
        let params = json!({ "name": name, "arguments": arguments });
        let reply = wire.request("prompts/get", params).await?;
        for message in reply["result"]["messages"].as_array().into_iter().flatten() {
            let text = message["content"]["text"].as_str().unwrap_or_default();
            println!("  {}: {}", message["role"], text.replace('\n', "\n    "));
        }
        if !reply["error"].is_null() {
            println!("  {}", reply["error"]);
        }
    }

    for (argument, value, filled) in [
        ("service", "pay", json!({})),
        ("incident", "INC", json!({})),
        ("incident", "INC", json!({ "service": "billing" })),
    ] {
        let params = json!({
            "ref": { "type": "ref/prompt", "name": "postmortem" },
            "argument": { "name": argument, "value": value },
            "context": { "arguments": filled },
        });
        let reply = wire.request("completion/complete", params).await?;
        let completion: &Value = &reply["result"]["completion"];
        println!("{argument} `{value}` after {filled}: {completion}");
    }
    Ok(())
}
