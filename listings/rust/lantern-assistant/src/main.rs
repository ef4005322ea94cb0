//! The same dialogue in both revisions, and what carried it.

use std::error::Error;
use std::time::Duration;

use lantern_assistant::{AskingDesk, Assistant, User};
use lantern_core::Dataset;
use lantern_fanout::{DeskClient, Limits, Tap, lifecycles, text};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    for (revision, lifecycle) in lifecycles() {
        let tap = Tap::default();
        let pipe = tap.serve(AskingDesk::new(Dataset::generate(7, 3)));
        let assistant = Assistant::new(User::FillsIn);
        let limits = Limits {
            at_once: 1,
            deadline: Duration::from_secs(60),
        };
        let client = DeskClient::connect(assistant.clone(), pipe, lifecycle, limits).await?;
        client.service().list_tools(None).await?;
        tap.take(); // from here on, only the calls

        println!("{revision}");
        for tool in ["draft_summary", "close_incident"] {
            let result = client.call(tool, json!({ "id": "INC-0001" })).await?;
            println!("  {tool}: {}", text(&result));
            for frame in tap.take() {
                println!("    {frame}");
            }
        }
        for line in assistant.transcript() {
            println!("  | {line}");
        }
    }
    Ok(())
}
