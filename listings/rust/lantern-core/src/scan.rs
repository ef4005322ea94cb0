//! A scan reads the archive one segment at a time, so a caller can report progress or stop in between.

use std::collections::BTreeSet;

use crate::LogStore;

/// What one step of a scan found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanStep {
    /// How many segments are done, this one included, and how many there are.
    pub done: usize,
    pub total: usize,
    /// The events read in this step: the cost of the segment.
    pub read: usize,
    /// The matches of this step and of all steps so far.
    pub found: usize,
    pub found_so_far: usize,
}

/// An iterator over the archive's segments; it owns its data, so it can move into another task.
#[derive(Debug, Clone)]
pub struct Scan {
    logs: LogStore,
    text: String,
    skipped: BTreeSet<String>,
    total: usize,
    done: usize,
    found: usize,
}

impl Scan {
    /// Looks for events whose message contains `text`.
    pub fn new(logs: &LogStore, text: &str) -> Self {
        let total = logs.segments().len();
        Self {
            logs: logs.clone(),
            text: text.into(),
            skipped: BTreeSet::new(),
            total,
            done: 0,
            found: 0,
        }
    }

    /// Leaves a service out from the next segment on.
    pub fn skip_service(&mut self, service: &str) {
        self.skipped.insert(service.into());
    }
}

impl Iterator for Scan {
    type Item = ScanStep;

    fn next(&mut self) -> Option<ScanStep> {
        if self.done == self.total {
            return None;
        }
        let events = self.logs.segment_events(self.done);
        let wanted = events
            .iter()
            .filter(|event| !self.skipped.contains(&event.service));
        let (mut read, mut found) = (0, 0);
        for event in wanted {
            read += 1;
            found += usize::from(event.message.contains(&self.text));
        }
        self.done += 1;
        self.found += found;
        Some(ScanStep {
            done: self.done,
            total: self.total,
            read,
            found,
            found_so_far: self.found,
        })
    }
}
