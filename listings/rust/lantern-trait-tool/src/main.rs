use std::io;

use lantern_core::Dataset;
use lantern_tools::wire::{Era, Wire};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let desk = lantern_trait_tool::desk(Dataset::generate(7, 3));
    let mut wire = Wire::connect(desk, Era::Handshake).await?;
    for tool in wire.tools().await? {
        println!("{}", tool["name"]);
    }
    for service in ["payments", "payment"] {
        let call = json!({ "service": service, "from_day": 2 });
        println!("{}", wire.call("summarize_errors", call).await?);
    }
    Ok(())
}
