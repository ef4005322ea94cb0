//! A read-only desk on rmcp 3.

use std::error::Error;
use std::sync::Arc;

use lantern_core::{Dataset, Filter};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    CallToolResult, ContentBlock, Implementation, ListResourcesResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, Resource,
    ResourceContents, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::transport::stdio;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Deserialize, JsonSchema)]
struct CountArgs {
    service: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct OpenArgs {
    service: String,
    title: String,
}

#[derive(Clone)]
struct Desk {
    data: Arc<Dataset>,
    tool_router: ToolRouter<Self>,
}

impl Desk {
    fn read_only(data: Dataset) -> Self {
        let mut tool_router = Self::tool_router();
        tool_router.remove_route("open_incident");
        let data = Arc::new(data);
        Self { data, tool_router }
    }
}

#[tool_router]
impl Desk {
    #[tool(description = "Count the log events of one service.")]
    fn count_events(
        &self,
        Parameters(args): Parameters<CountArgs>,
    ) -> Result<CallToolResult, ErrorData> {
        let filter = Filter {
            service: &args.service,
            ..Filter::default()
        };
        match self.data.logs.count(&filter) {
            Ok(count) => Ok(CallToolResult::success(vec![ContentBlock::text(format!(
                "{}: {count}",
                args.service
            ))])),
            Err(error) => Ok(CallToolResult::error(vec![ContentBlock::text(
                error.to_string(),
            )])),
        }
    }

    #[tool(description = "Open an incident.")]
    fn open_incident(
        &self,
        Parameters(args): Parameters<OpenArgs>,
    ) -> Result<CallToolResult, ErrorData> {
        match self.data.incidents.open(&args.service, &args.title) {
            Ok(incident) => Ok(CallToolResult::success(vec![ContentBlock::text(
                incident.id,
            )])),
            Err(error) => Ok(CallToolResult::error(vec![ContentBlock::text(
                error.to_string(),
            )])),
        }
    }
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Desk {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .build();
        ServerConfig::new(capabilities).with_server_info(Implementation::new("lantern", "0.1.0"))
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let books = self.data.runbooks.list().iter();
        let resources =
            books.map(|book| Resource::new(format!("runbook://{}", book.slug), book.slug));
        Ok(ListResourcesResult::with_all_items(resources.collect()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let slug = request.uri.strip_prefix("runbook://");
        let book = slug.and_then(|slug| self.data.runbooks.get(slug));
        let Some(book) = book else {
            return Err(ErrorData::resource_not_found("no such run book", None));
        };
        let contents = vec![ResourceContents::text(book.text, request.uri)];
        Ok(ReadResourceResult::new(contents).into())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let desk = Desk::read_only(Dataset::generate(7, 3));
    desk.serve(stdio()).await?.waiting().await?;
    Ok(())
}
