//! The scan itself, as a plain call and as a task.

use lantern_core::scan::Scan;
use lantern_core::{LogStore, SEGMENTS_PER_DAY};
use lantern_scan::{ScanReport, next_segment};
use rmcp::ErrorData;
use rmcp::model::{
    CallToolResult, ContentBlock, ElicitRequest, ElicitRequestParams, ElicitResult,
    ElicitationAction, ElicitationSchema, InputRequest,
};
use rmcp::task_manager::{TaskContext, TaskExit};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Office;

/// One scan and what it found so far.
pub struct Job {
    logs: LogStore,
    scan: Scan,
    report: ScanReport,
}

impl Job {
    pub fn new(office: &Office, text: String) -> Self {
        Self {
            logs: office.data.logs.clone(),
            scan: Scan::new(&office.data.logs, &text),
            report: ScanReport {
                text,
                segments: 0,
                found: 0,
            },
        }
    }

    /// Reads the next segment; false at the end of the archive.
    async fn advance(&mut self) -> bool {
        let Some(step) = next_segment(&mut self.scan).await else {
            return false;
        };
        self.report.segments = step.done;
        self.report.found = step.found_so_far;
        true
    }

    fn result(&self) -> Result<CallToolResult, ErrorData> {
        serde_json::to_value(&self.report)
            .map(CallToolResult::structured)
            .map_err(|error| ErrorData::internal_error(error.to_string(), None))
    }

    /// For a client that waits for the answer. The caller stops it by dropping it.
    pub async fn run(mut self) -> Result<CallToolResult, ErrorData> {
        while self.advance().await {}
        self.result()
    }

    // ANCHOR: task
    /// For a client that comes back for the answer.
    pub async fn run_as_task(
        mut self,
        task: TaskContext,
        may_ask: bool,
    ) -> Result<CallToolResult, TaskExit> {
        loop {
            let more = tokio::select! {
                biased;
                () = task.cancelled() => return Err(TaskExit::Cancelled),
                more = self.advance() => more,
            };
            if !more {
                return Ok(self.result()?);
            }
            let ScanReport {
                segments, found, ..
            } = self.report;
            task.set_status_message(format!("{segments} segments read, {found} found"));
            if may_ask && segments == usize::from(SEGMENTS_PER_DAY) {
                let Some(answer) = ask(&task).await? else {
                    continue;
                };
                if let Err(error) = self.logs.check_service(&answer.service) {
                    let text = ContentBlock::text(error.to_string());
                    return Ok(CallToolResult::error(vec![text]));
                }
                self.scan.skip_service(&answer.service);
            }
        }
    }
    // ANCHOR_END: task
}

// ANCHOR: ask
#[derive(Debug, Deserialize, JsonSchema)]
struct Skip {
    /// Name of a service, for example `payments`.
    service: String,
}

/// Asks which service to leave out; `None` if the user wants none left out.
async fn ask(task: &TaskContext) -> Result<Option<Skip>, TaskExit> {
    let schema = ElicitationSchema::from_type::<Skip>()
        .map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
    let question = ElicitRequest::new(ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: "The first day is read. Which service should be left out of the rest?".into(),
        requested_schema: schema,
    });
    let answer = task
        .request_input("skip", InputRequest::Elicitation(question))
        .await?;
    let invalid = |error: serde_json::Error| ErrorData::invalid_params(error.to_string(), None);
    let answer: ElicitResult = serde_json::from_value(answer).map_err(invalid)?;
    match answer.action {
        ElicitationAction::Accept => {
            let content = answer.content.unwrap_or_default();
            Ok(Some(serde_json::from_value(content).map_err(invalid)?))
        }
        ElicitationAction::Cancel => Err(TaskExit::Cancelled),
        _ => Ok(None),
    }
}
// ANCHOR_END: ask
