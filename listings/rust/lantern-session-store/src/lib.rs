//! Sessions that outlive the process that opened them.

mod front;

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use lantern_core::Dataset;
use lantern_tools::Desk;
use rmcp::ServiceExt;
use rmcp::model::CallToolRequestParams;
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::session::{
    SessionState, SessionStore, SessionStoreError,
};
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::json;
use tokio_util::sync::CancellationToken;

pub use front::Front;

// ANCHOR: store
/// A store in memory. In production this is a database that all replicas reach, with a lifetime for each entry:
/// rmcp deletes an entry only when the client sends DELETE. What a crashed client leaves here stays.
pub struct Shelf {
    /// JSON, because a real store holds bytes.
    sessions: Mutex<BTreeMap<String, String>>,
    capacity: usize,
}

impl Default for Shelf {
    fn default() -> Self {
        Self::with_capacity(10_000)
    }
}

impl Shelf {
    /// A full shelf refuses new sessions. rmcp logs a warning then and serves them, but no restart can restore them.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            sessions: Mutex::default(),
            capacity,
        }
    }

    pub fn len(&self) -> usize {
        self.lock().len()
    }

    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl SessionStore for Shelf {
    async fn load(&self, id: &str) -> Result<Option<SessionState>, SessionStoreError> {
        match self.lock().get(id) {
            Some(state) => Ok(Some(serde_json::from_str(state)?)),
            None => Ok(None),
        }
    }

    async fn store(&self, id: &str, state: &SessionState) -> Result<(), SessionStoreError> {
        let state = serde_json::to_string(state)?;
        let mut sessions = self.lock();
        if sessions.len() >= self.capacity && !sessions.contains_key(id) {
            return Err("the shelf is full".into());
        }
        sessions.insert(id.to_owned(), state);
        Ok(())
    }

    async fn delete(&self, id: &str) -> Result<(), SessionStoreError> {
        self.lock().remove(id);
        Ok(())
    }
}
// ANCHOR_END: store

/// One replica: a desk with its own sessions in memory.
pub struct Replica {
    pub service: StreamableHttpService<Desk, LocalSessionManager>,
    stop: CancellationToken,
}

// ANCHOR: replica
impl Replica {
    pub fn start(store: Option<Arc<dyn SessionStore>>) -> Self {
        let stop = CancellationToken::new();
        let mut config =
            StreamableHttpServerConfig::default().with_cancellation_token(stop.clone());
        // The one field without a `with_` method. The struct is non-exhaustive: assign, do not spell it out.
        config.session_store = store;
        let desk = Desk::new(Dataset::generate(7, 3));
        let sessions = Arc::new(LocalSessionManager::default());
        let service = StreamableHttpService::new(move || Ok(desk.clone()), sessions, config);
        Self { service, stop }
    }

    /// Ends all sessions of this replica and their streams.
    pub fn stop(self) {
        self.stop.cancel();
    }
}
// ANCHOR_END: replica

/// What the client met.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The answer after the restart, or `None` when the call failed.
    pub answer: Option<String>,
    pub sessions_opened: usize,
    pub not_found: bool,
}

// ANCHOR: restart
/// Opens a session, replaces the server and calls again over the same connection.
pub async fn restart(
    store: Option<Arc<dyn SessionStore>>,
    reinitialize: bool,
) -> Result<Outcome, Box<dyn Error>> {
    let front = Front::start(Replica::start(store.clone())).await?;
    let config = StreamableHttpClientTransportConfig::with_uri(front.url())
        .reinit_on_expired_session(reinitialize);
    let client = ().serve(StreamableHttpClientTransport::from_config(config)).await?;

    let arguments = json!({ "service": "payments", "level": "error" });
    let call = CallToolRequestParams::new("count_events")
        .with_arguments(arguments.as_object().cloned().unwrap_or_default());
    client.call_tool(call.clone()).await?;

    front.replace(Replica::start(store)).stop();
    let answer = match client.call_tool(call).await {
        Ok(result) => {
            let texts = result.content.iter().filter_map(|block| block.as_text());
            Some(texts.map(|text| text.text.as_str()).collect())
        }
        Err(_) => None,
    };
    let (sessions_opened, not_found) = front.seen();
    client.cancel().await?;
    Ok(Outcome {
        answer,
        sessions_opened,
        not_found,
    })
}
// ANCHOR_END: restart
