use std::sync::Arc;
use std::time::Duration;

use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{ClientInitializeError, RunningService, ServiceError};
use rmcp::transport::IntoTransport;
use rmcp::{
    ClientHandler, ClientLifecycleMode, ClientServiceExt, RoleClient, ServerHandler, ServiceExt,
};
use serde_json::Value;
use tokio::sync::Semaphore;

// ANCHOR: client
/// What a client may ask of one server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many calls may run at the same time; at least one may.
    pub at_once: usize,
    /// How long connecting may take, and then each call, all its rounds included.
    pub deadline: Duration,
}

/// A client that never waits for ever and never asks for everything at once.
#[derive(Clone)]
pub struct DeskClient<H: ClientHandler> {
    service: Arc<RunningService<RoleClient, H>>,
    slots: Arc<Semaphore>,
    deadline: Duration,
}
// ANCHOR_END: client

impl<H: ClientHandler> DeskClient<H> {
    pub async fn connect<T, E, A>(
        handler: H,
        transport: T,
        lifecycle: ClientLifecycleMode,
        limits: Limits,
    ) -> Result<Self, ClientInitializeError>
    where
        T: IntoTransport<RoleClient, E, A>,
        E: std::error::Error + Send + Sync + 'static,
    {
        let connecting = handler.serve_with_lifecycle(transport, lifecycle);
        let Ok(service) = tokio::time::timeout(limits.deadline, connecting).await else {
            let why = format!("no answer within {:?}", limits.deadline);
            return Err(ClientInitializeError::ConnectionClosed(why));
        };
        Ok(Self {
            service: Arc::new(service?),
            slots: Arc::new(Semaphore::new(limits.at_once.max(1))),
            deadline: limits.deadline,
        })
    }

    /// Serves `server` on one end of a pipe in memory and connects to the other end.
    pub async fn in_memory(
        server: impl ServerHandler,
        handler: H,
        lifecycle: ClientLifecycleMode,
        limits: Limits,
    ) -> Result<Self, ClientInitializeError> {
        let (client_end, server_end) = tokio::io::duplex(64 * 1024);
        serve(server, server_end);
        Self::connect(handler, client_end, lifecycle, limits).await
    }

    // ANCHOR: call
    /// Calls a tool. The deadline begins when the call gets its turn.
    pub async fn call(
        &self,
        tool: &'static str,
        args: Value,
    ) -> Result<CallToolResult, ServiceError> {
        let args = args.as_object().cloned().unwrap_or_default();
        let call = CallToolRequestParams::new(tool).with_arguments(args);
        let _slot = self
            .slots
            .acquire()
            .await
            .expect("nobody closes the semaphore");
        match tokio::time::timeout(self.deadline, self.service.call_tool(call)).await {
            Ok(result) => result,
            Err(_) => Err(ServiceError::Timeout {
                timeout: self.deadline,
            }),
        }
    }
    // ANCHOR_END: call

    /// The connection itself, for everything that is not a tool call.
    pub fn service(&self) -> &RunningService<RoleClient, H> {
        &self.service
    }
}

/// Serves `server` in a task of its own until the client goes away.
pub(crate) fn serve(server: impl ServerHandler, transport: tokio::io::DuplexStream) {
    tokio::spawn(async move {
        if let Ok(running) = server.serve(transport).await {
            let _ = running.waiting().await;
        }
    });
}

/// The text blocks of a result, joined.
pub fn text(result: &CallToolResult) -> String {
    let blocks = result.content.iter().filter_map(|block| block.as_text());
    blocks.map(|block| block.text.as_str()).collect()
}
