//! A desk that touches every place where the two revisions differ.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use lantern_core::{Dataset, Filter, RootCause};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::tool::InputResponses;
use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::model::{
    CallToolResponse, CallToolResult, ClientCapabilities, ContentBlock, ElicitRequest,
    ElicitRequestParams, ElicitationCapability, ElicitationSchema, EnumSchema,
    FormElicitationCapability, Implementation, InputRequest, InputRequiredResult,
    ListResourcesResult, PaginatedRequestParams, ProtocolVersion, ReadResourceRequestParams,
    ReadResourceResponse, ReadResourceResult, Resource, ResourceContents, ServerCapabilities,
    ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Deserialize, JsonSchema)]
pub struct CountArgs {
    pub service: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Count {
    pub events: usize,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct CloseArgs {
    pub id: String,
}

#[derive(Clone)]
pub struct Desk {
    data: Arc<Dataset>,
    versions: &'static [ProtocolVersion],
    tool_router: ToolRouter<Self>,
}

// ANCHOR: versions
impl Desk {
    /// Serves every revision that the SDK knows, which is also the SDK's default.
    pub fn new() -> Self {
        Self::serving(ProtocolVersion::KNOWN_VERSIONS)
    }

    /// Serves the revisions up to 2025-11-25 and no later one.
    pub fn capped() -> Self {
        Self::serving(ProtocolVersion::known_up_to(&ProtocolVersion::V_2025_11_25))
    }

    fn serving(versions: &'static [ProtocolVersion]) -> Self {
        Self {
            data: Arc::new(Dataset::generate(7, 3)),
            versions,
            tool_router: Self::tool_router(),
        }
    }
}
// ANCHOR_END: versions

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

fn stateless(context: &RequestContext<RoleServer>) -> bool {
    let version = context.protocol_version();
    version.is_some_and(|version| !version.has_initialize())
}

// ANCHOR: forms
/// Did the client declare that it shows forms? An empty `elicitation` says so too.
fn shows_forms(context: &RequestContext<RoleServer>) -> bool {
    let client = context.client_capabilities();
    let elicitation = client.and_then(|client| client.elicitation);
    elicitation.is_some_and(|modes| modes.form.is_some() || modes.url.is_none())
}

/// 2026-07-28 has an error code for this. 2025-11-25 has none, so the model reads why.
fn cannot_ask(context: &RequestContext<RoleServer>) -> Result<CallToolResponse, ErrorData> {
    if stateless(context) {
        let forms = ElicitationCapability::new().with_form(FormElicitationCapability::new());
        let missing = ClientCapabilities::builder().enable_elicitation_with(forms);
        let error = ErrorData::missing_required_client_capability(missing.build());
        return Err(error);
    }
    Ok(failed("this client shows no forms; the incident stays open").into())
}
// ANCHOR_END: forms

fn failed(text: impl Into<String>) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(text)])
}

fn question(id: &str) -> Result<ElicitRequestParams, ErrorData> {
    let causes = ["capacity", "configuration", "dependency", "software"].map(str::to_owned);
    let schema = ElicitationSchema::builder()
        .required_enum_schema("cause", EnumSchema::builder(causes.to_vec()).build())
        .build();
    Ok(ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: format!("What caused {id}?"),
        requested_schema: schema.map_err(|error| ErrorData::internal_error(error, None))?,
    })
}

#[tool_router]
impl Desk {
    /// Count the log events of one service.
    #[tool]
    fn count_events(&self, Parameters(args): Parameters<CountArgs>) -> Result<Json<Count>, String> {
        let filter = Filter {
            service: &args.service,
            ..Filter::default()
        };
        let events = self.data.logs.count(&filter);
        let events = events.map_err(|error| error.to_string())?;
        Ok(Json(Count { events }))
    }

    // ANCHOR: close
    /// Close an incident; asks the user for the cause.
    #[tool]
    async fn close_incident(
        &self,
        Parameters(args): Parameters<CloseArgs>,
        InputResponses(answers): InputResponses,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let question = question(&args.id)?;
        let answer = match answers.and_then(|mut answers| answers.remove("cause")) {
            Some(answer) => answer,
            None if !shows_forms(&context) => return cannot_ask(&context),
            // 2026-07-28: the question is a result, and the client calls again with the answer.
            None if stateless(&context) => {
                let request = InputRequest::Elicitation(ElicitRequest::new(question));
                let requests = BTreeMap::from([("cause".to_owned(), request)]);
                return Ok(InputRequiredResult::from_input_requests(requests).into());
            }
            // 2025-11-25: the question is a request of the server in the middle of the call.
            None => {
                let answer = context.peer.create_elicitation(question).await;
                let answer = answer.map_err(|error| internal(&error))?;
                serde_json::to_value(answer).map_err(|error| internal(&error))?
            }
        };
        Ok(self.close(&args.id, &answer).into())
    }
    // ANCHOR_END: close
}

impl Desk {
    fn close(&self, id: &str, answer: &Value) -> CallToolResult {
        let cause = RootCause::deserialize(&answer["content"]["cause"]);
        let (true, Ok(cause)) = (answer["action"] == "accept", cause) else {
            return failed("nobody named a cause; the incident stays open");
        };
        match self.data.incidents.close(id, cause) {
            Ok(incident) => CallToolResult::success(vec![ContentBlock::text(format!(
                "{} is closed",
                incident.id
            ))]),
            Err(error) => failed(error.to_string()),
        }
    }
}

fn internal(error: &impl ToString) -> ErrorData {
    ErrorData::internal_error(error.to_string(), None)
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Desk {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .build();
        let name = Implementation::new("lantern", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(capabilities).with_server_info(name)
    }

    // ANCHOR: supported
    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        self.versions.into()
    }
    // ANCHOR_END: supported

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let runbooks = self.data.runbooks.list().iter();
        let resources = runbooks.map(|book| {
            Resource::new(format!("runbook://{}", book.slug), book.slug)
                .with_mime_type("text/plain")
        });
        Ok(ListResourcesResult::with_all_items(resources.collect()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let slug = request.uri.strip_prefix("runbook://");
        let Some(book) = slug.and_then(|slug| self.data.runbooks.get(slug)) else {
            let message = format!("there is no resource `{}`", request.uri);
            return Err(ErrorData::resource_not_found(message, None));
        };
        let contents = ResourceContents::text(book.text, request.uri).with_mime_type("text/plain");
        Ok(ReadResourceResult::new(vec![contents]).into())
    }
}
