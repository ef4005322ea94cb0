use lantern_core::Filter;
use lantern_tools::{CountArgs, ErrorSummary, SummaryArgs, ToolFailure, summarize};
use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::{tool, tool_router};

use crate::Desk;

#[tool_router(router = read_tools, vis = "pub(crate)")]
impl Desk {
    /// Count the log events of one service.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn count_events(&self, Parameters(args): Parameters<CountArgs>) -> Result<String, ToolFailure> {
        let count = self.data().logs.count(&Filter {
            service: &args.service,
            level: args.level,
            ..Filter::default()
        })?;
        Ok(format!("{}: {count}", args.service))
    }

    /// Summarise the errors of one service: total, messages and first occurrence.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn summarize_errors(
        &self,
        Parameters(args): Parameters<SummaryArgs>,
    ) -> Result<Json<ErrorSummary>, ToolFailure> {
        summarize(self.data(), &args).map(Json)
    }
}
