//! The library of Lantern: run books, incidents and logs as resources.

mod address;
mod shelf;
mod tools;
mod watch;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock};

use lantern_core::{DeskError, Incident};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::model::{
    CacheScope, Implementation, ListResourceTemplatesResult, ListResourcesResult,
    PaginatedRequestParams, ProtocolVersion, ReadResourceRequestParams, ReadResourceResponse,
    ReadResourceResult, Resource, ResourceContents, ResourceTemplate, ServerCapabilities,
    ServerConfig, SubscribeRequestParams, SubscriptionFilter, UnsubscribeRequestParams,
};
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler, tool_handler};

pub use address::Address;
pub use shelf::Shelf;

// ANCHOR: library
/// The server for one connection. What all connections share is on the shelf.
pub struct Library {
    shelf: Arc<Shelf>,
    tool_router: ToolRouter<Self>,
    /// URIs that a client of 2025-11-25 subscribed to on this connection.
    watched: Arc<Mutex<BTreeSet<String>>>,
    forwarder: OnceLock<()>,
}

impl Library {
    /// How many incidents a page shows.
    pub const PAGE: usize = 3;

    pub fn new(shelf: Arc<Shelf>) -> Self {
        Self {
            shelf,
            tool_router: Self::tool_router(),
            watched: Arc::default(),
            forwarder: OnceLock::new(),
        }
    }
}
// ANCHOR_END: library

// ANCHOR: list
const AFTER: &str = "incidents-after:";

impl Library {
    /// Run books and the first incidents, then more incidents on each page.
    fn page(&self, cursor: Option<&str>) -> Result<ListResourcesResult, ErrorData> {
        let invalid = || ErrorData::invalid_params("there is no such cursor", None);
        let after = match cursor.map(|cursor| cursor.strip_prefix(AFTER)) {
            None => None,
            Some(Some(id)) if !id.is_empty() => Some(id),
            Some(_) => return Err(invalid()),
        };
        let incidents = &self.shelf.data.incidents;
        let page = incidents
            .list_page(after, Self::PAGE)
            .map_err(|_| invalid())?;
        let mut resources = Vec::new();
        if cursor.is_none() {
            let runbooks = self.shelf.data.runbooks.list();
            resources.extend(runbooks.iter().map(|runbook| {
                let uri = Address::Runbook { slug: runbook.slug }.to_string();
                Resource::new(uri, runbook.slug)
                    .with_title(runbook.title)
                    .with_mime_type("text/plain")
                    .with_size(runbook.text.len() as u64)
            }));
        }
        resources.extend(page.incidents.iter().map(incident_resource));
        let mut result = ListResourcesResult::with_all_items(resources);
        result.next_cursor = page.next.map(|id| format!("{AFTER}{id}"));
        Ok(result)
    }
}

fn incident_resource(incident: &Incident) -> Resource {
    let uri = Address::Incident { id: &incident.id }.to_string();
    Resource::new(uri, incident.id.as_str())
        .with_title(format!("{}: {}", incident.service, incident.title))
        .with_mime_type("application/json")
}
// ANCHOR_END: list

impl Library {
    // ANCHOR: read
    fn read(&self, uri: &str) -> Result<ReadResourceResult, ErrorData> {
        let not_found =
            || ErrorData::resource_not_found(format!("there is no resource `{uri}`"), None);
        let contents = match Address::parse(uri).ok_or_else(not_found)? {
            Address::Runbook { slug } => {
                let runbook = self.shelf.data.runbooks.get(slug).ok_or_else(not_found)?;
                ResourceContents::text(runbook.text, uri).with_mime_type("text/plain")
            }
            Address::Incident { id } => {
                let incident = self.shelf.data.incidents.get(id);
                let incident = incident.map_err(|_| not_found())?;
                let json = serde_json::to_string_pretty(&incident)
                    .map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
                ResourceContents::text(json, uri).with_mime_type("application/json")
            }
            Address::Log { service, day } => match self.shelf.log(service, day) {
                Ok(text) => ResourceContents::text(text, uri).with_mime_type("text/plain"),
                Err(DeskError::Storage(_)) => {
                    return Err(ErrorData::internal_error("the log is damaged", None));
                }
                Err(_) => return Err(not_found()),
            },
        };
        Ok(ReadResourceResult::new(vec![contents]))
    }
    // ANCHOR_END: read
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Library {
    // ANCHOR: info
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_resources_subscribe()
            .build();
        let name = Implementation::new("lantern", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(capabilities).with_server_info(name)
    }
    // ANCHOR_END: info

    // ANCHOR: handler
    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        self.page(request.and_then(|params| params.cursor).as_deref())
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(vec![
            ResourceTemplate::new("runbook://{slug}", "runbook").with_mime_type("text/plain"),
            ResourceTemplate::new("incident://{id}", "incident").with_mime_type("application/json"),
            ResourceTemplate::new("log://{service}/{day}", "log")
                .with_description("All events of one service on one day; days count from 0.")
                .with_mime_type("text/plain"),
        ]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let mut result = self.read(&request.uri)?;
        let version = context.protocol_version();
        let stateless = version.is_some_and(|version| version >= ProtocolVersion::V_2026_07_28);
        if stateless && request.uri.starts_with("runbook://") {
            result = result
                .with_ttl_ms(3_600_000)
                .with_cache_scope(CacheScope::Public);
        }
        Ok(result.into())
    }
    // ANCHOR_END: handler

    // ANCHOR: listen
    /// 2026-07-28: accepts the URIs that exist.
    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        let mut accepted = requested.clone();
        if let Some(uris) = &mut accepted.resource_subscriptions {
            uris.retain(|uri| self.shelf.holds(uri));
        }
        Some(accepted)
    }

    async fn listen(&self, subscription: SubscriptionContext) -> Result<(), ErrorData> {
        tokio::select! {
            () = subscription.cancelled() => {}
            () = watch::tell_listener(&self.shelf, &subscription) => {}
        }
        Ok(())
    }
    // ANCHOR_END: listen

    // ANCHOR: subscribe
    /// 2025-11-25: one request for each URI, and notifications outside of any request.
    async fn subscribe(
        &self,
        request: SubscribeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        if !self.shelf.holds(&request.uri) {
            let message = format!("there is no resource `{}`", request.uri);
            return Err(ErrorData::resource_not_found(message, None));
        }
        self.forwarder.get_or_init(|| {
            let (changes, watched) = (self.shelf.changes(), Arc::downgrade(&self.watched));
            tokio::spawn(watch::tell_subscriber(changes, watched, context.peer));
        });
        watch::lock(&self.watched).insert(request.uri);
        Ok(())
    }

    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        watch::lock(&self.watched).remove(&request.uri);
        Ok(())
    }
    // ANCHOR_END: subscribe
}
