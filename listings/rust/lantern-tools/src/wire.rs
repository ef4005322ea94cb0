//! A client that hides nothing: it writes JSON-RPC lines and hands back the lines it reads.

use std::collections::VecDeque;
use std::io;

use rmcp::{ServerHandler, ServiceExt};
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf,
};

/// The two ways a client can talk to one and the same server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// 2025-11-25: `initialize` once, then plain requests.
    Handshake,
    /// 2026-07-28: no handshake, every request says who asks and in which version.
    Stateless,
}

pub struct Wire {
    era: Era,
    last_id: u64,
    lines: Lines<BufReader<ReadHalf<DuplexStream>>>,
    writer: WriteHalf<DuplexStream>,
    notifications: VecDeque<Value>,
}

impl Wire {
    /// Serves `server` on one end of a pipe in memory and takes the other end.
    pub async fn connect(server: impl ServerHandler, era: Era) -> io::Result<Self> {
        let (server_end, client_end) = tokio::io::duplex(64 * 1024);
        tokio::spawn(async move {
            if let Ok(running) = server.serve(server_end).await {
                let _ = running.waiting().await;
            }
        });
        let (reader, writer) = tokio::io::split(client_end);
        let mut wire = Self {
            era,
            last_id: 0,
            lines: BufReader::new(reader).lines(),
            writer,
            notifications: VecDeque::new(),
        };
        if era == Era::Handshake {
            let client = json!({ "name": "wire", "version": "0.1.0" });
            let hello = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
            wire.request("initialize", hello).await?;
            wire.write(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }))
                .await?;
        }
        Ok(wire)
    }

    // ANCHOR: request
    /// Sends a request and waits for its reply: `{"result": …}` or `{"error": …}`.
    pub async fn request(&mut self, method: &str, params: Value) -> io::Result<Value> {
        let id = self.send(method, params).await?;
        loop {
            let mut message = self.read().await?;
            if message["id"] == id {
                let reply = message.as_object_mut().expect("a JSON-RPC message");
                reply.retain(|key, _| key == "result" || key == "error");
                return Ok(message);
            }
            self.notifications.push_back(message);
        }
    }
    // ANCHOR_END: request

    /// `tools/call` of `name` with `arguments`.
    pub async fn call(&mut self, name: &str, arguments: Value) -> io::Result<Value> {
        let params = json!({ "name": name, "arguments": arguments });
        self.request("tools/call", params).await
    }

    /// `tools/list`, reduced to the tools.
    pub async fn tools(&mut self) -> io::Result<Vec<Value>> {
        let reply = self.request("tools/list", json!({})).await?;
        Ok(reply["result"]["tools"]
            .as_array()
            .cloned()
            .unwrap_or_default())
    }

    /// The next message that answers no request.
    pub async fn notification(&mut self) -> io::Result<Value> {
        match self.notifications.pop_front() {
            Some(notification) => Ok(notification),
            None => self.read().await,
        }
    }

    /// Sends a request without waiting, and tells the id it got.
    pub async fn send(&mut self, method: &str, mut params: Value) -> io::Result<u64> {
        self.last_id += 1;
        if self.era == Era::Stateless {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientInfo": { "name": "wire", "version": "0.1.0" },
                "io.modelcontextprotocol/clientCapabilities": {},
            });
        }
        let id = self.last_id;
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.write(request).await?;
        Ok(id)
    }

    async fn write(&mut self, message: Value) -> io::Result<()> {
        self.writer
            .write_all(format!("{message}\n").as_bytes())
            .await
    }

    async fn read(&mut self) -> io::Result<Value> {
        let line = self.lines.next_line().await?;
        let line = line.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(serde_json::from_str(&line)?)
    }
}
