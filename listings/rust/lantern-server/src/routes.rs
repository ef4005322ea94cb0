//! The router, and the process around it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use axum::serve::ListenerExt;
use lantern_core::Dataset;
use lantern_guard::Guard;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::stop::{Stopping, drain};
use crate::{Access, Boundary, Config, Desk};

/// A service that is ready to be mounted, tested or stopped.
pub struct Lantern {
    pub router: Router,
    pub desk: Desk,
    pub stopping: Stopping,
    nodelay: bool,
}

impl Lantern {
    /// A service with data of its own.
    ///
    /// # Errors
    /// When the public URL is not a URL.
    pub fn new(config: &Config) -> io::Result<Self> {
        Self::with_data(config, Arc::new(Dataset::generate(7, 3)))
    }

    // ANCHOR: router
    /// A service on data that others may use too.
    ///
    /// # Errors
    /// When the public URL is not a URL.
    pub fn with_data(config: &Config, data: Arc<Dataset>) -> io::Result<Self> {
        let boundary = Arc::new(Boundary::new(config.limits.clone()));
        let desk = Desk::new(data, boundary.clone());
        let ready = Arc::new(AtomicBool::new(true));
        let transport = CancellationToken::new();
        let (asked, counted) = (ready.clone(), boundary.clone());
        let router = endpoint(config, desk.clone(), transport.clone())?
            .route("/healthz", get(|| async { "alive" }))
            .route("/readyz", get(move || async move { readiness(&asked) }))
            .route(
                "/metrics",
                get(move || async move {
                    let page = counted.metrics.render(counted.running.len());
                    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], page)
                }),
            );
        let stopping = Stopping::new(config, boundary, ready, transport);
        Ok(Self {
            router,
            desk,
            stopping,
            nodelay: config.nodelay,
        })
    }
    // ANCHOR_END: router
}

// ANCHOR: endpoint
/// The MCP endpoint, and the guard in front of it if there is one.
fn endpoint(config: &Config, desk: Desk, transport: CancellationToken) -> io::Result<Router> {
    let mut http = StreamableHttpServerConfig::default()
        .enforce_origin_validation()
        .with_legacy_session_mode(config.sessions)
        .with_json_response(config.json)
        .with_max_request_body_bytes(config.body_limit)
        .with_cancellation_token(transport);
    http.session_store = config.session_store.clone();
    let factory = move || Ok(desk.clone());
    let sessions = Arc::new(LocalSessionManager::default());
    let Access::Guarded { guard, keys } = &config.access else {
        let mcp = StreamableHttpService::new(factory, sessions, http);
        return Ok(Router::new().route_service("/mcp", mcp));
    };
    let mut guard = guard.clone();
    guard.body_limit = config.body_limit; // it reads the body first
    let guard = Arc::new(Guard::new(guard, keys).map_err(io::Error::other)?);
    let http = http.with_allowed_hosts([guard.authority()]);
    let metadata = guard.metadata();
    Ok(Router::new()
        .route_service(
            guard.path(),
            StreamableHttpService::new(factory, sessions, http),
        )
        // Wraps the route above this line and none below it.
        .route_layer(from_fn_with_state(guard.clone(), Guard::check))
        .route(
            guard.metadata_path(),
            get(move || async move { axum::Json(metadata) }),
        ))
}
// ANCHOR_END: endpoint

fn readiness(ready: &AtomicBool) -> (StatusCode, &'static str) {
    if ready.load(Ordering::Relaxed) {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping")
    }
}

/// How long a connection may stay when nothing is left to say on it.
const LINGER: Duration = Duration::from_secs(2);

// ANCHOR: serve
/// Serves until `signal` comes, then stops in stages.
pub async fn serve(
    lantern: Lantern,
    listener: TcpListener,
    signal: impl Future<Output = ()>,
) -> io::Result<()> {
    let Lantern {
        router,
        stopping,
        nodelay,
        ..
    } = lantern;
    let closed = stopping.listener.clone();
    let listener = listener.tap_io(move |stream| {
        let _ = stream.set_nodelay(nodelay); // a socket that refuses is slow, not broken
    });
    let server = tokio::spawn(async move {
        axum::serve(listener, router)
            .with_graceful_shutdown(closed.cancelled_owned())
            .await
    });
    signal.await;
    drain(&stopping, |_| ()).await;
    // A client that never sends the rest of its request would keep the process alive.
    timeout(LINGER, server).await.unwrap_or_else(|_| {
        tracing::warn!("connections are left that do not end");
        Ok(Ok(()))
    })?
}
// ANCHOR_END: serve
