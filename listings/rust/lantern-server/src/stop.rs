//! Stopping without dropping work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::{Boundary, Config};

/// How far the stop has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// `/readyz` says no; calls are still taken.
    Unready,
    /// No new connections; running calls go on.
    Closed,
    /// All calls ended in time.
    Idle,
    /// Calls that did not end in time have been told so.
    Cut,
    /// Streams and sessions are closed.
    Silent,
}

impl Stage {
    pub fn name(self) -> &'static str {
        match self {
            Self::Unready => "unready",
            Self::Closed => "closed",
            Self::Idle => "idle",
            Self::Cut => "cut",
            Self::Silent => "silent",
        }
    }
}

/// The handles that stop one service.
#[derive(Clone)]
pub struct Stopping {
    pub listener: CancellationToken,
    transport: CancellationToken,
    boundary: Arc<Boundary>,
    ready: Arc<AtomicBool>,
    settle: Duration,
    drain: Duration,
}

impl Stopping {
    pub(crate) fn new(
        config: &Config,
        boundary: Arc<Boundary>,
        ready: Arc<AtomicBool>,
        transport: CancellationToken,
    ) -> Self {
        Self {
            listener: CancellationToken::new(),
            transport,
            boundary,
            ready,
            settle: config.settle,
            drain: config.drain,
        }
    }

    /// What a stop without stages does: the transport goes first.
    pub fn pull_the_plug(&self) {
        self.listener.cancel();
        self.transport.cancel();
    }
}

/// What has been said needs a moment to get out: a call is not running any more before the SDK has
/// passed on its answer, and listeners have a last message.
const FAREWELL: Duration = Duration::from_secs(1);

// ANCHOR: drain
/// Goes through the stages, and logs and reports each one when it is reached.
pub async fn drain(stopping: &Stopping, mut report: impl FnMut(Stage)) {
    let mut reached = |stage: Stage| {
        tracing::info!(stage = stage.name(), "stop");
        report(stage);
    };
    let boundary = &stopping.boundary;
    stopping.ready.store(false, Ordering::Relaxed);
    reached(Stage::Unready);
    sleep(stopping.settle).await;

    stopping.listener.cancel();
    boundary.running.close();
    reached(Stage::Closed);
    let all_ended = timeout(stopping.drain, boundary.running.wait()).await;
    if all_ended.is_ok() {
        reached(Stage::Idle);
    }

    // From here on a call answers at once, and listeners get their last message.
    boundary.cut.cancel();
    boundary.running.wait().await;
    if all_ended.is_err() {
        reached(Stage::Cut);
    }
    sleep(FAREWELL).await;

    stopping.transport.cancel();
    reached(Stage::Silent);
}
// ANCHOR_END: drain
