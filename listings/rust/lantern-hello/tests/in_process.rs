//! Two peers in one process, joined by an in-memory pipe.

use lantern_core::Dataset;
use lantern_hello::Hello;
use rmcp::model::{CallToolRequestParams, CallToolResult, ProtocolVersion};
use rmcp::service::RunningService;
use rmcp::{RoleClient, RoleServer, ServiceExt};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream};

fn hello() -> Hello {
    Hello::new(Dataset::generate(7, 3))
}

// ANCHOR: connect
async fn connect() -> (
    RunningService<RoleServer, Hello>,
    RunningService<RoleClient, ()>,
) {
    let (near, far) = tokio::io::duplex(4096);
    let (server, client) = tokio::join!(hello().serve(far), ().serve(near));
    (server.unwrap(), client.unwrap())
}

async fn count(arguments: Value) -> CallToolResult {
    let (_server, client) = connect().await;
    let call = CallToolRequestParams::new("count_events")
        .with_arguments(arguments.as_object().unwrap().clone());
    client.call_tool(call).await.unwrap()
}

#[tokio::test]
async fn counts_the_errors_of_a_service() {
    let result = count(json!({ "service": "payments", "level": "error" })).await;
    assert_eq!(result.content[0].as_text().unwrap().text, "payments: 6");
    assert_eq!(result.is_error, Some(false));
}
// ANCHOR_END: connect

#[tokio::test]
async fn without_a_level_all_levels_count() {
    let result = count(json!({ "service": "payments" })).await;
    let text = &result.content[0].as_text().unwrap().text;
    let all: usize = text.strip_prefix("payments: ").unwrap().parse().unwrap();
    assert!(all > 6);
}

#[tokio::test]
async fn an_unknown_service_is_a_result_the_model_can_read() {
    let result = count(json!({ "service": "payment" })).await;
    assert_eq!(result.is_error, Some(true));
    assert_eq!(
        result.content[0].as_text().unwrap().text,
        "there is no service `payment`"
    );
}

#[tokio::test]
async fn the_schema_comes_from_the_struct() {
    let (_server, client) = connect().await;
    let tools = client.list_all_tools().await.unwrap();
    let schema = json!(*tools[0].input_schema);
    assert_eq!(schema["type"], "object");
    assert_eq!(schema["required"], json!(["service"]));
    assert_eq!(schema.get("title"), None);
    let service = &schema["properties"]["service"];
    assert_eq!(
        service["description"],
        "Name of the service, for example `payments`."
    );
    assert_eq!(
        schema["$defs"]["Level"]["enum"],
        json!(["info", "warn", "error"])
    );
}

async fn ask(pipe: &mut BufReader<DuplexStream>, question: &Value) -> Value {
    let line = format!("{question}\n");
    pipe.write_all(line.as_bytes()).await.unwrap();
    let mut answer = String::new();
    pipe.read_line(&mut answer).await.unwrap();
    serde_json::from_str(&answer).unwrap()
}

fn initialize(version: &str) -> Value {
    let params = json!({
        "protocolVersion": version,
        "capabilities": {},
        "clientInfo": { "name": "test", "version": "1" },
    });
    json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params })
}

// ANCHOR: versions
#[tokio::test]
async fn initialize_never_reaches_the_current_revision() {
    for (asked, answered) in [
        ("2024-11-05", "2024-11-05"),
        ("2025-03-26", "2025-03-26"),
        ("2025-06-18", "2025-06-18"),
        ("2025-11-25", "2025-11-25"),
        ("2026-07-28", "2025-11-25"),
        ("1999-01-01", "2025-11-25"),
    ] {
        let (near, far) = tokio::io::duplex(4096);
        let server = tokio::spawn(hello().serve(far));
        let answer = ask(&mut BufReader::new(near), &initialize(asked)).await;
        assert_eq!(
            answer["result"]["protocolVersion"], answered,
            "asked for {asked}"
        );
        server.abort();
    }
}
// ANCHOR_END: versions

#[tokio::test]
async fn a_default_client_offers_the_newest_version_all_the_same() {
    let (near, far) = tokio::io::duplex(4096);
    let client = tokio::spawn(().serve(near));
    let mut offer = String::new();
    BufReader::new(far).read_line(&mut offer).await.unwrap();
    let offer: Value = serde_json::from_str(&offer).unwrap();
    assert_eq!(offer["method"], "initialize");
    assert_eq!(
        offer["params"]["protocolVersion"],
        ProtocolVersion::LATEST.as_str()
    );
    assert_eq!(ProtocolVersion::LATEST, ProtocolVersion::V_2026_07_28);
    assert_eq!(offer["params"]["clientInfo"]["name"], "rmcp");
    client.abort();
}

#[tokio::test]
async fn without_a_handshake_every_request_must_carry_its_metadata() {
    let (near, far) = tokio::io::duplex(4096);
    let server = tokio::spawn(hello().serve(far));
    let question = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    let answer = ask(&mut BufReader::new(near), &question).await;
    assert_eq!(answer["error"]["code"], -32602);
    let message = answer["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("io.modelcontextprotocol/protocolVersion"),
        "{message}"
    );
    server.abort();
}
