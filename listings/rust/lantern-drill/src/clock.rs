//! Virtual time that a drill can stop.

use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

/// After that much real time something hangs. The clock runs again, and deadlines end the drill.
const PATIENCE: Duration = Duration::from_secs(300);

// ANCHOR: held
/// Virtual time stands still while this value lives, however long the machine takes.
pub struct Held {
    _release: Sender<()>,
}

impl Held {
    /// Needs a runtime on one thread whose clock is paused.
    pub fn now() -> Self {
        let (release, released) = channel::<()>();
        // tokio does not advance a paused clock while a blocking task runs.
        tokio::task::spawn_blocking(move || released.recv_timeout(PATIENCE));
        Self { _release: release }
    }
}
// ANCHOR_END: held
