//! The servers of the comparison.

use std::borrow::Cow;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use lantern_core::Dataset;
use lantern_tools::Desk;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ListToolsResult, PaginatedRequestParams,
    ProtocolVersion, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, RoleServer, ServerHandler};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// The desk as it is: both eras.
    Current,
    /// The desk with its versions capped at 2025-11-25.
    Capped,
    /// A server from before 2026-07-28: outside a session it knows `initialize` and nothing else.
    Old,
}

impl Server {
    pub fn app(self) -> Router {
        let desk = Desk::new(Dataset::generate(7, 3));
        match self {
            Self::Current | Self::Old => mount(move || desk.clone()),
            Self::Capped => mount(move || CappedDesk(desk.clone())),
        }
    }
}

fn mount<H: ServerHandler>(factory: impl Fn() -> H + Send + Sync + 'static) -> Router {
    let mcp = StreamableHttpService::new(
        move || Ok(factory()),
        Arc::new(LocalSessionManager::default()),
        StreamableHttpServerConfig::default(),
    );
    Router::new().nest_service("/mcp", mcp)
}

/// What a server answers that wants a session for everything but `initialize`. Only clients of
/// 2026-07-28 send the header `Mcp-Method`, and they have no session.
pub async fn before_2026(request: Request, next: Next) -> Response {
    if request.headers().contains_key("mcp-method") {
        let text = "Bad Request: Session ID is required";
        return (StatusCode::BAD_REQUEST, text).into_response();
    }
    next.run(request).await
}

struct CappedDesk(Desk);

impl ServerHandler for CappedDesk {
    // ANCHOR: capped
    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        ProtocolVersion::known_up_to(&ProtocolVersion::V_2025_11_25).into()
    }
    // ANCHOR_END: capped

    fn get_info(&self) -> ServerConfig {
        self.0.get_info()
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        self.0.list_tools(request, context).await
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        self.0.call_tool(request, context).await
    }
}
