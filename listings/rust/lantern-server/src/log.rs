//! One JSON object per line.

use std::io;

use tracing::Subscriber;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Registry, fmt};

// ANCHOR: quiet
/// rmcp writes whole messages at DEBUG, and notifications even at INFO. Keep it at WARN.
pub const PRODUCTION: &str = "warn,lantern_server=info";
// ANCHOR_END: quiet

/// The subscriber of the service. `clock` is off where output is compared.
///
/// # Errors
/// When `filter` is not a list of targets and levels.
pub fn subscriber<W>(
    filter: &str,
    writer: W,
    clock: bool,
) -> io::Result<Box<dyn Subscriber + Send + Sync>>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter: Targets = filter.parse().map_err(io::Error::other)?;
    let lines = fmt::layer()
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .with_writer(writer);
    let all = Registry::default().with(filter);
    Ok(if clock {
        Box::new(all.with(lines))
    } else {
        Box::new(all.with(lines.without_time()))
    })
}

// ANCHOR: panics
/// The standard hook prints the panic's message, which may hold anything. This one prints the place.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "panic");
    }));
}
// ANCHOR_END: panics
