//! `summarize_errors` as a type of its own, beside the tools of the macro.

use std::borrow::Cow;

use lantern_core::Dataset;
use lantern_tools::{Desk, ErrorSummary, SummaryArgs, ToolFailure, summarize};
use rmcp::ErrorData;
use rmcp::handler::server::router::tool::{AsyncTool, ToolBase};
use rmcp::model::ToolAnnotations;

pub struct SummarizeErrors;

// ANCHOR: error
/// The tool's own error. A trait tool's failure is always a protocol error.
#[derive(Debug)]
pub struct SummaryError(ToolFailure);

impl From<SummaryError> for ErrorData {
    fn from(SummaryError(failure): SummaryError) -> Self {
        match failure {
            ToolFailure::ForTheModel(text) => ErrorData::invalid_params(text, None),
            ToolFailure::ForTheClient(error) => error,
        }
    }
}
// ANCHOR_END: error

// ANCHOR: tool
impl ToolBase for SummarizeErrors {
    type Parameter = SummaryArgs;
    type Output = ErrorSummary;
    type Error = SummaryError;

    fn name() -> Cow<'static, str> {
        "summarize_errors".into()
    }

    fn description() -> Option<Cow<'static, str>> {
        Some("Summarise the errors of one service: total, messages and first occurrence.".into())
    }

    fn annotations() -> Option<ToolAnnotations> {
        Some(ToolAnnotations::new().read_only(true).open_world(false))
    }
}

impl AsyncTool<Desk> for SummarizeErrors {
    async fn invoke(desk: &Desk, args: SummaryArgs) -> Result<ErrorSummary, SummaryError> {
        summarize(&desk.data, &args).map_err(SummaryError)
    }
}

/// A desk whose `summarize_errors` is the type above; the other tools stay as they are.
pub fn desk(data: Dataset) -> Desk {
    let router = Desk::tool_router().with_async_tool::<SummarizeErrors>();
    Desk::with_router(data, router)
}
// ANCHOR_END: tool
