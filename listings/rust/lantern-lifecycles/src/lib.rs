//! One client against three servers, with a layer that writes down every HTTP exchange.

mod servers;

use std::error::Error;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::{Router, middleware};
use rmcp::model::{CallToolRequestParams, ProtocolVersion};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::{ClientLifecycleMode, ClientServiceExt};
use serde_json::json;
use tokio::net::TcpListener;

pub use servers::Server;

/// One HTTP exchange as the server saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    pub method: String,
    /// The header `MCP-Protocol-Version`.
    pub version: Option<String>,
    /// The header `Mcp-Method`.
    pub mcp_method: Option<String>,
    pub in_session: bool,
    pub status: u16,
}

impl Exchange {
    fn of(method: &Method, headers: &HeaderMap) -> Self {
        let header = |name: &str| {
            let value = headers.get(name)?;
            Some(value.to_str().unwrap_or_default().to_owned())
        };
        Self {
            method: method.to_string(),
            version: header("mcp-protocol-version"),
            mcp_method: header("mcp-method"),
            in_session: header("mcp-session-id").is_some(),
            status: 0,
        }
    }
}

#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<Exchange>>>);

impl Log {
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

// ANCHOR: layer
async fn write_down(State(log): State<Log>, request: Request, next: Next) -> Response {
    let mut exchange = Exchange::of(request.method(), request.headers());
    let response = next.run(request).await;
    exchange.status = response.status().as_u16();
    exchange.in_session |= response.headers().contains_key("mcp-session-id");
    log.0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(exchange);
    response
}
// ANCHOR_END: layer

/// Starts `server` on a free port and returns the address of `/mcp` and its log.
pub async fn start(server: Server) -> io::Result<(String, Log)> {
    let log = Log::default();
    let mut app: Router = server.app();
    if server == Server::Old {
        app = app.layer(middleware::from_fn(servers::before_2026));
    }
    let app = app.layer(from_fn_with_state(log.clone(), write_down));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/mcp", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok((url, log))
}

/// What one connection cost.
pub struct Report {
    pub version: ProtocolVersion,
    pub session: bool,
    /// The POSTs up to the first tool result, that one included.
    pub posts: Vec<Exchange>,
    /// The methods of all other exchanges, sorted.
    pub others: Vec<String>,
}

// ANCHOR: measure
/// Connects to `server`, calls one tool and disconnects.
pub async fn measure(
    server: Server,
    lifecycle: ClientLifecycleMode,
) -> Result<Report, Box<dyn Error>> {
    let (url, log) = start(server).await?;
    let transport = StreamableHttpClientTransport::from_uri(url);
    let client = ().serve_with_lifecycle(transport, lifecycle).await?;

    let arguments = json!({ "service": "payments" });
    let call = CallToolRequestParams::new("count_events")
        .with_arguments(arguments.as_object().cloned().unwrap_or_default());
    client.call_tool(call).await?;
    let posts: Vec<_> = log
        .exchanges()
        .into_iter()
        .filter(|exchange| exchange.method == "POST")
        .collect();
    let session = posts.iter().any(|exchange| exchange.in_session);
    let version = client
        .peer_info()
        .ok_or("the server told nothing about itself")?
        .protocol_version
        .clone();
    if session {
        wait_for_the_stream(&log).await;
    }
    client.cancel().await?;

    let mut others: Vec<_> = log
        .exchanges()
        .into_iter()
        .filter(|exchange| exchange.method != "POST")
        .map(|exchange| exchange.method)
        .collect();
    others.sort();
    Ok(Report {
        version,
        session,
        posts,
        others,
    })
}
// ANCHOR_END: measure

/// In a session the client opens a GET stream on the side; its moment is not fixed.
async fn wait_for_the_stream(log: &Log) {
    for _ in 0..500 {
        if log
            .exchanges()
            .iter()
            .any(|exchange| exchange.method == "GET")
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Asks for 2026-07-28 and does not fall back.
pub fn discover() -> ClientLifecycleMode {
    ClientLifecycleMode::Discover {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28],
    }
}

/// Asks for 2026-07-28 and falls back to the handshake.
pub fn auto() -> ClientLifecycleMode {
    ClientLifecycleMode::Auto {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28],
        legacy_version: None,
    }
}
