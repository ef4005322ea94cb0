//! `count_events` written out: what the macros write for you.

use lantern_core::{Dataset, Filter, Level};
use rmcp::handler::server::tool::{parse_json_object, schema_for_input};
use rmcp::model::{
    CacheScope, CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock,
    Implementation, ListToolsResult, PaginatedRequestParams, ProtocolVersion, ServerCapabilities,
    ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CountArgs {
    /// Name of a service, for example `payments`.
    service: String,
    /// Count only events of this level.
    level: Option<Level>,
}

pub struct Desk {
    data: Dataset,
    count_events: Tool,
}

// ANCHOR: tool
impl Desk {
    pub fn new(data: Dataset) -> Self {
        let schema = schema_for_input::<CountArgs>().expect("a struct has an object schema");
        let hints = ToolAnnotations::new().read_only(true).open_world(false);
        let count_events = Tool::new(
            "count_events",
            "Count the log events of one service.",
            schema,
        )
        .with_annotations(hints);
        Self { data, count_events }
    }

    /// Every failure of this tool is one that the model can act on, so `Err` is a text for it.
    fn count(&self, request: CallToolRequestParams) -> Result<String, String> {
        let arguments = request.arguments.unwrap_or_default();
        let args: CountArgs =
            parse_json_object(arguments).map_err(|error| error.message.to_string())?;
        let filter = Filter {
            service: &args.service,
            level: args.level,
            ..Filter::default()
        };
        let count = self
            .data
            .logs
            .count(&filter)
            .map_err(|error| error.to_string())?;
        Ok(format!("{}: {count}", args.service))
    }
}
// ANCHOR_END: tool

// ANCHOR: handler
impl ServerHandler for Desk {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("lantern", env!("CARGO_PKG_VERSION")))
    }

    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let mut list = ListToolsResult::with_all_items(vec![self.count_events.clone()]);
        if context.protocol_version() >= Some(ProtocolVersion::V_2026_07_28) {
            list.ttl_ms = Some(0);
            list.cache_scope = Some(CacheScope::Public);
        }
        Ok(list)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        if request.name != self.count_events.name {
            return Err(ErrorData::invalid_params("tool not found", None));
        }
        let result = match self.count(request) {
            Ok(text) => CallToolResult::success(vec![ContentBlock::text(text)]),
            Err(text) => CallToolResult::error(vec![ContentBlock::text(text)]),
        };
        Ok(result.into())
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        (name == self.count_events.name).then(|| self.count_events.clone())
    }
}
// ANCHOR_END: handler
