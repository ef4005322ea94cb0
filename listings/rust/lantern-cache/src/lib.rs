//! A desk whose answers say how long they keep.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use lantern_core::Dataset;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    CacheScope, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams,
    ReadResourceResponse, ReadResourceResult, ResourceContents, ServerCapabilities, ServerConfig,
    SubscriptionFilter,
};
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;
use tokio::sync::broadcast;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AnnotateArgs {
    /// Id of an incident, for example `INC-0001`.
    id: String,
    /// The note to add.
    text: String,
}

#[derive(Clone)]
pub struct KeepingDesk {
    data: Arc<Dataset>,
    ttl_ms: u64,
    broken: Arc<AtomicBool>,
    changed: broadcast::Sender<String>,
    tool_router: ToolRouter<Self>,
}

#[tool_router]
impl KeepingDesk {
    /// A desk whose answers may be kept for `ttl_ms` milliseconds.
    pub fn new(data: Dataset, ttl_ms: u64) -> Self {
        Self {
            data: Arc::new(data),
            ttl_ms,
            broken: Arc::default(),
            changed: broadcast::Sender::new(16),
            tool_router: Self::tool_router(),
        }
    }

    /// From now on every read fails.
    pub fn break_down(&self) {
        self.broken.store(true, Ordering::Relaxed);
    }

    // ANCHOR: annotate
    /// Add a note to an open incident.
    #[tool]
    fn annotate_incident(
        &self,
        Parameters(args): Parameters<AnnotateArgs>,
    ) -> Result<String, String> {
        let incident = self.data.incidents.annotate(&args.id, &args.text);
        let incident = incident.map_err(|error| error.to_string())?;
        let _ = self.changed.send(format!("incident://{}", incident.id)); // nobody may listen
        Ok(format!("{}, notes: {}", incident.id, incident.notes.len()))
    }
    // ANCHOR_END: annotate
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for KeepingDesk {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_resources_subscribe()
            .build();
        ServerConfig::new(capabilities)
    }

    // ANCHOR: hints
    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = ListToolsResult::with_all_items(self.tool_router.list_all());
        Ok(tools
            .with_ttl_ms(self.ttl_ms)
            .with_cache_scope(CacheScope::Public))
    }

    async fn read_resource(
        &self,
        wanted: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(ErrorData::internal_error("the desk is broken", None));
        }
        let unknown = || ErrorData::resource_not_found("there is no such resource", None);
        let id = wanted.uri.strip_prefix("incident://").ok_or_else(unknown)?;
        let incident = self.data.incidents.get(id).map_err(|_| unknown())?;
        let text = format!("{}, notes: {}", incident.id, incident.notes.len());
        let contents = vec![ResourceContents::text(text, wanted.uri)];
        let incident = ReadResourceResult::new(contents)
            .with_ttl_ms(self.ttl_ms)
            .with_cache_scope(CacheScope::Private);
        Ok(incident.into())
    }
    // ANCHOR_END: hints

    // ANCHOR: listen
    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        Some(requested.clone())
    }

    async fn listen(&self, subscription: SubscriptionContext) -> Result<(), ErrorData> {
        let mut changed = self.changed.subscribe();
        // The acknowledgment left before this line: a change in between was missed.
        let wanted = subscription.accepted().resource_subscriptions.iter();
        for uri in wanted.flatten().collect::<BTreeSet<_>>() {
            drop(subscription.sink().notify_resource_updated(uri).await);
        }
        loop {
            tokio::select! {
                () = subscription.cancelled() => return Ok(()),
                uri = changed.recv() => match uri {
                    // The sink refuses what the client did not ask for; that is no failure.
                    Ok(uri) => drop(subscription.sink().notify_resource_updated(uri).await),
                    // Too slow, or the desk is gone. The end tells the client to read again.
                    Err(_) => return Ok(()),
                },
            }
        }
    }
    // ANCHOR_END: listen
}
