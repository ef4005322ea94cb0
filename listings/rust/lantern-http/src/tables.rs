//! The requests of the status tables, in order.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::probe::{Ask, Seen};

/// One line of a table.
pub struct Row {
    pub request: &'static str,
    pub seen: Seen,
}

/// Sends requests to one server and keeps what came back.
struct Table<'a> {
    client: Client,
    url: &'a str,
    rows: Vec<Row>,
}

impl<'a> Table<'a> {
    fn new(url: &'a str) -> Self {
        Self {
            client: Client::new(),
            url,
            rows: Vec::new(),
        }
    }

    async fn ask(&mut self, request: &'static str, ask: Ask) -> reqwest::Result<Option<String>> {
        let seen = ask.send(&self.client, self.url).await?;
        let session = seen.session.clone();
        self.rows.push(Row { request, seen });
        Ok(session)
    }
}

pub fn initialize() -> Value {
    let client = json!({ "name": "probe", "version": "1" });
    let params =
        json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
    json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params })
}

fn count() -> Value {
    json!({ "name": "count_events", "arguments": { "service": "payments", "level": "error" } })
}

fn call() -> Value {
    json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": count() })
}

// ANCHOR: sessions
/// What a client of revision 2025-11-25 can meet.
pub async fn sessions(url: &str) -> reqwest::Result<Vec<Row>> {
    let mut table = Table::new(url);
    let initialized = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    let in_session = |ask: Ask, id: &str| {
        ask.with("mcp-session-id", id)
            .with("mcp-protocol-version", "2025-11-25")
    };
    let post = Ask::handshake_era;

    let id = table.ask("initialize", post(&initialize())).await?;
    let id = id.unwrap_or_default();
    let ready = in_session(post(&initialized), &id);
    table.ask("notifications/initialized", ready).await?;
    table
        .ask("tools/call", in_session(post(&call()), &id))
        .await?;
    let stream = in_session(Ask::new(Method::GET), &id);
    table.ask("GET", stream).await?;
    table
        .ask("tools/call without session", post(&call()))
        .await?;
    let stranger = in_session(post(&call()), "made-up");
    table.ask("tools/call, unknown session", stranger).await?;
    let header = post(&initialize()).with("mcp-protocol-version", "2025-06-18");
    table
        .ask("initialize, other version in header", header)
        .await?;
    let end = in_session(Ask::new(Method::DELETE), &id);
    table.ask("DELETE", end).await?;
    let late = in_session(post(&call()), &id);
    table.ask("tools/call after DELETE", late).await?;
    Ok(table.rows)
}
// ANCHOR_END: sessions

// ANCHOR: stateless
/// What a client of revision 2026-07-28 can meet.
pub async fn stateless(url: &str) -> reqwest::Result<Vec<Row>> {
    let mut table = Table::new(url);
    let call = Ask::stateless("tools/call", count());

    table.ask("tools/call", call.clone()).await?;
    let no_method = call.clone().without("mcp-method");
    table
        .ask("tools/call without Mcp-Method", no_method)
        .await?;
    let bare = Ask::handshake_era(&self::call())
        .with("mcp-protocol-version", "2026-07-28")
        .with("mcp-method", "tools/call")
        .with("mcp-name", "count_events");
    table.ask("tools/call without _meta", bare).await?;
    let other = call.clone().with("mcp-name", "open_incident");
    table.ask("tools/call, other Mcp-Name", other).await?;
    let older = call.clone().with("mcp-protocol-version", "2025-11-25");
    table
        .ask("tools/call, other version in header", older)
        .await?;
    let unknown = Ask::stateless("tools/guess", json!({}));
    table.ask("no such method", unknown).await?;
    let bad_tool = Ask::stateless("tools/call", json!({ "name": "guess" }));
    table.ask("no such tool", bad_tool).await?;
    let version = |method| Ask::new(method).with("mcp-protocol-version", "2026-07-28");
    table.ask("GET", version(Method::GET)).await?;
    table.ask("DELETE", version(Method::DELETE)).await?;
    Ok(table.rows)
}
// ANCHOR_END: stateless

// ANCHOR: envelope
/// What depends on the HTTP request alone.
pub async fn envelope(url: &str) -> reqwest::Result<Vec<Row>> {
    let mut table = Table::new(url);
    let call = Ask::stateless("tools/call", count());

    let host = call.clone().with("host", "lantern.example");
    table.ask("Host: lantern.example", host).await?;
    let origin = call.clone().with("origin", "https://evil.example");
    table.ask("Origin: https://evil.example", origin).await?;
    let accept = call.clone().with("accept", "application/json");
    table.ask("Accept without event stream", accept).await?;
    let text = call.clone().with("content-type", "text/plain");
    table.ask("Content-Type: text/plain", text).await?;
    let broken = call.clone().with_body("{");
    table.ask("a body that is not JSON", broken).await?;
    let large = call.clone().with_body(vec![b' '; 4 * 1024 * 1024 + 1]);
    table.ask("a body of 4 MiB and one byte", large).await?;
    table.ask("PUT", Ask::new(Method::PUT)).await?;
    Ok(table.rows)
}
// ANCHOR_END: envelope

// ANCHOR: public
/// What the configuration `public` changes; the address must be in its list of hosts.
pub async fn public(url: &str) -> reqwest::Result<Vec<Row>> {
    let mut table = Table::new(url);
    let call = Ask::stateless("tools/call", count());

    table.ask("tools/call", call.clone()).await?;
    let origin = call.clone().with("origin", "https://evil.example");
    table.ask("Origin: https://evil.example", origin).await?;
    let large = call.clone().with_body(vec![b' '; 256 * 1024 + 1]);
    table.ask("a body of 256 KiB and one byte", large).await?;
    table
        .ask("initialize", Ask::handshake_era(&initialize()))
        .await?;
    table
        .ask(
            "tools/call, no version at all",
            Ask::handshake_era(&self::call()),
        )
        .await?;
    table.ask("GET", Ask::new(Method::GET)).await?;
    Ok(table.rows)
}
// ANCHOR_END: public
