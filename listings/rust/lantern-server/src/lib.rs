//! Lantern as a service: one router, one way to count and log calls, one way to stop.

mod boundary;
mod config;
mod desk;
pub mod log;
mod metrics;
mod routes;
mod stop;

pub use boundary::{Boundary, Limits, Outcome};
pub use config::{Access, Config};
pub use desk::Desk;
pub use metrics::Metrics;
pub use routes::{Lantern, serve};
pub use stop::{Stage, Stopping, drain};
