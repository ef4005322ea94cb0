//! A client for the desk: bounded, with a deadline, and for either revision.

mod busy_desk;
mod desk_client;
mod tap;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use rmcp::service::ServiceError;
use rmcp::{ClientHandler, ClientLifecycleMode};
use serde_json::json;

pub use busy_desk::BusyDesk;
pub use desk_client::{DeskClient, Limits, text};
pub use tap::Tap;

/// The two ways to open a connection, each with the revision that it leads to.
pub fn lifecycles() -> [(&'static str, ClientLifecycleMode); 2] {
    use rmcp::model::ProtocolVersion;
    let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
    [
        ("2025-11-25", ClientLifecycleMode::Initialize),
        (
            "2026-07-28",
            ClientLifecycleMode::Discover { preferred_versions },
        ),
    ]
}

// ANCHOR: fan-out
/// Asks about all services at once; the answers come in the order in which they arrive.
pub async fn count_everywhere<H: ClientHandler>(
    client: &DeskClient<H>,
    services: &[&'static str],
) -> Vec<(&'static str, Result<String, ServiceError>)> {
    let calls = services.iter().map(|service| async move {
        let result = client.call("count_events", json!({ "service": service }));
        (*service, result.await.map(|result| text(&result)))
    });
    calls.collect::<FuturesUnordered<_>>().collect().await
}
// ANCHOR_END: fan-out
