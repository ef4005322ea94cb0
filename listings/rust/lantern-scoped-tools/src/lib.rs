//! A wrapper that shows each caller only the tools that the caller may use.

use axum::http::request::Parts;
use lantern_guard::{Caller, scopes};
use rmcp::model::{
    CacheScope, CallToolRequestParams, CallToolResponse, ListToolsResult, PaginatedRequestParams,
    ProtocolVersion, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};

/// A server of tools, seen through the scopes of the caller.
#[derive(Clone)]
pub struct Scoped<H>(pub H);

// ANCHOR: list
impl<H: ServerHandler> ServerHandler for Scoped<H> {
    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let parts = context.extensions.get::<Parts>();
        let caller = parts
            .and_then(|parts| parts.extensions.get::<Caller>())
            .cloned();
        let version = context.protocol_version();
        let mut list = self.0.list_tools(request, context).await?;
        list.tools.retain(|tool| {
            let needed = scopes::needed_by_tool(&tool.name);
            let may = |caller: &Caller| needed.iter().all(|scope| caller.may(scope));
            caller.as_ref().is_some_and(may)
        });
        if version.is_some_and(|version| version >= ProtocolVersion::V_2026_07_28) {
            // Another user's list is another list: no shared cache may hand it on.
            list = list.with_cache_scope(CacheScope::Private);
        }
        Ok(list)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        self.0.call_tool(request, context).await
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.0.get_tool(name)
    }

    fn get_info(&self) -> ServerConfig {
        self.0.get_info()
    }
}
// ANCHOR_END: list
