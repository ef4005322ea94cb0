//! Five calls, each driven round by round.

use std::error::Error;

use lantern_core::Dataset;
use lantern_rounds::{Driver, RoundsDesk, by_hand, connect};
use rmcp::model::{CallToolRequestParams, ElicitResult, ElicitationAction};
use serde_json::json;

// A real server reads its key from a secret store.
const KEY: &[u8] = b"a key for the listing, 32 bytes or more";

// ANCHOR: user
/// A scripted user who knows the answer to every form of the desk.
fn user(message: &str) -> ElicitResult {
    let content = match message {
        "What was the root cause?" => json!({ "root_cause": "capacity" }),
        _ => json!({ "confirm": true }),
    };
    ElicitResult::new(ElicitationAction::Accept).with_content(content)
}
// ANCHOR_END: user

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    let desk = RoundsDesk::new(Dataset::generate(7, 3), KEY)?;
    let client = connect(desk, by_hand()).await?;
    let args = json!({ "id": "INC-0001" });
    let args = args.as_object().cloned().unwrap_or_default();

    for tool in [
        "close_incident",
        "never_satisfied",
        "list_folders",
        "scan_archive",
    ] {
        println!("{tool}");
        let mut driver = Driver {
            peer: client.peer().clone(),
            user,
            max_rounds: 4,
            log: Vec::new(),
        };
        let call = CallToolRequestParams::new(tool).with_arguments(args.clone());
        let outcome = driver.call(call).await;
        for line in driver.log {
            println!("  {line}");
        }
        match outcome {
            Ok(result) => {
                let texts = result.content.iter().filter_map(|block| block.as_text());
                println!(
                    "  = {}",
                    texts.map(|text| text.text.as_str()).collect::<String>()
                );
            }
            Err(error) => println!("  = error: {error}"),
        }
    }

    println!("close_incident with a state that the server never made");
    let call = CallToolRequestParams::new("close_incident")
        .with_arguments(args)
        .with_request_state("rs1.not.ours");
    match client.call_tool_once(call).await {
        Ok(_) => println!("  = accepted"),
        Err(error) => println!("  = error: {error}"),
    }
    Ok(())
}
