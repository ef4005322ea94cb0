use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lantern_core::{Dataset, Filter};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::CancelledNotificationParam;
use rmcp::service::NotificationContext;
use rmcp::{RoleServer, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CountArgs {
    /// Name of a service, for example `payments`.
    service: String,
}

/// A desk whose answers take time; it notes how many calls run at once, and which were given up.
#[derive(Clone)]
pub struct BusyDesk {
    data: Arc<Dataset>,
    running: Arc<AtomicUsize>,
    peak: Arc<AtomicUsize>,
    given_up: Arc<Mutex<Vec<String>>>,
    tool_router: ToolRouter<Self>,
}

#[tool_router]
impl BusyDesk {
    pub fn new(data: Dataset) -> Self {
        Self {
            data: Arc::new(data),
            running: Arc::default(),
            peak: Arc::default(),
            given_up: Arc::default(),
            tool_router: Self::tool_router(),
        }
    }

    // ANCHOR: count
    /// Count the log events of one service; takes 10 ms for each letter of its name.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn count_events(
        &self,
        Parameters(args): Parameters<CountArgs>,
    ) -> Result<String, String> {
        let running = self.running.fetch_add(1, Ordering::Relaxed) + 1;
        self.peak.fetch_max(running, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(10) * args.service.len() as u32).await;
        self.running.fetch_sub(1, Ordering::Relaxed);

        let filter = Filter {
            service: &args.service,
            ..Filter::default()
        };
        let count = self.data.logs.count(&filter);
        count
            .map(|count| count.to_string())
            .map_err(|error| error.to_string())
    }
    // ANCHOR_END: count

    /// The most calls that ran at the same time.
    pub fn peak(&self) -> usize {
        self.peak.load(Ordering::Relaxed)
    }

    /// The reasons of all cancellations so far.
    pub fn given_up(&self) -> Vec<String> {
        self.given_up.lock().expect("no poison").clone()
    }
}

#[tool_handler(router = self.tool_router, name = "busy-lantern")]
impl ServerHandler for BusyDesk {
    async fn on_cancelled(
        &self,
        cancelled: CancelledNotificationParam,
        _context: NotificationContext<RoleServer>,
    ) {
        let reason = cancelled.reason.unwrap_or_default();
        self.given_up.lock().expect("no poison").push(reason);
    }
}
