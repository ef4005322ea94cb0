//! The resource server's half of OAuth for a Streamable HTTP server: what rmcp leaves to you.

mod desk;
mod guard;
pub mod scopes;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use rmcp::ServerHandler;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};

pub use desk::GuardedDesk;
pub use guard::{Guard, GuardConfig};
pub use token::{Caller, Verifier};

// ANCHOR: app
/// A router with the MCP endpoint behind the guard, and two public pages beside it.
pub fn app<S>(guard: Arc<Guard>, handler: impl Fn() -> S + Send + Sync + 'static) -> Router
where
    S: ServerHandler + Send + 'static,
{
    let config = StreamableHttpServerConfig::default()
        .with_allowed_hosts([guard.authority()])
        .enforce_origin_validation()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(guard.body_limit());
    let sessions = Arc::new(NeverSessionManager::default());
    let mcp = StreamableHttpService::new(move || Ok(handler()), sessions, config);
    let metadata = guard.metadata();
    Router::new()
        .route_service(guard.path(), mcp)
        // Wraps the routes above this line and none below it.
        .route_layer(from_fn_with_state(guard.clone(), Guard::check))
        .route(
            guard.metadata_path(),
            get(move || async move { axum::Json(metadata) }),
        )
        .route("/health", get(|| async { "ok" }))
}
// ANCHOR_END: app
