//! Rounds and tasks, driven by hand.

mod desk;
mod driver;

use rmcp::model::{ClientCapabilities, ClientConfig, Implementation, ProtocolVersion};
use rmcp::service::{ClientInitializeError, RunningService};
use rmcp::{ClientLifecycleMode, ClientServiceExt, RoleClient, ServerHandler, ServiceExt};

pub use desk::RoundsDesk;
pub use driver::{DriveError, Driver};

/// A client that declares forms and tasks and answers nothing by itself.
pub fn by_hand() -> ClientConfig {
    let capabilities = ClientCapabilities::builder()
        .enable_elicitation()
        .enable_tasks()
        .build();
    let name = Implementation::new("lantern-rounds", env!("CARGO_PKG_VERSION"));
    ClientConfig::new(capabilities, name)
}

/// Serves `server` on one end of a pipe in memory and connects in revision 2026-07-28.
pub async fn connect(
    server: impl ServerHandler,
    client: ClientConfig,
) -> Result<RunningService<RoleClient, ClientConfig>, ClientInitializeError> {
    let (client_end, server_end) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        if let Ok(running) = server.serve(server_end).await {
            let _ = running.waiting().await;
        }
    });
    let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
    let lifecycle = ClientLifecycleMode::Discover { preferred_versions };
    client.serve_with_lifecycle(client_end, lifecycle).await
}
