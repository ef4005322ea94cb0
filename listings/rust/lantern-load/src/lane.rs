//! The ways one and the same call can be sent.

use serde_json::{Value, json};

use crate::Failure;
use crate::raw::Connection;

// ANCHOR: lanes
/// Revision, session or not, and the form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    StatelessJson,
    StatelessStream,
    /// The same, but the server's socket may hold small packets back.
    StatelessDelayed,
    LegacyJson,
    LegacyStream,
    /// In a session the answer is always a stream.
    Session,
}

impl Lane {
    pub const ALL: [Self; 6] = [
        Self::StatelessJson,
        Self::StatelessStream,
        Self::StatelessDelayed,
        Self::LegacyJson,
        Self::LegacyStream,
        Self::Session,
    ];
    // ANCHOR_END: lanes

    pub fn name(self) -> &'static str {
        match self {
            Self::StatelessJson => "2026-07-28, JSON",
            Self::StatelessStream => "2026-07-28, stream",
            Self::StatelessDelayed => "2026-07-28, stream, delayed",
            Self::LegacyJson => "2025-11-25, no session, JSON",
            Self::LegacyStream => "2025-11-25, no session, stream",
            Self::Session => "2025-11-25, session, stream",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.name() == name)
    }

    pub fn sessions(self) -> bool {
        self == Self::Session
    }

    pub fn nodelay(self) -> bool {
        self != Self::StatelessDelayed
    }

    pub fn json(self) -> bool {
        matches!(self, Self::StatelessJson | Self::LegacyJson)
    }

    // ANCHOR: prepare
    /// Does what comes before the first call, and returns the bytes of every call.
    pub async fn prepare(self, connection: &mut Connection) -> Result<Vec<u8>, Failure> {
        let mut call = json!({
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": { "name": "count_events", "arguments": { "service": "payments" } },
        });
        match self {
            Self::StatelessJson | Self::StatelessStream | Self::StatelessDelayed => {
                call["params"]["_meta"] = json!({
                    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                    "io.modelcontextprotocol/clientCapabilities": {},
                });
                let headers = "mcp-protocol-version: 2026-07-28\r\n\
                               mcp-method: tools/call\r\n\
                               mcp-name: count_events\r\n";
                Ok(post(headers, &call))
            }
            Self::LegacyJson | Self::LegacyStream => {
                Ok(post("mcp-protocol-version: 2025-11-25\r\n", &call))
            }
            Self::Session => {
                let answer = connection.exchange(&post("", &initialize())).await?;
                let session = answer.session.ok_or("no session")?;
                let headers =
                    format!("mcp-protocol-version: 2025-11-25\r\nmcp-session-id: {session}\r\n");
                let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
                connection.exchange(&post(&headers, &ready)).await?;
                Ok(post(&headers, &call))
            }
        }
    }
    // ANCHOR_END: prepare
}

fn initialize() -> Value {
    let client = json!({ "name": "load", "version": "1" });
    let params =
        json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
    json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params })
}

fn post(headers: &str, message: &Value) -> Vec<u8> {
    let body = message.to_string();
    let length = body.len();
    format!(
        "POST /mcp HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
         accept: application/json, text/event-stream\r\ncontent-length: {length}\r\n\
         {headers}\r\n{body}"
    )
    .into_bytes()
}
