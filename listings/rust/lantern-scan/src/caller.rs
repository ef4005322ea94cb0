//! A client that hides nothing, like the `Wire` of Chapter 2. In addition it declares
//! capabilities, puts metadata into a request, and answers what the server asks.

use std::collections::VecDeque;
use std::io;

use lantern_tools::wire::Era;
use rmcp::{ServerHandler, ServiceExt};
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf,
};

pub struct Caller {
    era: Era,
    capabilities: Value,
    last_id: u64,
    lines: Lines<BufReader<ReadHalf<DuplexStream>>>,
    writer: WriteHalf<DuplexStream>,
    early: VecDeque<Value>,
}

impl Caller {
    /// Serves `server` on one end of a pipe in memory and takes the other end.
    pub async fn connect(
        server: impl ServerHandler,
        era: Era,
        capabilities: Value,
    ) -> io::Result<Self> {
        let (server_end, client_end) = tokio::io::duplex(64 * 1024);
        tokio::spawn(async move {
            if let Ok(running) = server.serve(server_end).await {
                let _ = running.waiting().await;
            }
        });
        let (reader, writer) = tokio::io::split(client_end);
        let mut caller = Self {
            era,
            capabilities,
            last_id: 0,
            lines: BufReader::new(reader).lines(),
            writer,
            early: VecDeque::new(),
        };
        if era == Era::Handshake {
            let hello = json!({
                "protocolVersion": "2025-11-25",
                "capabilities": caller.capabilities,
                "clientInfo": { "name": "caller", "version": "0.1.0" },
            });
            caller.request("initialize", hello).await?;
            caller
                .notify("notifications/initialized", json!({}))
                .await?;
        }
        Ok(caller)
    }

    /// Sends a request and waits for its reply: `{"result": …}` or `{"error": …}`.
    pub async fn request(&mut self, method: &str, params: Value) -> io::Result<Value> {
        let id = self.send(method, params).await?;
        self.reply(id).await
    }

    /// Waits for the reply to the request `id`; what comes before it is kept for `next`.
    pub async fn reply(&mut self, id: u64) -> io::Result<Value> {
        loop {
            let mut message = self.read().await?;
            if message["id"] == id && message.get("method").is_none() {
                let reply = message.as_object_mut().expect("a JSON-RPC message");
                reply.retain(|key, _| key == "result" || key == "error");
                return Ok(message);
            }
            self.early.push_back(message);
        }
    }

    /// The next message, whatever it is.
    pub async fn next(&mut self) -> io::Result<Value> {
        match self.early.pop_front() {
            Some(message) => Ok(message),
            None => self.read().await,
        }
    }

    /// Sends a request without waiting, and tells the id it got.
    pub async fn send(&mut self, method: &str, mut params: Value) -> io::Result<u64> {
        self.last_id += 1;
        if self.era == Era::Stateless {
            let meta = &mut params["_meta"];
            meta["io.modelcontextprotocol/protocolVersion"] = json!("2026-07-28");
            meta["io.modelcontextprotocol/clientInfo"] =
                json!({ "name": "caller", "version": "0.1.0" });
            meta["io.modelcontextprotocol/clientCapabilities"] = self.capabilities.clone();
        }
        let id = self.last_id;
        self.write(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
            .await?;
        Ok(id)
    }

    pub async fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.write(json!({ "jsonrpc": "2.0", "method": method, "params": params }))
            .await
    }

    /// Answers a request of the server. Only servers of the handshake era send any.
    pub async fn answer(&mut self, request: &Value, result: Value) -> io::Result<()> {
        self.write(json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }))
            .await
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
