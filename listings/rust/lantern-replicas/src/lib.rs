//! Two replicas that take turns, and what a client notices of it.

use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use lantern_core::Dataset;
use lantern_server::{Config, Lantern};
use lantern_session_store::Shelf;
use serde_json::{Value, json};
use tower::ServiceExt;

type Failure = Box<dyn Error + Send + Sync>;

/// What the replicas have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Common {
    Nothing,
    Sessions,
    SessionsAndData,
}

// ANCHOR: pair
/// A load balancer without affinity: every request goes to the other replica.
pub struct Pair {
    replicas: [Router; 2],
    next: usize,
    step: usize,
}

impl Pair {
    pub fn start(common: Common) -> Result<Self, Failure> {
        let mut config = Config {
            sessions: true,
            ..Config::default()
        };
        if common != Common::Nothing {
            config.session_store = Some(Arc::new(Shelf::default()));
        }
        let shared = Arc::new(Dataset::generate(7, 3));
        let replica = || {
            if common == Common::SessionsAndData {
                Lantern::with_data(&config, shared.clone())
            } else {
                Lantern::new(&config)
            }
        };
        let replicas = [replica()?.router, replica()?.router];
        Ok(Self {
            replicas,
            next: 0,
            step: 1,
        })
    }
    // ANCHOR_END: pair

    /// Affinity: from now on all requests go to the same replica.
    pub fn with_affinity(self) -> Self {
        Self { step: 0, ..self }
    }

    async fn post(&mut self, headers: &[(&str, &str)], message: &Value) -> Result<Seen, Failure> {
        let mut request = Request::post("/mcp")
            .header("host", "127.0.0.1")
            .header("accept", "application/json, text/event-stream")
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(message.to_string()))?;
        let replica = self.replicas[self.next % 2].clone();
        self.next += self.step;
        let response = replica.oneshot(request).await?;
        let status = response.status().as_u16();
        let session = response.headers().get("mcp-session-id");
        let session = session.and_then(|id| Some(id.to_str().ok()?.to_owned()));
        let body = to_bytes(response.into_body(), 1 << 20).await?;
        let body = String::from_utf8_lossy(&body).into_owned();
        // In a stream the answer is the last event that carries data.
        let events = body.lines().filter_map(|line| line.strip_prefix("data:"));
        let answer = events
            .chain([body.as_str()])
            .filter_map(|text| serde_json::from_str(text).ok())
            .next_back()
            .unwrap_or_default();
        Ok(Seen {
            status,
            session,
            answer,
        })
    }

    /// A call of 2026-07-28.
    pub async fn stateless(&mut self, tool: &str, arguments: Value) -> Result<Seen, Failure> {
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let params = json!({ "name": tool, "arguments": arguments, "_meta": meta });
        let headers = [
            ("mcp-protocol-version", "2026-07-28"),
            ("mcp-method", "tools/call"),
            ("mcp-name", tool),
        ];
        self.post(&headers, &request("tools/call", params)).await
    }

    /// Opens a session of 2025-11-25 and calls a tool in it.
    pub async fn in_session(&mut self, tool: &str, arguments: Value) -> Result<Seen, Failure> {
        let client = json!({ "name": "pair", "version": "1" });
        let hello =
            json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
        let opened = self.post(&[], &request("initialize", hello)).await?;
        let session = opened.session.ok_or("no session")?;
        let headers = [
            ("mcp-session-id", session.as_str()),
            ("mcp-protocol-version", "2025-11-25"),
        ];
        let params = json!({ "name": tool, "arguments": arguments });
        self.post(&headers, &request("tools/call", params)).await
    }
}

fn request(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
}

/// What came back.
pub struct Seen {
    pub status: u16,
    pub session: Option<String>,
    pub answer: Value,
}

impl Seen {
    /// The id of an opened incident, the text of a tool, or the status.
    pub fn says(&self) -> String {
        let result = &self.answer["result"];
        let id = result["structuredContent"]["id"].as_str();
        let text = result["content"][0]["text"].as_str();
        id.or(text)
            .map_or_else(|| format!("status {}", self.status), str::to_owned)
    }
}
