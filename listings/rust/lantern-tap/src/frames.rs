//! The record of a tap.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    In,
    Out,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub direction: Direction,
    /// The method of a request or notification, or what kind of reply it is.
    pub what: String,
    pub bytes: usize,
}

impl fmt::Display for Frame {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arrow = match self.direction {
            Direction::In => "->",
            Direction::Out => "<-",
        };
        write!(out, "{arrow} {:<26} {:>5} bytes", self.what, self.bytes)
    }
}

/// The latest frames. Clones share one record.
#[derive(Debug, Clone, Default)]
pub struct Frames(Arc<Mutex<VecDeque<Frame>>>);

impl Frames {
    /// How many frames are kept: a peer that sends empty lines for ever fills no memory.
    pub const KEPT: usize = 256;

    pub fn all(&self) -> Vec<Frame> {
        self.lock().iter().cloned().collect()
    }

    pub(crate) fn push(&self, direction: Direction, line: &[u8]) {
        let frame = serde_json::from_slice::<Value>(line).unwrap_or_default();
        let what = match frame["method"].as_str() {
            Some(method) => method.to_owned(),
            None if frame["result"].is_object() => format!("result of {}", frame["id"]),
            None if frame["error"].is_object() => format!("error for {}", frame["id"]),
            None => "not a message".to_owned(),
        };
        self.add(Frame {
            direction,
            what,
            bytes: line.len(),
        });
    }

    pub(crate) fn oversize(&self, limit: usize) {
        self.add(Frame {
            direction: Direction::In,
            what: "longer than the limit of".to_owned(),
            bytes: limit,
        });
    }

    fn add(&self, frame: Frame) {
        let mut frames = self.lock();
        if frames.len() == Self::KEPT {
            frames.pop_front();
        }
        frames.push_back(frame);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Frame>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
