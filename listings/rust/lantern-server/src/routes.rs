//! The router, and the process around it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use lantern_core::Dataset;
use lantern_guard::Guard;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::stop::{Stopping, drain};
use crate::{Access, Boundary, Config, Desk};

/// A service that is ready to be mounted, tested or stopped.
pub struct Lantern {
    pub router: Router,
    pub desk: Desk,
    pub stopping: Stopping,
}

impl Lantern {
    // ANCHOR: router
    /// # Errors
    /// When the public URL is not a URL.
    pub fn new(config: &Config) -> io::Result<Self> {
        let boundary = Arc::new(Boundary::new(config.limits.clone()));
        let desk = Desk::new(Dataset::generate(7, 3), boundary.clone());
        let ready = Arc::new(AtomicBool::new(true));
        let transport = CancellationToken::new();

        let mut http = StreamableHttpServerConfig::default()
            .enforce_origin_validation()
            .with_legacy_session_mode(config.sessions)
            .with_json_response(config.json)
            .with_max_request_body_bytes(config.body_limit)
            .with_cancellation_token(transport.clone());
        let mut router = Router::new();
        let handler = desk.clone();
        let factory = move || Ok(handler.clone());
        let sessions = Arc::new(LocalSessionManager::default());
        if let Access::Guarded { guard, keys } = &config.access {
            let guard = Guard::new(guard.clone(), keys).map_err(io::Error::other)?;
            let guard = Arc::new(guard);
            http = http.with_allowed_hosts([guard.authority()]);
            let metadata = guard.metadata();
            router = router
                .route_service(guard.path(), StreamableHttpService::new(factory, sessions, http))
                .route_layer(from_fn_with_state(guard.clone(), Guard::check))
                .route(
                    guard.metadata_path(),
                    get(move || async move { axum::Json(metadata) }),
                );
        } else {
            router = router.route_service("/mcp", StreamableHttpService::new(factory, sessions, http));
        }

        let asked = ready.clone();
        let counted = boundary.clone();
        let router = router
            .route("/healthz", get(|| async { "alive" }))
            .route("/readyz", get(move || async move { readiness(&asked) }))
            .route(
                "/metrics",
                get(move || async move { counted.metrics.render(counted.running.len()) }),
            );
        let stopping = Stopping::new(config, boundary, ready, transport);
        Ok(Self { router, desk, stopping })
    }
    // ANCHOR_END: router
}

fn readiness(ready: &AtomicBool) -> (StatusCode, &'static str) {
    if ready.load(Ordering::Relaxed) {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping")
    }
}

// ANCHOR: serve
/// Serves until `signal` comes, then stops in stages.
pub async fn serve(
    lantern: Lantern,
    listener: TcpListener,
    signal: impl Future<Output = ()>,
) -> io::Result<()> {
    let Lantern { router, stopping, .. } = lantern;
    let closed = stopping.listener.clone();
    let server = tokio::spawn(async move {
        axum::serve(listener, router)
            .with_graceful_shutdown(closed.cancelled_owned())
            .await
    });
    signal.await;
    drain(&stopping, |stage| tracing::info!(stage = stage.name(), "stop")).await;
    server.await?
}
// ANCHOR_END: serve
