// Sampling is deprecated by SEP-2577 and still part of both revisions.
#![allow(deprecated)]

use std::sync::Arc;

use lantern_core::{Dataset, Incident, RootCause, Status};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::tool::InputResponses;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    CallToolResponse, CallToolResult, ClientCapabilities, ContentBlock, CreateMessageRequest,
    CreateMessageRequestParams, CreateMessageResult, ElicitRequest, ElicitRequestParams,
    ElicitResult, ElicitationAction, ElicitationSchema, EnumSchema, InputRequest, SamplingMessage,
};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::ask::{Asked, ask};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct IncidentArgs {
    /// Id of an incident, for example `INC-0001`.
    id: String,
}

/// What the user fills in before an incident is closed.
#[derive(Deserialize)]
struct Closing {
    root_cause: RootCause,
    confirm: bool,
}

/// A desk with two tools that need the client's help.
#[derive(Clone)]
pub struct AskingDesk {
    data: Arc<Dataset>,
    tool_router: ToolRouter<Self>,
}

#[tool_router]
impl AskingDesk {
    pub fn new(data: Dataset) -> Self {
        Self {
            data: Arc::new(data),
            tool_router: Self::tool_router(),
        }
    }

    // ANCHOR: summary
    /// Draft a summary of an incident with the help of the client's model.
    #[tool]
    async fn draft_summary(
        &self,
        context: RequestContext<RoleServer>,
        Parameters(args): Parameters<IncidentArgs>,
        InputResponses(responses): InputResponses,
    ) -> Result<CallToolResponse, String> {
        let incident = self.incident(&args.id)?;
        require(&context, "sampling", |client| client.sampling.is_some())?;

        let wish = format!(
            "Summarise {} in one line: {} says \"{}\".",
            incident.id, incident.service, incident.title
        );
        let wish = CreateMessageRequestParams::new(vec![SamplingMessage::user_text(wish)], 100);
        let question = InputRequest::CreateMessage(CreateMessageRequest::new(wish));
        match ask(&context, responses.as_ref(), "summary", question).await? {
            Asked::AskFirst(questions) => Ok(questions.into()),
            Asked::Answer(answer) => {
                let reply: CreateMessageResult = parse(answer)?;
                let blocks = reply
                    .message
                    .content
                    .iter()
                    .filter_map(|block| block.as_text());
                Ok(said(
                    blocks.map(|block| block.text.as_str()).collect::<String>(),
                ))
            }
        }
    }
    // ANCHOR_END: summary

    // ANCHOR: close
    /// Close an incident. The user names the root cause and confirms.
    #[tool]
    async fn close_incident(
        &self,
        context: RequestContext<RoleServer>,
        Parameters(args): Parameters<IncidentArgs>,
        InputResponses(responses): InputResponses,
    ) -> Result<CallToolResponse, String> {
        let incident = self.incident(&args.id)?;
        if incident.status == Status::Closed {
            return Err(format!("{} is already closed", incident.id));
        }
        require(&context, "elicitation", |client| {
            client.elicitation.is_some()
        })?;

        let form = ElicitRequestParams::FormElicitationParams {
            meta: None,
            message: format!("Why did {} happen?", incident.id),
            requested_schema: closing_form()?,
        };
        let question = InputRequest::Elicitation(ElicitRequest::new(form));
        let answer: ElicitResult =
            match ask(&context, responses.as_ref(), "closing", question).await? {
                Asked::AskFirst(questions) => return Ok(questions.into()),
                Asked::Answer(answer) => parse(answer)?,
            };
        let closing: Closing = match answer.action {
            ElicitationAction::Accept => parse(answer.content.unwrap_or_default())?,
            ElicitationAction::Decline => return Err("the user declined".to_owned()),
            _ => return Err("the user closed the form".to_owned()),
        };
        if !closing.confirm {
            return Err("the user did not confirm".to_owned());
        }
        let closed = self.data.incidents.close(&incident.id, closing.root_cause);
        let closed = closed.map_err(|error| error.to_string())?;
        Ok(said(format!("{} is closed", closed.id)))
    }
    // ANCHOR_END: close

    pub fn incident(&self, id: &str) -> Result<Incident, String> {
        let incident = self.data.incidents.get(id);
        incident.map_err(|error| error.to_string())
    }
}

#[tool_handler(router = self.tool_router, name = "asking-lantern")]
impl ServerHandler for AskingDesk {}

// ANCHOR: require
/// Never ask for what the client did not declare.
fn require(
    context: &RequestContext<RoleServer>,
    what: &str,
    declares: impl FnOnce(&ClientCapabilities) -> bool,
) -> Result<(), String> {
    match context.client_capabilities() {
        Some(client) if declares(&client) => Ok(()),
        _ => Err(format!("this needs a client with {what}")),
    }
}
// ANCHOR_END: require

fn closing_form() -> Result<ElicitationSchema, String> {
    let causes = ["capacity", "configuration", "dependency", "software"];
    let causes = EnumSchema::builder(causes.map(str::to_owned).to_vec()).build();
    let form = ElicitationSchema::builder()
        .required_enum_schema("root_cause", causes)
        .required_bool("confirm")
        .build();
    form.map_err(str::to_owned)
}

/// An answer is input like any other: it is checked before it is used.
fn parse<T: for<'de> Deserialize<'de>>(answer: serde_json::Value) -> Result<T, String> {
    serde_json::from_value(answer).map_err(|error| format!("the answer does not fit: {error}"))
}

fn said(text: String) -> CallToolResponse {
    CallToolResult::success(vec![ContentBlock::text(text)]).into()
}
