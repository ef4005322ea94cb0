//! The MCP side: three tools behind the boundary, and listeners that are told when the server stops.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, LazyLock};

use axum::http::request::Parts;
use lantern_core::scan::Scan;
use lantern_core::{Dataset, Filter, Incident};
use lantern_guard::Caller;
use lantern_tools::{CountArgs, OpenArgs, ToolFailure};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::tool::ToolCallContext;
use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, Implementation, ServerCapabilities, ServerConfig,
    SubscriptionFilter,
};
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;
use tracing::Instrument;

use crate::Boundary;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScanArgs {
    /// Text that a message must contain.
    pub text: String,
}

/// The server. Clones share everything, so a factory may hand them out.
#[derive(Clone)]
pub struct Desk {
    data: Arc<Dataset>,
    boundary: Arc<Boundary>,
    tools: ToolRouter<Self>,
}

impl Desk {
    pub fn new(data: Arc<Dataset>, boundary: Arc<Boundary>) -> Self {
        Self {
            data,
            boundary,
            tools: Self::tool_router(),
        }
    }
}

#[tool_router]
impl Desk {
    /// Count the log events of one service.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn count_events(&self, Parameters(args): Parameters<CountArgs>) -> Result<String, ToolFailure> {
        let count = self.data.logs.count(&Filter {
            service: &args.service,
            level: args.level,
            ..Filter::default()
        })?;
        Ok(format!("{}: {count}", args.service))
    }

    /// Open an incident. Every call opens another one.
    #[tool(annotations(
        read_only_hint = false,
        destructive_hint = false,
        open_world_hint = false
    ))]
    fn open_incident(
        &self,
        Parameters(args): Parameters<OpenArgs>,
    ) -> Result<Json<Incident>, ToolFailure> {
        Ok(Json(self.data.incidents.open(&args.service, &args.title)?))
    }

    // ANCHOR: scan
    /// Count the archive's events that contain a text.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn scan_archive(&self, Parameters(args): Parameters<ScanArgs>) -> String {
        let mut found = 0;
        for step in Scan::new(&self.data.logs, &args.text) {
            tokio::time::sleep(self.boundary.limits().segment).await;
            found = step.found_so_far;
        }
        found.to_string()
    }
    // ANCHOR_END: scan
}

#[tool_handler(router = self.tools)]
impl ServerHandler for Desk {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_tool_list_changed()
            .build();
        let name = Implementation::new("lantern", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(capabilities).with_server_info(name)
    }

    // ANCHOR: call_tool
    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        // A name that the caller made up never becomes a label or a log field.
        let known = self.tools.get(&request.name);
        let tool = known.map_or("unknown", |tool| &tool.name).to_owned();
        let trace = context.meta.get_traceparent().and_then(trace_id);
        let caller = caller(&context);
        let span = tracing::info_span!("mcp", trace, caller);
        let gone = context.ct.clone();
        let work = self
            .tools
            .call(ToolCallContext::new(self, request, context));
        self.boundary.call(&tool, gone, work).instrument(span).await
    }
    // ANCHOR_END: call_tool

    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        Some(requested.supported_by(&self.get_info().capabilities))
    }

    // ANCHOR: listen
    /// The tools never change while the process runs, but its successor may have others.
    async fn listen(&self, subscription: SubscriptionContext) -> Result<(), ErrorData> {
        let Ok(_place) = self.boundary.streams.try_acquire() else {
            return Err(ErrorData::internal_error("too many subscriptions", None));
        };
        tokio::select! {
            () = subscription.cancelled() => {}
            () = self.boundary.cut.cancelled() => {
                let _ = subscription.sink().notify_tool_list_changed().await;
            }
        }
        Ok(())
    }
    // ANCHOR_END: listen
}

// ANCHOR: identity
/// The trace id of a W3C `traceparent`, or nothing if it is not one.
fn trace_id(traceparent: &str) -> Option<&str> {
    let mut parts = traceparent.split('-');
    let mut hex = |length: usize| {
        let lowercase = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let whole = |part: &&str| part.len() == length && part.bytes().all(lowercase);
        parts.next().filter(whole)
    };
    let (version, trace, span, _flags) = (hex(2)?, hex(32)?, hex(16)?, hex(2)?);
    let nobody = |id: &str| id.bytes().all(|byte| byte == b'0');
    (version != "ff" && !nobody(trace) && !nobody(span)).then_some(trace)
}

/// A name for the caller that holds within this process and tells nothing outside it.
fn caller(context: &RequestContext<RoleServer>) -> Option<String> {
    static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    let parts = context.extensions.get::<Parts>()?;
    let caller = parts.extensions.get::<Caller>()?;
    Some(format!("{:016x}", KEY.hash_one(&caller.subject)))
}
// ANCHOR_END: identity
