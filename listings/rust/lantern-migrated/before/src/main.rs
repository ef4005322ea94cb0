//! A read-only desk as it was written for rmcp 0.15.

use std::error::Error;
use std::sync::Arc;

use lantern_core::{Dataset, Filter};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    AnnotateAble, CallToolResult, Content, Implementation, ListResourcesResult,
    PaginatedRequestParams, RawResource, ReadResourceRequestParams, ReadResourceResult,
    ResourceContents, ServerCapabilities, ServerInfo,
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
            Ok(count) => Ok(CallToolResult::success(vec![Content::text(format!(
                "{}: {count}",
                args.service
            ))])),
            Err(error) => Ok(CallToolResult::error(vec![Content::text(
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
            Ok(incident) => Ok(CallToolResult::success(vec![Content::text(incident.id)])),
            Err(error) => Ok(CallToolResult::error(vec![Content::text(
                error.to_string(),
            )])),
        }
    }
}

#[tool_handler]
impl ServerHandler for Desk {
    fn get_info(&self) -> ServerInfo {
        ServerInfo {
            capabilities: ServerCapabilities::builder()
                .enable_tools()
                .enable_resources()
                .build(),
            server_info: Implementation {
                name: "lantern".into(),
                version: "0.1.0".into(),
                ..Implementation::default()
            },
            ..ServerInfo::default()
        }
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let books = self.data.runbooks.list().iter();
        let resources = books.map(|book| {
            RawResource::new(format!("runbook://{}", book.slug), book.slug).no_annotation()
        });
        Ok(ListResourcesResult {
            resources: resources.collect(),
            next_cursor: None,
            meta: None,
        })
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResult, ErrorData> {
        let slug = request.uri.strip_prefix("runbook://");
        let book = slug.and_then(|slug| self.data.runbooks.get(slug));
        let Some(book) = book else {
            return Err(ErrorData::resource_not_found("no such run book", None));
        };
        Ok(ReadResourceResult {
            contents: vec![ResourceContents::text(book.text, request.uri)],
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let desk = Desk::read_only(Dataset::generate(7, 3));
    desk.serve(stdio()).await?.waiting().await?;
    Ok(())
}
