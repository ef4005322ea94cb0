//! The tools of the library: one that changes a resource, one that points at one.

use lantern_core::Incident;
use lantern_tools::{AnnotateArgs, ToolFailure};
use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::model::{CallToolResult, ContentBlock, Resource};
use rmcp::{tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Address, Library};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogArgs {
    /// Name of a service, for example `payments`.
    pub service: String,
    /// Days count from 0.
    pub day: u16,
}

#[tool_router(vis = "pub(crate)")]
impl Library {
    // ANCHOR: link
    /// Find the log of one service on one day.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn find_log(
        &self,
        Parameters(args): Parameters<LogArgs>,
    ) -> Result<CallToolResult, ToolFailure> {
        let text = self.shelf.log(&args.service, args.day)?;
        let address = Address::Log {
            service: &args.service,
            day: args.day,
        };
        let link = Resource::new(address.to_string(), "log")
            .with_mime_type("text/plain")
            .with_size(text.len() as u64);
        let events = format!("{} events", text.lines().count());
        Ok(CallToolResult::success(vec![
            ContentBlock::text(events),
            ContentBlock::resource_link(link),
        ]))
    }
    // ANCHOR_END: link

    /// Add a note to an open incident.
    #[tool(annotations(
        read_only_hint = false,
        destructive_hint = false,
        idempotent_hint = false,
        open_world_hint = false
    ))]
    fn annotate_incident(
        &self,
        Parameters(args): Parameters<AnnotateArgs>,
    ) -> Result<Json<Incident>, ToolFailure> {
        Ok(Json(self.shelf.annotate(&args.id, &args.text)?))
    }
}
