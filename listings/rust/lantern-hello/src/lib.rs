//! A server with one tool.

use lantern_core::{Dataset, Filter, Level};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::{tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

// ANCHOR: params
#[derive(Debug, Deserialize, JsonSchema)]
pub struct CountEvents {
    /// Name of the service, for example `payments`.
    pub service: String,
    /// Count only events of this level; all levels when absent.
    pub level: Option<Level>,
}
// ANCHOR_END: params

// ANCHOR: server
pub struct Hello {
    desk: Dataset,
}

#[tool_router(server_handler)]
impl Hello {
    pub fn new(desk: Dataset) -> Self {
        Self { desk }
    }

    #[tool(description = "Count the log events of one service.")]
    fn count_events(
        &self,
        Parameters(CountEvents { service, level }): Parameters<CountEvents>,
    ) -> Result<String, String> {
        let filter = Filter {
            service: &service,
            level,
            ..Filter::default()
        };
        match self.desk.logs.count(&filter) {
            Ok(count) => Ok(format!("{service}: {count}")),
            Err(error) => Err(error.to_string()),
        }
    }
}
// ANCHOR_END: server
