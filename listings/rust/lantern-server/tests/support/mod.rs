//! Requests by hand, sent to the router without a network.
#![allow(dead_code)] // every test program uses its part

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The text of a tool's result, or the code of an error.
    pub fn says(&self) -> String {
        let message = self.json();
        match message["error"]["code"].as_i64() {
            Some(code) => code.to_string(),
            None => message["result"]["content"][0]["text"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        }
    }
}

pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.expect("a body");
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

pub fn get(path: &str) -> Request<Body> {
    Request::get(path)
        .header("host", "127.0.0.1")
        .header("accept", "text/event-stream")
        .body(Body::empty())
        .expect("a request")
}

/// A tool call of 2026-07-28 that belongs to a trace.
pub fn call(tool: &str, arguments: Value) -> Request<Body> {
    rpc(
        "tools/call",
        json!({ "name": tool, "arguments": arguments }),
    )
}

pub fn rpc(method: &str, mut params: Value) -> Request<Body> {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "by hand", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01",
    });
    let mut request = Request::post("/mcp")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", method);
    if let Some(name) = params["name"].as_str() {
        request = request.header("mcp-name", name);
    }
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    finish(request, message.to_string())
}

/// A message of 2025-11-25.
pub fn legacy(message: &Value) -> Request<Body> {
    finish(Request::post("/mcp"), message.to_string())
}

pub fn initialize() -> Value {
    let client = json!({ "name": "by hand", "version": "1" });
    let params =
        json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
    json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params })
}

fn finish(request: axum::http::request::Builder, body: String) -> Request<Body> {
    request
        .header("host", "127.0.0.1")
        .header("accept", "application/json, text/event-stream")
        .header("content-type", "application/json")
        .body(Body::from(body))
        .expect("a request")
}
