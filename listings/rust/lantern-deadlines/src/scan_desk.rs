use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lantern_core::Dataset;
use lantern_core::scan::Scan;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CancelledNotificationParam, ProgressNotificationParam};
use rmcp::service::{NotificationContext, RequestContext};
use rmcp::{RoleServer, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

/// Virtual time that one segment takes.
const SEGMENT: Duration = Duration::from_secs(1);

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ScanArgs {
    /// Text that the message must contain.
    text: String,
}

/// What the server saw of one scan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    pub segments: usize,
    pub finished: bool,
    pub stopped: bool,
    /// The reason that came with `notifications/cancelled`.
    pub reason: Option<String>,
}

impl fmt::Display for Seen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match (self.finished, self.stopped) {
            (true, _) => "finished",
            (_, true) => "stopped",
            _ => "running",
        };
        write!(out, "{state} after {} of 12 segments", self.segments)?;
        match &self.reason {
            Some(reason) => write!(out, ": {reason}"),
            None => Ok(()),
        }
    }
}

#[derive(Clone)]
pub struct ScanDesk {
    data: Arc<Dataset>,
    seen: Arc<Mutex<Seen>>,
    tool_router: ToolRouter<Self>,
}

#[tool_router]
impl ScanDesk {
    pub fn new(data: Dataset) -> Self {
        Self {
            data: Arc::new(data),
            seen: Arc::default(),
            tool_router: Self::tool_router(),
        }
    }

    // ANCHOR: scan
    /// Scan the archive for a text. Takes a second for each segment of six hours.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn scan_archive(
        &self,
        context: RequestContext<RoleServer>,
        Parameters(args): Parameters<ScanArgs>,
    ) -> Result<String, String> {
        let token = context.meta.get_progress_token();
        let mut found = 0;
        for step in Scan::new(&self.data.logs, &args.text) {
            tokio::select! {
                () = tokio::time::sleep(SEGMENT) => self.note(|seen| seen.segments = step.done),
                () = context.ct.cancelled() => {
                    self.note(|seen| seen.stopped = true);
                    return Err("the scan was cancelled".to_owned()); // nobody reads this
                }
            }
            if let Some(token) = &token {
                let progress = ProgressNotificationParam::new(token.clone(), step.done as f64)
                    .with_total(step.total as f64);
                let _ = context.peer.notify_progress(progress).await;
            }
            found = step.found_so_far;
        }
        self.note(|seen| seen.finished = true);
        Ok(format!("{found} events"))
    }
    // ANCHOR_END: scan

    pub fn seen(&self) -> Seen {
        self.seen.lock().expect("no poison").clone()
    }

    fn note(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.seen.lock().expect("no poison"));
    }
}

#[tool_handler(router = self.tool_router, name = "scanning-lantern")]
impl ServerHandler for ScanDesk {
    async fn on_cancelled(
        &self,
        cancelled: CancelledNotificationParam,
        _context: NotificationContext<RoleServer>,
    ) {
        self.note(|seen| seen.reason = cancelled.reason);
    }
}
