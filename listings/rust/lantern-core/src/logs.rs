use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DeskError, Timestamp};

/// The archive is cut into pieces of six hours.
pub const SEGMENTS_PER_DAY: u16 = 4;
const SEGMENT_MINUTES: u32 = 6 * 60;

const SERVICES: [&str; 24] = [
    "accounts",
    "ads",
    "audit",
    "billing",
    "cart",
    "catalog",
    "checkout",
    "delivery",
    "email",
    "fraud",
    "gateway",
    "identity",
    "images",
    "inventory",
    "ledger",
    "orders",
    "payments",
    "payouts",
    "pricing",
    "reviews",
    "search",
    "sessions",
    "shipping",
    "tax",
];

const INFO: [&str; 3] = [
    "request served",
    "cache refreshed",
    "configuration reloaded",
];
const WARN: [&str; 3] = ["retrying upstream call", "queue is 80% full", "slow query"];
const ERROR: [&str; 4] = [
    "upstream timed out",
    "connection refused",
    "checksum mismatch",
    "disk quota exceeded",
];

/// How serious an event is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Info,
    Warn,
    Error,
}

/// One line of a service's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LogEvent {
    pub at: Timestamp,
    pub service: String,
    pub level: Level,
    pub message: String,
}

/// Six hours of the log of all services; `events` is what reading it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    pub index: usize,
    pub starts_at: Timestamp,
    pub events: usize,
}

// ANCHOR: filter
/// Which events of one service are meant; every part that is `None` matches everything.
#[derive(Debug, Clone, Default)]
pub struct Filter<'a> {
    pub service: &'a str,
    pub level: Option<Level>,
    pub text: Option<&'a str>,
    /// First and last day, both included.
    pub days: Option<(u16, u16)>,
}
// ANCHOR_END: filter

/// All events, in order of time. Cloning is cheap: clones share the events.
#[derive(Debug, Clone)]
pub struct LogStore {
    events: Arc<[LogEvent]>,
    days: u16,
}

impl LogStore {
    pub(crate) fn generate(seed: u64, days: u16) -> Self {
        let mut random = Random(seed);
        let mut events = Vec::new();
        for piece in 0..u32::from(days) * u32::from(SEGMENTS_PER_DAY) {
            for service in SERVICES {
                for _ in 0..random.below(6) {
                    let at = Timestamp(piece * SEGMENT_MINUTES + random.below(SEGMENT_MINUTES));
                    let (level, messages) = match random.below(10) {
                        0..6 => (Level::Info, &INFO[..]),
                        6..8 => (Level::Warn, &WARN[..]),
                        _ => (Level::Error, &ERROR[..]),
                    };
                    let message = messages[random.below(messages.len() as u32) as usize];
                    events.push(LogEvent {
                        at,
                        service: service.into(),
                        level,
                        message: message.into(),
                    });
                }
            }
        }
        events.sort_by_key(|event| event.at); // stable: equal times stay in order of service
        Self {
            events: events.into(),
            days,
        }
    }

    // ANCHOR: store
    /// The names of all services, sorted.
    pub fn services(&self) -> &'static [&'static str] {
        &SERVICES
    }

    pub fn days(&self) -> u16 {
        self.days
    }

    pub fn count(&self, filter: &Filter<'_>) -> Result<usize, DeskError> {
        Ok(self.matching(filter)?.count())
    }

    /// The first `limit` matching events, oldest first.
    pub fn search(&self, filter: &Filter<'_>, limit: usize) -> Result<Vec<LogEvent>, DeskError> {
        Ok(self.matching(filter)?.take(limit).cloned().collect())
    }

    /// How often each message occurs among the matching events.
    pub fn messages(&self, filter: &Filter<'_>) -> Result<BTreeMap<String, usize>, DeskError> {
        let mut counts = BTreeMap::new();
        for event in self.matching(filter)? {
            *counts.entry(event.message.clone()).or_default() += 1;
        }
        Ok(counts)
    }
    // ANCHOR_END: store

    pub fn segments(&self) -> Vec<Segment> {
        (0..usize::from(self.days) * usize::from(SEGMENTS_PER_DAY))
            .map(|index| Segment {
                index,
                starts_at: segment_start(index),
                events: self.segment_events(index).len(),
            })
            .collect()
    }

    /// The events of one segment; empty when there is no such segment.
    pub fn segment_events(&self, index: usize) -> &[LogEvent] {
        let start = segment_start(index);
        let end = segment_start(index.saturating_add(1));
        let from = self.events.partition_point(|event| event.at < start);
        let to = self.events.partition_point(|event| event.at < end);
        &self.events[from..to]
    }

    /// Refuses a service that does not exist.
    pub fn check_service(&self, service: &str) -> Result<(), DeskError> {
        match SERVICES.binary_search(&service) {
            Ok(_) => Ok(()),
            Err(_) => Err(DeskError::UnknownService(service.into())),
        }
    }

    fn matching<'a>(
        &'a self,
        filter: &'a Filter<'a>,
    ) -> Result<impl Iterator<Item = &'a LogEvent>, DeskError> {
        self.check_service(filter.service)?;
        let (from, to) = filter.days.unwrap_or((0, self.days.saturating_sub(1)));
        if from > to || to >= self.days {
            return Err(DeskError::InvalidWindow {
                from,
                to,
                days: self.days,
            });
        }
        Ok(self.events.iter().filter(move |event| {
            event.service == filter.service
                && filter.level.is_none_or(|level| event.level == level)
                && filter.text.is_none_or(|text| event.message.contains(text))
                && (from..=to).contains(&event.at.day())
        }))
    }
}

/// An index beyond all days gives the end of time, where nothing happens.
fn segment_start(index: usize) -> Timestamp {
    let index = u32::try_from(index).unwrap_or(u32::MAX);
    Timestamp(index.saturating_mul(SEGMENT_MINUTES))
}

/// SplitMix64: small, well known, and the same on every platform.
struct Random(u64);

impl Random {
    /// A number from 0 up to, not including, `bound`.
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % u64::from(bound)) as u32
    }
}
