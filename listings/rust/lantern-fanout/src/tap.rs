use std::sync::{Arc, Mutex};

use rmcp::ServerHandler;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};

use crate::desk_client::serve;

/// Notes what passes between a client and a server, in the order in which it passes.
#[derive(Clone, Default)]
pub struct Tap(Arc<Mutex<Vec<String>>>);

impl Tap {
    // ANCHOR: serve
    /// Serves `server` behind the tap and hands back the client's end of the pipe.
    pub fn serve(&self, server: impl ServerHandler) -> DuplexStream {
        let (client_end, tap_left) = tokio::io::duplex(64 * 1024);
        let (tap_right, server_end) = tokio::io::duplex(64 * 1024);
        let (from_client, to_client) = tokio::io::split(tap_left);
        let (from_server, to_server) = tokio::io::split(tap_right);
        tokio::spawn(self.clone().copy("->", from_client, to_server));
        tokio::spawn(self.clone().copy("<-", from_server, to_client));
        serve(server, server_end);
        client_end
    }
    // ANCHOR_END: serve

    /// What passed since the last look: an arrow for the direction and the kind of message.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no poison"))
    }

    async fn copy(
        self,
        arrow: &'static str,
        from: ReadHalf<DuplexStream>,
        mut to: WriteHalf<DuplexStream>,
    ) {
        let mut lines = BufReader::new(from).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let message = serde_json::from_str(&line).unwrap_or(Value::Null);
            let note = format!("{arrow} {}", kind(&message));
            self.0.lock().expect("no poison").push(note);
            if to.write_all(format!("{line}\n").as_bytes()).await.is_err() {
                break;
            }
        }
        let _ = to.shutdown().await;
    }
}

// ANCHOR: kind
/// A request or notification by its method, a reply by what it says about itself.
fn kind(message: &Value) -> String {
    if let Some(method) = message["method"].as_str() {
        return method.to_owned();
    }
    if let Some(code) = message["error"]["code"].as_i64() {
        return format!("error {code}");
    }
    match message["result"]["resultType"].as_str() {
        Some(kind) => format!("result {kind}"),
        None => "result".to_owned(),
    }
}
// ANCHOR_END: kind
