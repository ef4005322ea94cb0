//! `close_incident` asks the user first, in the way that the client's era has for it.

mod question;

use std::sync::Arc;
use std::time::Duration;

use lantern_core::{Dataset, Incident};
use lantern_tools::ToolFailure;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::tool::{InputResponses, RequestState};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    CallToolResponse, CallToolResult, ContentBlock, ProtocolVersion, RequestStateCodec,
    RequestStateError,
};
use rmcp::service::{ElicitationError, RequestContext};
use rmcp::{ErrorData, Peer, RoleServer, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

pub use question::Closing;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseArgs {
    /// Id of an incident, for example `INC-0001`.
    pub id: String,
}

/// The server for one connection of one caller. Desks of a process share data and key.
pub struct Desk {
    data: Arc<Dataset>,
    codec: RequestStateCodec,
    caller: String,
    ttl: Duration,
    tool_router: ToolRouter<Self>,
}

impl Desk {
    /// Fails when `key` has fewer than 32 bytes.
    pub fn new(
        data: Arc<Dataset>,
        key: &[u8],
        caller: &str,
        ttl: Duration,
    ) -> Result<Self, RequestStateError> {
        Ok(Self {
            data,
            codec: RequestStateCodec::try_new(key)?,
            caller: caller.into(),
            ttl,
            tool_router: Self::tool_router(),
        })
    }
}

#[tool_router]
impl Desk {
    // ANCHOR: tool
    /// Close an incident. The user is asked for the root cause.
    #[tool(annotations(
        read_only_hint = false,
        destructive_hint = true,
        idempotent_hint = false,
        open_world_hint = false
    ))]
    async fn close_incident(
        &self,
        Parameters(args): Parameters<CloseArgs>,
        RequestState(state): RequestState,
        InputResponses(answers): InputResponses,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ToolFailure> {
        let incident = self.data.incidents.get(&args.id)?;
        if !shows_forms(&context) {
            let text = "this client cannot ask its user; close the incident at the desk";
            return Err(ToolFailure::ForTheModel(text.into()));
        }
        let version = context.protocol_version();
        let closing = if version.is_some_and(|version| version >= ProtocolVersion::V_2026_07_28) {
            let client = ToolFailure::ForTheClient;
            let (codec, caller) = (&self.codec, self.caller.as_str());
            let answer = question::answer(codec, caller, &incident, state, answers);
            match answer.map_err(client)? {
                Some(answer) => question::filled_in(answer)?,
                None => {
                    let request = question::ask(codec, self.ttl, caller, &incident);
                    return Ok(request.map_err(client)?.into());
                }
            }
        } else {
            ask_now(&context.peer, &incident).await?
        };
        let Some(closing) = closing.filter(|closing| closing.confirmed) else {
            let text = ContentBlock::text(format!("the user left {} open", incident.id));
            return Ok(CallToolResult::success(vec![text]).into());
        };
        // Comparing and closing are one step: no other connection can add a note in between.
        let (notes, cause) = (incident.notes.len(), closing.root_cause);
        let Some(incident) = self.data.incidents.close_if(&incident.id, notes, cause)? else {
            let text = "a note was added while the user was asked; call the tool again";
            return Err(ToolFailure::ForTheModel(text.into()));
        };
        let json = serde_json::to_value(incident)
            .map_err(|error| ErrorData::internal_error(error.to_string(), None))
            .map_err(ToolFailure::ForTheClient)?;
        Ok(CallToolResult::structured(json).into())
    }
    // ANCHOR_END: tool
}

fn shows_forms(context: &RequestContext<RoleServer>) -> bool {
    let elicitation = context
        .client_capabilities()
        .and_then(|client| client.elicitation);
    elicitation.is_some_and(|modes| modes.form.is_some() || modes.url.is_none())
}

// ANCHOR: legacy
/// 2025-11-25: the server asks with a request of its own and keeps the call waiting.
async fn ask_now(
    peer: &Peer<RoleServer>,
    incident: &Incident,
) -> Result<Option<Closing>, ToolFailure> {
    match peer.elicit::<Closing>(question::message(incident)).await {
        Ok(closing) => Ok(closing),
        Err(ElicitationError::UserDeclined | ElicitationError::UserCancelled) => Ok(None),
        Err(error) => Err(ToolFailure::ForTheModel(error.to_string())),
    }
}
// ANCHOR_END: legacy

#[tool_handler(router = self.tool_router, name = "lantern")]
impl ServerHandler for Desk {}
