//! The one place that decides who hears about a failure.

use lantern_core::DeskError;
use rmcp::ErrorData;
use rmcp::handler::server::tool::IntoCallToolResult;
use rmcp::model::{CallToolResponse, CallToolResult, ContentBlock};

/// How a tool of the desk fails.
#[derive(Debug)]
pub enum ToolFailure {
    /// The model can act on it: it reads the text in a result marked `isError`.
    ForTheModel(String),
    /// The model can do nothing about it: the client gets a JSON-RPC error.
    ForTheClient(ErrorData),
}

// ANCHOR: table
impl From<DeskError> for ToolFailure {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::UnknownService(_)
            | DeskError::UnknownIncident(_)
            | DeskError::InvalidWindow { .. }
            | DeskError::AlreadyClosed(_) => Self::ForTheModel(error.to_string()),
            DeskError::Storage(_) => {
                Self::ForTheClient(ErrorData::internal_error("the desk's storage failed", None))
            }
        }
    }
}
// ANCHOR_END: table

// ANCHOR: into
impl IntoCallToolResult for ToolFailure {
    fn into_call_tool_result(self) -> Result<CallToolResponse, ErrorData> {
        match self {
            Self::ForTheModel(text) => {
                Ok(CallToolResult::error(vec![ContentBlock::text(text)]).into())
            }
            Self::ForTheClient(error) => Err(error),
        }
    }
}
// ANCHOR_END: into
