//! Prompts of Lantern, with completion of their arguments.

mod completion;

use std::sync::Arc;

use lantern_core::{Dataset, DeskError};
use lantern_tools::{ErrorSummary, SummaryArgs, ToolFailure, summarize};
use rmcp::handler::server::router::prompt::PromptRouter;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::model::{
    CompleteRequestParams, CompleteResult, CompletionInfo, GetPromptResult, Implementation,
    PromptMessage, Role, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{
    ErrorData, RoleServer, ServerHandler, prompt, prompt_handler, prompt_router, tool,
    tool_handler, tool_router,
};
use schemars::JsonSchema;
use serde::Deserialize;

// ANCHOR: arguments
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TriageArgs {
    /// Name of the service that has the trouble.
    pub service: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostmortemArgs {
    /// Narrows the choice of incidents to one service.
    pub service: Option<String>,
    /// Id of the incident, for example `INC-0001`.
    pub incident: String,
}
// ANCHOR_END: arguments

// ANCHOR: desk
pub struct Desk {
    data: Arc<Dataset>,
    tool_router: ToolRouter<Self>,
    prompt_router: PromptRouter<Self>,
}

impl Desk {
    pub fn new(data: Dataset) -> Self {
        Self {
            data: Arc::new(data),
            tool_router: Self::tool_router(),
            prompt_router: Self::prompt_router(),
        }
    }
}
// ANCHOR_END: desk

// ANCHOR: prompts
#[prompt_router]
impl Desk {
    /// Find out what is wrong with a service.
    #[prompt(title = "Triage a service")]
    fn triage(
        &self,
        Parameters(args): Parameters<TriageArgs>,
    ) -> Result<Vec<PromptMessage>, ErrorData> {
        let summary = self.summary(&args.service)?;
        let mut text = format!("`{}` logged {} errors:\n", summary.service, summary.total);
        for (message, count) in &summary.messages {
            text += &format!("- {message}: {count}\n");
        }
        text += "Name the most likely cause and the first thing to check.";
        Ok(vec![PromptMessage::new_text(Role::User, text)])
    }

    #[prompt(
        name = "postmortem",
        description = "Draft the report about one incident."
    )]
    fn draft_postmortem(
        &self,
        Parameters(args): Parameters<PostmortemArgs>,
    ) -> Result<GetPromptResult, ErrorData> {
        let incident = self.data.incidents.get(&args.incident).map_err(refused)?;
        if args
            .service
            .is_some_and(|service| service != incident.service)
        {
            let message = format!("`{}` is about `{}`", incident.id, incident.service);
            return Err(ErrorData::invalid_params(message, None));
        }
        let text = format!(
            "Write a report about {}: {} at {}.\nUse the headings Impact, Cause and Repair.",
            incident.id, incident.title, incident.opened_at
        );
        let messages = vec![
            PromptMessage::new_text(Role::User, text),
            PromptMessage::new_text(Role::Assistant, "## Impact"),
        ];
        let description = format!("Report about {}", incident.id);
        Ok(GetPromptResult::new(messages).with_description(description))
    }
}
// ANCHOR_END: prompts

impl Desk {
    fn summary(&self, service: &str) -> Result<ErrorSummary, ErrorData> {
        let args = SummaryArgs {
            service: service.into(),
            ..SummaryArgs::default()
        };
        summarize(&self.data, &args).map_err(|failure| match failure {
            ToolFailure::ForTheModel(text) => ErrorData::invalid_params(text, None),
            ToolFailure::ForTheClient(error) => error,
        })
    }
}

/// A prompt is asked for by a user's click: there is no model yet that could read a failure.
fn refused(error: DeskError) -> ErrorData {
    match error {
        DeskError::Storage(_) => ErrorData::internal_error("the desk's storage failed", None),
        error => ErrorData::invalid_params(error.to_string(), None),
    }
}

#[tool_router]
impl Desk {
    /// Summarise the errors of one service: total, messages and first occurrence.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn summarize_errors(
        &self,
        Parameters(args): Parameters<SummaryArgs>,
    ) -> Result<Json<ErrorSummary>, ToolFailure> {
        summarize(&self.data, &args).map(Json)
    }
}

// ANCHOR: handler
#[tool_handler(router = self.tool_router)]
#[prompt_handler(router = self.prompt_router)]
impl ServerHandler for Desk {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_prompts()
            .enable_completions()
            .build();
        let name = Implementation::new("lantern", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(capabilities).with_server_info(name)
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let mut values = self.candidates(&request)?;
        values.retain(|value| value.starts_with(&request.argument.value));
        let total = values.len();
        values.truncate(CompletionInfo::MAX_VALUES);
        let has_more = values.len() < total;
        let info = CompletionInfo::with_pagination(values, Some(total as u32), has_more)
            .map_err(|error| ErrorData::internal_error(error, None))?;
        Ok(CompleteResult::new(info))
    }
}
// ANCHOR_END: handler
