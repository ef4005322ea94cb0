use std::sync::Arc;

use lantern_core::Dataset;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::model::{Implementation, ServerCapabilities, ServerConfig, SubscriptionFilter};
use rmcp::service::{NotificationContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler, tool_handler};
use tokio::sync::watch;

// ANCHOR: desk
/// The server. Clones share the data and the router.
#[derive(Clone)]
pub struct Desk {
    data: Arc<Dataset>,
    tools: watch::Sender<Arc<ToolRouter<Self>>>,
}

impl Desk {
    pub fn new(data: Dataset) -> Self {
        let router = Self::read_tools() + Self::write_tools();
        Self {
            data: Arc::new(data),
            tools: watch::Sender::new(Arc::new(router)),
        }
    }
    // ANCHOR_END: desk

    pub(crate) fn data(&self) -> &Dataset {
        &self.data
    }

    // ANCHOR: maintenance
    /// The router as it is now. It does not change under the caller's hands.
    fn current_tools(&self) -> Arc<ToolRouter<Self>> {
        self.tools.borrow().clone()
    }

    /// While maintenance is on, the desk can be read but not written.
    pub fn set_maintenance(&self, on: bool) {
        self.tools.send_if_modified(|tools| {
            let tools = Arc::make_mut(tools);
            let mut modified = false;
            for tool in Self::write_tools().list_all() {
                modified |= if on {
                    tools.disable_route(tool.name)
                } else {
                    tools.enable_route(&tool.name)
                };
            }
            modified
        });
    }
    // ANCHOR_END: maintenance
}

// ANCHOR: handler
#[tool_handler(router = self.current_tools())]
impl ServerHandler for Desk {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_tool_list_changed()
            .build();
        let name = Implementation::new("lantern", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(capabilities).with_server_info(name)
    }

    /// 2025-11-25: whoever finished the handshake is told of changes.
    async fn on_initialized(&self, context: NotificationContext<RoleServer>) {
        let mut tools = self.tools.subscribe();
        tokio::spawn(async move {
            while tools.changed().await.is_ok() {
                if context.peer.notify_tool_list_changed().await.is_err() {
                    break; // the client is gone
                }
            }
        });
    }
    // ANCHOR_END: handler

    // ANCHOR: listen
    /// 2026-07-28: a client is told of changes only while it listens for them.
    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        Some(requested.supported_by(&self.get_info().capabilities))
    }

    async fn listen(&self, subscription: SubscriptionContext) -> Result<(), ErrorData> {
        let mut tools = self.tools.subscribe();
        loop {
            tokio::select! {
                () = subscription.cancelled() => return Ok(()),
                changed = tools.changed() => {
                    let told = subscription.sink().notify_tool_list_changed().await;
                    if changed.is_err() || told.is_err() {
                        return Ok(());
                    }
                }
            }
        }
    }
    // ANCHOR_END: listen
}
