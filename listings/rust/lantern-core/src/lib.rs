//! The domain of Lantern, an incident desk. Nothing here knows about MCP.
//!
//! All data is generated from a seed: the same seed gives the same events, incidents and
//! timestamps on every machine, so the output of every program in the book can be compared.

mod clock;
mod error;
mod incidents;
mod logs;
mod runbooks;
pub mod scan;

use std::sync::Arc;

pub use clock::{Clock, FixedClock, RunningClock, Timestamp};
pub use error::DeskError;
pub use incidents::{Incident, IncidentPage, Incidents, Note, RootCause, Status};
pub use logs::{Filter, Level, LogEvent, LogStore, SEGMENTS_PER_DAY, Segment};
pub use runbooks::{Runbook, Runbooks};

// ANCHOR: dataset
/// Everything the desk can be asked about.
pub struct Dataset {
    pub logs: LogStore,
    pub incidents: Incidents,
    pub runbooks: Runbooks,
}

impl Dataset {
    /// Builds `days` days of data from `seed`; the clock stands still at the end of the last day.
    pub fn generate(seed: u64, days: u16) -> Self {
        Self::generate_with_clock(seed, days, Arc::new(FixedClock(Timestamp::new(days, 0, 0))))
    }

    /// The same data with a clock of your choice; only new incidents and notes read it.
    pub fn generate_with_clock(seed: u64, days: u16, clock: Arc<dyn Clock>) -> Self {
        let logs = LogStore::generate(seed, days);
        let incidents = Incidents::from_logs(&logs, clock);
        Self {
            logs,
            incidents,
            runbooks: Runbooks,
        }
    }
}
// ANCHOR_END: dataset
