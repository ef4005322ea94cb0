//! The server of chapter 1 under its own name, with a second tool.

use lantern_core::{Dataset, Filter, Level};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Deserialize, JsonSchema)]
pub struct CountEvents {
    /// Name of the service, for example `payments`.
    pub service: String,
    /// Count only events of this level; all levels when absent.
    pub level: Option<Level>,
}

pub struct Named {
    desk: Dataset,
}

#[tool_router]
impl Named {
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

    #[tool(description = "List the names of all services.")]
    fn list_services(&self) -> String {
        self.desk.logs.services().join("\n")
    }
}

// ANCHOR: handler
#[tool_handler(name = "lantern")]
impl ServerHandler for Named {}
// ANCHOR_END: handler
