use lantern_core::Incident;
use lantern_tools::{AnnotateArgs, OpenArgs, ToolFailure};
use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::{tool, tool_router};

use crate::Desk;

#[tool_router(router = write_tools, vis = "pub(crate)")]
impl Desk {
    /// Open an incident. Every call opens another one.
    #[tool(annotations(destructive_hint = false, open_world_hint = false))]
    fn open_incident(
        &self,
        Parameters(args): Parameters<OpenArgs>,
    ) -> Result<Json<Incident>, ToolFailure> {
        Ok(Json(
            self.data().incidents.open(&args.service, &args.title)?,
        ))
    }

    /// Add a note to an open incident.
    #[tool(annotations(destructive_hint = false, open_world_hint = false))]
    fn annotate_incident(
        &self,
        Parameters(args): Parameters<AnnotateArgs>,
    ) -> Result<Json<Incident>, ToolFailure> {
        Ok(Json(self.data().incidents.annotate(&args.id, &args.text)?))
    }
}
