//! The status tables, and the claims around them.

use lantern_http::probe::Ask;
use lantern_http::tables::{self, Row};
use lantern_http::{desk, public, start};
use reqwest::{Client, Method};
use rmcp::transport::streamable_http_server::StreamableHttpServerConfig;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

async fn defaults() -> String {
    let app = desk(StreamableHttpServerConfig::default());
    start(app, CancellationToken::new()).await.unwrap()
}

fn statuses(rows: &[Row]) -> Vec<(&str, u16)> {
    rows.iter()
        .map(|row| (row.request, row.seen.status))
        .collect()
}

#[tokio::test]
async fn the_session_lane() {
    let rows = tables::sessions(&defaults().await).await.unwrap();
    assert_eq!(
        statuses(&rows),
        [
            ("initialize", 200),
            ("notifications/initialized", 202),
            ("tools/call", 200),
            ("GET", 200),
            ("tools/call without session", 400),
            ("tools/call, unknown session", 404),
            ("initialize, other version in header", 400),
            ("DELETE", 202),
            ("tools/call after DELETE", 404),
        ]
    );
    let opened = rows.iter().filter(|row| row.seen.session.is_some()).count();
    assert_eq!(opened, 1, "only `initialize` opens a session");
}

#[tokio::test]
async fn the_stateless_lane() {
    let rows = tables::stateless(&defaults().await).await.unwrap();
    assert_eq!(
        statuses(&rows),
        [
            ("tools/call", 200),
            ("tools/call without Mcp-Method", 400),
            ("tools/call without _meta", 400),
            ("tools/call, other Mcp-Name", 400),
            ("tools/call, other version in header", 400),
            ("no such method", 404),
            ("no such tool", 200),
            ("GET", 405),
            ("DELETE", 405),
        ]
    );
    assert!(rows.iter().all(|row| row.seen.session.is_none()));
    let codes = rows.iter().map(|row| &row.seen.message["error"]["code"]);
    let codes: Vec<_> = codes.filter_map(Value::as_i64).collect();
    assert_eq!(codes, [-32020, -32602, -32020, -32020, -32601, -32602]);
}

#[tokio::test]
async fn the_envelope() {
    let rows = tables::envelope(&defaults().await).await.unwrap();
    let statuses: Vec<_> = rows.iter().map(|row| row.seen.status).collect();
    assert_eq!(statuses, [403, 200, 406, 415, 415, 413, 405]);
}

#[tokio::test]
async fn the_public_configuration() {
    let config = public("127.0.0.1", CancellationToken::new());
    let url = start(desk(config), CancellationToken::new()).await.unwrap();
    let rows = tables::public(&url).await.unwrap();
    let statuses: Vec<_> = rows.iter().map(|row| row.seen.status).collect();
    assert_eq!(statuses, [200, 403, 413, 200, 200, 405]);
    for row in rows.iter().filter(|row| row.seen.status == 200) {
        assert_eq!(row.seen.content_type, "application/json", "{}", row.request);
        assert_eq!(row.seen.session, None, "{}", row.request);
    }
}

#[tokio::test]
async fn the_public_host_is_the_only_one() {
    let config = public("lantern.example", CancellationToken::new());
    let url = start(desk(config), CancellationToken::new()).await.unwrap();
    let ask = Ask::stateless("tools/list", json!({}));
    let client = Client::new();
    let by_address = ask.clone().send(&client, &url).await.unwrap();
    assert_eq!(by_address.status, 403);
    let by_name = ask.with("host", "lantern.example");
    assert_eq!(by_name.send(&client, &url).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_body_of_4_mib_passes_and_one_byte_more_does_not() {
    let url = defaults().await;
    let limit = 4 * 1024 * 1024;
    let message = tables::initialize().to_string();
    for (length, status) in [(limit - 1, 200), (limit, 200), (limit + 1, 413)] {
        let body = " ".repeat(length - message.len()) + &message;
        let ask = Ask::handshake_era(&json!({})).with_body(body);
        let seen = ask.send(&Client::new(), &url).await.unwrap();
        assert_eq!(seen.status, status, "{length} bytes");
    }
}

#[tokio::test]
async fn a_request_without_any_version_counts_as_2025_03_26_and_wants_a_session() {
    let url = defaults().await;
    let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    let seen = Ask::handshake_era(&call).send(&Client::new(), &url).await;
    assert_eq!(seen.unwrap().status, 400);
    let get = Ask::new(Method::GET).send(&Client::new(), &url).await;
    assert_eq!(get.unwrap().status, 400);
}

#[tokio::test]
async fn required_metadata_refuses_clients_of_older_revisions() {
    let token = CancellationToken::new();
    let config = public("127.0.0.1", token.clone()).with_stateless_protocol_metadata_required(true);
    let url = start(desk(config), token).await.unwrap();
    let client = Client::new();
    let list = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    for old in [
        Ask::handshake_era(&list),
        Ask::handshake_era(&list).with("mcp-protocol-version", "2025-11-25"),
    ] {
        assert_eq!(old.send(&client, &url).await.unwrap().status, 400);
    }
    let current = Ask::stateless("tools/list", json!({}));
    assert_eq!(current.send(&client, &url).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_notification_goes_by_its_header_alone() {
    let url = defaults().await;
    let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    let unmarked = Ask::handshake_era(&ready);
    let current = unmarked
        .clone()
        .with("mcp-protocol-version", "2026-07-28")
        .with("mcp-method", "notifications/initialized");
    for (ask, status) in [(unmarked, 400), (current, 202)] {
        let seen = ask.send(&Client::new(), &url).await.unwrap();
        assert_eq!(seen.status, status);
    }
}

#[tokio::test]
async fn an_array_of_requests_is_no_message() {
    let list = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    let batch = Ask::handshake_era(&json!([list]));
    let seen = batch.send(&Client::new(), &defaults().await).await.unwrap();
    assert_eq!(seen.status, 415);
}
