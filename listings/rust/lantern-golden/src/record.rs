//! Plays one scenario against a server and records every frame, in both directions.

use std::io;
use std::time::Duration;

use rmcp::{ServerHandler, ServiceExt};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf,
};

// ANCHOR: frame
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    Handshake,
    Stateless,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    Client,
    Server,
}

/// One line of the wire, and the step of the scenario that it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub step: String,
    pub from: From,
    pub message: Value,
}
// ANCHOR_END: frame

impl From {
    /// `>` to the server, `<` to the client.
    pub fn arrow(self) -> char {
        match self {
            Self::Client => '>',
            Self::Server => '<',
        }
    }
}

impl Era {
    pub const BOTH: [Self; 2] = [Self::Handshake, Self::Stateless];

    pub fn version(self) -> &'static str {
        match self {
            Self::Handshake => "2025-11-25",
            Self::Stateless => "2026-07-28",
        }
    }
}

// ANCHOR: scenario
/// The same steps in both eras: a name, a method and its parameters.
fn scenario(era: Era, capabilities: &Value) -> Vec<(&'static str, &'static str, Value)> {
    let hello = match era {
        Era::Handshake => (
            "hello",
            "initialize",
            json!({ "protocolVersion": era.version(), "capabilities": capabilities, "clientInfo": client() }),
        ),
        Era::Stateless => ("hello", "server/discover", json!({})),
    };
    let count = |arguments: Value| json!({ "name": "count_events", "arguments": arguments });
    vec![
        hello,
        ("tools", "tools/list", json!({})),
        (
            "count",
            "tools/call",
            count(json!({ "service": "payments" })),
        ),
        ("typo", "tools/call", count(json!({ "servce": "payments" }))),
        ("no-tool", "tools/call", json!({ "name": "count_event" })),
        ("resources", "resources/list", json!({})),
        (
            "read",
            "resources/read",
            json!({ "uri": "runbook://disk-quota" }),
        ),
        (
            "missing",
            "resources/read",
            json!({ "uri": "runbook://coffee" }),
        ),
        ("ping", "ping", json!({})),
        (
            "close",
            "tools/call",
            json!({ "name": "close_incident", "arguments": { "id": "INC-0001" } }),
        ),
    ]
}
// ANCHOR_END: scenario

fn client() -> Value {
    json!({ "name": "recorder", "version": "0.1.0" })
}

fn answer() -> Value {
    json!({ "action": "accept", "content": { "cause": "capacity" } })
}

/// Every frame of the scenario with a client that shows forms, as it was on the wire.
pub async fn record(server: impl ServerHandler, era: Era) -> io::Result<Vec<Frame>> {
    record_as(json!({ "elicitation": { "form": {} } }), server, era).await
}

/// The same with a client that declares `capabilities`.
pub async fn record_as(
    capabilities: Value,
    server: impl ServerHandler,
    era: Era,
) -> io::Result<Vec<Frame>> {
    let (server_end, client_end) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        if let Ok(running) = server.serve(server_end).await {
            let _ = running.waiting().await;
        }
    });
    let (reader, writer) = tokio::io::split(client_end);
    let steps = scenario(era, &capabilities);
    let mut recorder = Recorder {
        era,
        capabilities,
        step: "",
        last_id: 0,
        lines: BufReader::new(reader).lines(),
        writer,
        frames: Vec::new(),
    };
    for (step, method, params) in steps {
        recorder.step = step;
        recorder.play(method, params).await?;
    }
    Ok(recorder.frames)
}

struct Recorder {
    era: Era,
    capabilities: Value,
    step: &'static str,
    last_id: u64,
    lines: Lines<BufReader<ReadHalf<DuplexStream>>>,
    writer: WriteHalf<DuplexStream>,
    frames: Vec<Frame>,
}

impl Recorder {
    // ANCHOR: play
    /// Sends a request, answers what the server asks meanwhile, and ends with the reply.
    async fn play(&mut self, method: &str, mut params: Value) -> io::Result<()> {
        let reply = self.request(method, params.clone()).await?;
        if method == "initialize" {
            self.send(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }))
                .await?;
        }
        if reply["result"]["resultType"] == "input_required" {
            params["inputResponses"] = json!({ "cause": answer() });
            self.request(method, params).await?;
        }
        Ok(())
    }
    // ANCHOR_END: play

    async fn request(&mut self, method: &str, mut params: Value) -> io::Result<Value> {
        self.last_id += 1;
        let id = self.last_id;
        if self.era == Era::Stateless {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": self.era.version(),
                "io.modelcontextprotocol/clientInfo": client(),
                "io.modelcontextprotocol/clientCapabilities": self.capabilities,
            });
        }
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
            .await?;
        loop {
            let message = self.receive().await?;
            let asks = message.get("method").is_some();
            if asks && message.get("id").is_some() {
                self.send(json!({ "jsonrpc": "2.0", "id": message["id"], "result": answer() }))
                    .await?;
            } else if !asks && message["id"] == id {
                return Ok(message);
            }
        }
    }

    async fn send(&mut self, message: Value) -> io::Result<()> {
        self.keep(From::Client, &message);
        let line = format!("{message}\n");
        self.writer.write_all(line.as_bytes()).await
    }

    async fn receive(&mut self) -> io::Result<Value> {
        let line = tokio::time::timeout(Duration::from_secs(30), self.lines.next_line()).await??;
        let message: Value = serde_json::from_str(&line.ok_or(io::ErrorKind::UnexpectedEof)?)?;
        self.keep(From::Server, &message);
        Ok(message)
    }

    fn keep(&mut self, from: From, message: &Value) {
        self.frames.push(Frame {
            step: self.step.to_owned(),
            from,
            message: message.clone(),
        });
    }
}
