//! Everything `tools/list` says, compared with a file. `LANTERN_SNAPSHOT=write` renews the file.

use lantern_core::Dataset;
use lantern_tools::Desk;
use lantern_tools::wire::{Era, Wire};

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools.json");

#[tokio::test]
async fn the_tool_list_is_the_one_we_agreed_on() {
    let desk = Desk::new(Dataset::generate(7, 3));
    let mut handshake = Wire::connect(desk.clone(), Era::Handshake).await.unwrap();
    let tools = handshake.tools().await.unwrap();
    let seen = serde_json::to_string_pretty(&tools).unwrap() + "\n";
    if std::env::var("LANTERN_SNAPSHOT").as_deref() == Ok("write") {
        std::fs::write(SNAPSHOT, &seen).unwrap();
    }
    let agreed = std::fs::read_to_string(SNAPSHOT).unwrap();
    let first_difference = seen
        .lines()
        .zip(agreed.lines())
        .find(|(new, old)| new != old);
    assert_eq!(
        first_difference, None,
        "renew the file if this change is meant"
    );
    assert_eq!(seen.len(), agreed.len());

    let mut stateless = Wire::connect(desk, Era::Stateless).await.unwrap();
    assert_eq!(
        tools,
        stateless.tools().await.unwrap(),
        "both eras see the same tools"
    );
}

#[tokio::test]
async fn the_server_is_called_lantern() {
    let desk = Desk::new(Dataset::generate(7, 3));
    let mut wire = Wire::connect(desk, Era::Stateless).await.unwrap();
    let reply = wire
        .request("server/discover", serde_json::json!({}))
        .await
        .unwrap();
    let info = &reply["result"]["_meta"]["io.modelcontextprotocol/serverInfo"];
    assert_eq!(info["name"], "lantern");
    assert_eq!(info["version"], env!("CARGO_PKG_VERSION"));
}
