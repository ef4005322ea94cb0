use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use lantern_http::counter::{Counter, Shared};
use lantern_http::probe::Ask;
use lantern_http::tables::{self, Row};
use lantern_http::{app, desk, public, serve, start};
use reqwest::Client;
use rmcp::transport::streamable_http_server::StreamableHttpServerConfig;
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let shutdown = CancellationToken::new();
    let config =
        StreamableHttpServerConfig::default().with_cancellation_token(shutdown.child_token());
    match std::env::args().nth(1).as_deref() {
        None => {
            let url = start(desk(config), shutdown).await?;
            print("sessions (2025-11-25)", &tables::sessions(&url).await?);
            print("stateless (2026-07-28)", &tables::stateless(&url).await?);
            print(
                "both, before the message counts",
                &tables::envelope(&url).await?,
            );
        }
        Some("public") => {
            let config = public("127.0.0.1", shutdown.child_token());
            let url = start(desk(config), shutdown).await?;
            print("public", &tables::public(&url).await?);
        }
        Some("state") => state(config, shutdown).await?,
        Some("serve") => {
            let listener = TcpListener::bind("127.0.0.1:8080").await?;
            let stop = shutdown.clone();
            tokio::spawn(async move {
                let _ = tokio::signal::ctrl_c().await;
                stop.cancel();
            });
            serve(listener, desk(config), shutdown).await?;
        }
        Some(other) => return Err(format!("`{other}` is none of public, state, serve").into()),
    }
    Ok(())
}

fn print(title: &str, rows: &[Row]) {
    println!("{title}");
    for Row { request, seen } in rows {
        let kind = match seen.content_type.as_str() {
            "text/event-stream" => "SSE",
            "application/json" => "JSON",
            _ => "-",
        };
        let line = format!("  {request:<36} {} {kind:<4} {}", seen.status, seen.says);
        println!("{}", line.trim_end());
    }
}

// ANCHOR: state
async fn state(
    config: StreamableHttpServerConfig,
    shutdown: CancellationToken,
) -> Result<(), Box<dyn Error>> {
    let shared = Arc::new(Shared::default());
    let factory = {
        let shared = Arc::clone(&shared);
        move || Counter::new(&shared)
    };
    let url = start(app(factory, config), shutdown).await?;
    let client = Client::new();

    let hit = json!({ "name": "hit" });
    let opened = Ask::handshake_era(&tables::initialize())
        .send(&client, &url)
        .await?;
    let session = opened.session.unwrap_or_default();
    let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    Ask::handshake_era(&ready)
        .with("mcp-session-id", &session)
        .send(&client, &url)
        .await?;
    for _ in 0..3 {
        let call = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": hit });
        let ask = Ask::handshake_era(&call).with("mcp-session-id", &session);
        println!("session   {}", ask.send(&client, &url).await?.says);
    }
    for _ in 0..3 {
        let ask = Ask::stateless("tools/call", hit.clone());
        println!("stateless {}", ask.send(&client, &url).await?.says);
    }
    println!("handlers built: {}", shared.built.load(Ordering::Relaxed));
    Ok(())
}
// ANCHOR_END: state
