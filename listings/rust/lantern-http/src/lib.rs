//! The desk over Streamable HTTP, and a probe that asks it well and badly.

pub mod counter;
pub mod probe;
pub mod tables;

use std::io;
use std::sync::Arc;

use axum::Router;
use lantern_core::Dataset;
use lantern_tools::Desk;
use rmcp::ServerHandler;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

// ANCHOR: app
/// Mounts a handler at `/mcp`. `factory` makes one for each session and for each stateless request.
pub fn app<H: ServerHandler>(
    factory: impl Fn() -> H + Send + Sync + 'static,
    config: StreamableHttpServerConfig,
) -> Router {
    let sessions = Arc::new(LocalSessionManager::default());
    let mcp = StreamableHttpService::new(move || Ok(factory()), sessions, config);
    Router::new().nest_service("/mcp", mcp)
}

/// The desk of chapter 2 behind `app`. All handlers share the data of one desk.
pub fn desk(config: StreamableHttpServerConfig) -> Router {
    let desk = Desk::new(Dataset::generate(7, 3));
    app(move || desk.clone(), config)
}
// ANCHOR_END: app

// ANCHOR: serve
/// Serves until `shutdown` is cancelled and the last connection has ended.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    shutdown: CancellationToken,
) -> io::Result<()> {
    axum::serve(listener, app)
        .with_graceful_shutdown(shutdown.cancelled_owned())
        .await
}

/// The configuration of a public server; `host` is the name that clients use.
pub fn public(host: &str, shutdown: CancellationToken) -> StreamableHttpServerConfig {
    StreamableHttpServerConfig::default()
        .with_allowed_hosts([host])
        .enforce_origin_validation()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(256 * 1024)
        .with_cancellation_token(shutdown)
}
// ANCHOR_END: serve

/// Starts `app` on a free port of the loopback address and returns the address of `/mcp`.
pub async fn start(app: Router, shutdown: CancellationToken) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/mcp", listener.local_addr()?);
    tokio::spawn(serve(listener, app, shutdown));
    Ok(url)
}
