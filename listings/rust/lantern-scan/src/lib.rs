//! A long tool: it reports progress, and it stops when its client no longer waits.

pub mod caller;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lantern_core::Dataset;
use lantern_core::scan::{Scan, ScanStep};
use lantern_tools::ToolFailure;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::model::ProgressNotificationParam;
use rmcp::service::RequestContext;
use rmcp::{RoleServer, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScanArgs {
    /// Text that the message must contain.
    pub text: String,
}

#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct ScanReport {
    pub text: String,
    /// How many segments were read.
    pub segments: usize,
    /// How many events contain the text.
    pub found: usize,
}

// ANCHOR: segment
/// Reads one segment and waits as long as cold storage would: a millisecond for each event.
pub async fn next_segment(scan: &mut Scan) -> Option<ScanStep> {
    let step = scan.next()?;
    tokio::time::sleep(Duration::from_millis(step.read as u64)).await;
    Some(step)
}
// ANCHOR_END: segment

#[derive(Clone)]
pub struct Desk {
    data: Arc<Dataset>,
    segments_read: Arc<AtomicUsize>,
    tool_router: ToolRouter<Self>,
}

impl Desk {
    pub fn new(data: Dataset) -> Self {
        Self {
            data: Arc::new(data),
            segments_read: Arc::default(),
            tool_router: Self::tool_router(),
        }
    }

    /// How many segments all scans together have read.
    pub fn segments_read(&self) -> usize {
        self.segments_read.load(Ordering::Relaxed)
    }
}

#[tool_router]
impl Desk {
    // ANCHOR: scan
    /// Search the whole archive for a text. Slow: it reads every segment.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn scan_archive(
        &self,
        Parameters(args): Parameters<ScanArgs>,
        context: RequestContext<RoleServer>,
    ) -> Result<Json<ScanReport>, ToolFailure> {
        let mut scan = Scan::new(&self.data.logs, &args.text);
        let mut report = ScanReport {
            text: args.text,
            segments: 0,
            found: 0,
        };
        loop {
            let step = tokio::select! {
                biased;
                () = context.ct.cancelled() => {
                    // Nobody reads this: the SDK drops the reply to a cancelled request.
                    return Err(ToolFailure::ForTheModel("cancelled".into()));
                }
                step = next_segment(&mut scan) => step,
            };
            let Some(step) = step else {
                return Ok(Json(report));
            };
            self.segments_read.fetch_add(1, Ordering::Relaxed);
            report.segments = step.done;
            report.found = step.found_so_far;
            tell_progress(&context, step).await;
        }
    }
    // ANCHOR_END: scan
}

// ANCHOR: progress
/// Tells the client how far the scan is, if the client asked to be told.
async fn tell_progress(context: &RequestContext<RoleServer>, step: ScanStep) {
    let Some(token) = context.meta.get_progress_token() else {
        return;
    };
    let progress = ProgressNotificationParam::new(token, step.done as f64)
        .with_total(step.total as f64)
        .with_message(format!("{} found", step.found_so_far));
    // An error means that the client is gone; then `context.ct` ends the scan.
    let _ = context.peer.notify_progress(progress).await;
}
// ANCHOR_END: progress

#[tool_handler(router = self.tool_router, name = "lantern")]
impl ServerHandler for Desk {}
