//! What happens around every tool call, whatever the tool is.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;
use rmcp::ErrorData;
use rmcp::model::{CallToolResponse, CallToolResult, ContentBlock};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::Metrics;

/// How much the server takes on.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Calls at the same time.
    pub calls: usize,
    /// Open subscriptions at the same time. Each costs tasks, channels and a timer.
    pub streams: usize,
    /// The longest a call may take.
    pub deadline: Duration,
    /// What reading one segment of the archive costs. The data set is in memory and costs nothing.
    pub segment: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls: 64,
            streams: 256,
            deadline: Duration::from_secs(30),
            segment: Duration::ZERO,
        }
    }
}

// ANCHOR: outcome
/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Ok,
    /// The model was told what is wrong.
    ToolError,
    /// The client was told what is wrong.
    ProtocolError,
    /// Not begun: all slots were taken.
    Busy,
    TimedOut,
    /// The client went away.
    Abandoned,
    /// Cut off because the server stops.
    Stopped,
    Panicked,
}
// ANCHOR_END: outcome

impl Outcome {
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::ToolError => "tool_error",
            Self::ProtocolError => "protocol_error",
            Self::Busy => "busy",
            Self::TimedOut => "timed_out",
            Self::Abandoned => "abandoned",
            Self::Stopped => "stopped",
            Self::Panicked => "panicked",
        }
    }
}

type Answer = Result<CallToolResponse, ErrorData>;

/// Shared by all handlers of the process.
pub struct Boundary {
    pub metrics: Metrics,
    /// The calls that run now.
    pub running: TaskTracker,
    /// Cancelled when the calls that still run are to be cut off.
    pub cut: CancellationToken,
    /// The subscriptions that may still be opened.
    pub streams: Semaphore,
    limits: Limits,
    slots: Semaphore,
}

impl Boundary {
    pub fn new(limits: Limits) -> Self {
        Self {
            metrics: Metrics::default(),
            running: TaskTracker::new(),
            cut: CancellationToken::new(),
            streams: Semaphore::new(limits.streams),
            slots: Semaphore::new(limits.calls),
            limits,
        }
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    // ANCHOR: call
    /// Runs a tool call inside the limits, and writes down how it ended.
    pub async fn call(
        &self,
        tool: &str,
        gone: CancellationToken,
        work: impl Future<Output = Answer>,
    ) -> Answer {
        let began = Instant::now();
        let (answer, outcome) = self.bounded(gone, work).await;
        let took = began.elapsed();
        self.metrics.record(tool, outcome, took);
        let ms = took.as_millis() as u64;
        tracing::info!(tool, outcome = outcome.name(), ms, "call");
        answer
    }

    async fn bounded(
        &self,
        gone: CancellationToken,
        work: impl Future<Output = Answer>,
    ) -> (Answer, Outcome) {
        let Ok(_slot) = self.slots.try_acquire() else {
            return (told("the server is busy; call again later"), Outcome::Busy);
        };
        let _running = self.running.token();
        let guarded = timeout(self.limits.deadline, AssertUnwindSafe(work).catch_unwind());
        tokio::select! {
            ended = guarded => match ended {
                Ok(Ok(answer)) => {
                    let outcome = judge(&answer);
                    (answer, outcome)
                }
                Ok(Err(_panic)) => {
                    let error = ErrorData::internal_error("the tool failed", None);
                    (Err(error), Outcome::Panicked)
                }
                Err(_elapsed) => (told("the call took too long; ask for less"), Outcome::TimedOut),
            },
            () = gone.cancelled() => (told("nobody waits for this"), Outcome::Abandoned),
            () = self.cut.cancelled() => {
                (told("the server stops; call again"), Outcome::Stopped)
            }
        }
    }
    // ANCHOR_END: call
}

/// A result that the model reads as a failure.
fn told(text: &str) -> Answer {
    Ok(CallToolResult::error(vec![ContentBlock::text(text)]).into())
}

fn judge(answer: &Answer) -> Outcome {
    match answer {
        Ok(CallToolResponse::Complete(result)) if result.is_error == Some(true) => {
            Outcome::ToolError
        }
        Ok(_) => Outcome::Ok,
        Err(_) => Outcome::ProtocolError,
    }
}
