use std::fmt;
use std::time::Instant;

/// Minutes since the start of the data set, written as `day 2, 14:05`. Days count from 0.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema,
)]
#[serde(into = "String")]
#[schemars(with = "String")]
pub struct Timestamp(pub u32);

impl Timestamp {
    pub fn new(day: u16, hour: u16, minute: u16) -> Self {
        Self(u32::from(day) * 1440 + u32::from(hour) * 60 + u32::from(minute))
    }

    pub fn day(self) -> u16 {
        (self.0 / 1440) as u16
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "day {}, {:02}:{:02}",
            self.day(),
            self.0 / 60 % 24,
            self.0 % 60
        )
    }
}

impl From<Timestamp> for String {
    fn from(at: Timestamp) -> Self {
        at.to_string()
    }
}

/// Where new incidents and notes take their time from.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// A clock that stands still: the same program prints the same times on every run.
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// A clock that shows `start` when it is made and then follows real time.
pub struct RunningClock {
    start: Timestamp,
    made: Instant,
}

impl RunningClock {
    pub fn starting_at(start: Timestamp) -> Self {
        Self {
            start,
            made: Instant::now(),
        }
    }
}

impl Clock for RunningClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.start.0 + (self.made.elapsed().as_secs() / 60) as u32)
    }
}
