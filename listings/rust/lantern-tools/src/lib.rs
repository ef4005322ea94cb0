//! The tool surface of Lantern: three tools that read and two that write.

mod errors;
pub mod wire;

use std::collections::BTreeMap;
use std::sync::Arc;

use lantern_core::{Dataset, Filter, Incident, Level, LogEvent, Timestamp};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use errors::ToolFailure;

// ANCHOR: arguments
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountArgs {
    /// Name of a service, for example `payments`.
    pub service: String,
    /// Count only events of this level.
    pub level: Option<Level>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchArgs {
    /// Name of a service, for example `payments`.
    pub service: String,
    /// Text that the message must contain.
    pub text: String,
    /// How many events to return at most.
    #[serde(default = "ten")]
    #[schemars(range(min = 1, max = 50))]
    pub limit: usize,
}
// ANCHOR_END: arguments

fn ten() -> usize {
    10
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SummaryArgs {
    /// Name of a service, for example `payments`.
    pub service: String,
    /// First day of the window; days count from 0.
    pub from_day: Option<u16>,
    /// Last day of the window, included.
    pub to_day: Option<u16>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenArgs {
    /// Name of the service that has the trouble.
    pub service: String,
    /// One line that says what users notice.
    pub title: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnotateArgs {
    /// Id of an incident, for example `INC-0001`.
    pub id: String,
    /// The note to add.
    pub text: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Events {
    /// Oldest first.
    pub events: Vec<LogEvent>,
}

// ANCHOR: summary
/// The errors of one service in one window of days.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct ErrorSummary {
    pub service: String,
    pub total: usize,
    /// How often each message occurs.
    pub messages: BTreeMap<String, usize>,
    /// When the first of them happened; null if there was none.
    pub first_seen: Option<Timestamp>,
}
// ANCHOR_END: summary

// ANCHOR: desk
/// The server. Cloning is cheap, and clones share the data.
#[derive(Clone)]
pub struct Desk {
    pub data: Arc<Dataset>,
    tool_router: ToolRouter<Self>,
}

impl Desk {
    pub fn new(data: Dataset) -> Self {
        Self::with_router(data, Self::tool_router())
    }

    /// A desk that offers the tools of `tool_router` and no others.
    pub fn with_router(data: Dataset, tool_router: ToolRouter<Self>) -> Self {
        Self {
            data: Arc::new(data),
            tool_router,
        }
    }
}

#[tool_handler(router = self.tool_router, name = "lantern")]
impl ServerHandler for Desk {}
// ANCHOR_END: desk

// ANCHOR: summarize
/// What `summarize_errors` answers, whichever way the tool is registered.
pub fn summarize(data: &Dataset, args: &SummaryArgs) -> Result<ErrorSummary, ToolFailure> {
    let last_day = data.logs.days().saturating_sub(1);
    let filter = Filter {
        service: &args.service,
        level: Some(Level::Error),
        days: Some((args.from_day.unwrap_or(0), args.to_day.unwrap_or(last_day))),
        ..Filter::default()
    };
    Ok(ErrorSummary {
        service: args.service.clone(),
        total: data.logs.count(&filter)?,
        messages: data.logs.messages(&filter)?,
        first_seen: data.logs.search(&filter, 1)?.first().map(|event| event.at),
    })
}
// ANCHOR_END: summarize

#[tool_router(vis = "pub")]
impl Desk {
    // ANCHOR: count
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
    // ANCHOR_END: count

    // ANCHOR: search
    #[tool(
        title = "Search events",
        description = "Find log events of one service whose message contains a text.",
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn search_events(
        &self,
        Parameters(args): Parameters<SearchArgs>,
    ) -> Result<Json<Events>, ToolFailure> {
        let filter = Filter {
            service: &args.service,
            text: Some(&args.text),
            ..Filter::default()
        };
        let events = self.data.logs.search(&filter, args.limit.clamp(1, 50))?;
        Ok(Json(Events { events }))
    }
    // ANCHOR_END: search

    // ANCHOR: structured
    /// Summarise the errors of one service: total, messages and first occurrence.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn summarize_errors(
        &self,
        Parameters(args): Parameters<SummaryArgs>,
    ) -> Result<Json<ErrorSummary>, ToolFailure> {
        summarize(&self.data, &args).map(Json)
    }
    // ANCHOR_END: structured

    // ANCHOR: write
    /// Open an incident. Every call opens another one.
    #[tool(annotations(
        read_only_hint = false,
        destructive_hint = false,
        idempotent_hint = false,
        open_world_hint = false
    ))]
    fn open_incident(
        &self,
        Parameters(args): Parameters<OpenArgs>,
    ) -> Result<Json<Incident>, ToolFailure> {
        Ok(Json(self.data.incidents.open(&args.service, &args.title)?))
    }
    // ANCHOR_END: write

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
        Ok(Json(self.data.incidents.annotate(&args.id, &args.text)?))
    }
}
