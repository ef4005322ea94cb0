use std::sync::Arc;

use axum::http::request::Parts;
use lantern_core::scan::Scan;
use lantern_core::{Dataset, Filter, Incident};
use lantern_tools::{CountArgs, OpenArgs, ToolFailure};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::tool::Extension;
use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::{ErrorData, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Caller;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScanArgs {
    /// Text that a message must contain.
    pub text: String,
}

/// A desk that knows who is asking. Cloning is cheap, and clones share the data.
#[derive(Clone)]
pub struct GuardedDesk {
    pub data: Arc<Dataset>,
    tool_router: ToolRouter<Self>,
}

impl GuardedDesk {
    pub fn new(data: Dataset) -> Self {
        Self {
            data: Arc::new(data),
            tool_router: Self::tool_router(),
        }
    }
}

#[tool_router(vis = "pub")]
impl GuardedDesk {
    /// Say on whose behalf you are asking.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn whoami(&self, Extension(parts): Extension<Parts>) -> Result<String, ErrorData> {
        let caller = caller(&parts)?;
        let scopes: Vec<_> = caller.scopes.iter().map(String::as_str).collect();
        Ok(format!(
            "{} via {}: {}",
            caller.subject,
            caller.client,
            scopes.join(" ")
        ))
    }

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

    // ANCHOR: open
    /// Open an incident, signed with the caller's name.
    #[tool(annotations(
        read_only_hint = false,
        destructive_hint = false,
        open_world_hint = false
    ))]
    fn open_incident(
        &self,
        Extension(parts): Extension<Parts>,
        Parameters(args): Parameters<OpenArgs>,
    ) -> Result<Json<Incident>, ToolFailure> {
        let caller = caller(&parts).map_err(ToolFailure::ForTheClient)?;
        let incident = self.data.incidents.open(&args.service, &args.title)?;
        let note = format!("opened by {}", caller.subject);
        Ok(Json(self.data.incidents.annotate(&incident.id, &note)?))
    }
    // ANCHOR_END: open

    /// Count the archive's events that contain a text.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn scan_archive(&self, Parameters(args): Parameters<ScanArgs>) -> String {
        let found = Scan::new(&self.data.logs, &args.text).last();
        found.map_or(0, |step| step.found_so_far).to_string()
    }
}

// ANCHOR: caller
/// Without a guard in front there is no caller, and then there is no answer.
fn caller(parts: &Parts) -> Result<&Caller, ErrorData> {
    let caller = parts.extensions.get::<Caller>();
    caller.ok_or_else(|| ErrorData::internal_error("the request carries no caller", None))
}
// ANCHOR_END: caller

#[tool_handler(router = self.tool_router, name = "lantern")]
impl ServerHandler for GuardedDesk {}
