//! What the service loop does with handlers: one task per request, no reply after a panic,
//! and no `on_initialized` where there is no handshake.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lantern_core::Dataset;
use lantern_tools::Desk;
use lantern_tools::wire::{Era, Wire};
use rmcp::model::{CallToolRequestParams, ProtocolVersion};
use rmcp::service::{NotificationContext, RunningService};
use rmcp::{
    ClientLifecycleMode, ClientServiceExt, RoleClient, RoleServer, ServerHandler, ServiceExt, tool,
    tool_handler, tool_router,
};
use serde_json::json;
use tokio::sync::Barrier;

#[derive(Clone)]
struct Probe {
    meeting: Arc<Barrier>,
    handshakes: Arc<AtomicUsize>,
}

impl Probe {
    fn new() -> Self {
        Self {
            meeting: Arc::new(Barrier::new(2)),
            handshakes: Arc::default(),
        }
    }
}

#[tool_router]
impl Probe {
    /// Returns only when a second call is running at the same time.
    #[tool]
    async fn meet(&self) -> String {
        self.meeting.wait().await;
        "met".into()
    }

    #[tool]
    async fn panic(&self) -> String {
        panic!("a tool panics")
    }

    // ANCHOR: guarded
    #[tool]
    async fn guarded_panic(&self) -> Result<String, String> {
        let work = tokio::spawn(async { panic!("the work panics") });
        work.await
            .map_err(|_| "the search failed; try again later".into())
    }
    // ANCHOR_END: guarded
}

#[tool_handler]
impl ServerHandler for Probe {
    async fn on_initialized(&self, _context: NotificationContext<RoleServer>) {
        self.handshakes.fetch_add(1, Ordering::Relaxed);
    }
}

async fn client(server: Probe) -> RunningService<RoleClient, ()> {
    let (server_end, client_end) = tokio::io::duplex(4096);
    tokio::spawn(async move { server.serve(server_end).await.unwrap().waiting().await });
    ().serve(client_end).await.unwrap()
}

#[tokio::test]
async fn two_calls_run_at_the_same_time_on_one_connection() {
    let client = client(Probe::new()).await;
    let (one, two) = tokio::join!(
        client.call_tool(CallToolRequestParams::new("meet")),
        client.call_tool(CallToolRequestParams::new("meet")),
    );
    assert_eq!(one.unwrap().is_error, Some(false));
    assert_eq!(two.unwrap().is_error, Some(false));
}

/// Paused time moves on only when nothing can run: an hour passes and no reply comes.
#[tokio::test(start_paused = true)]
async fn a_panicking_tool_leaves_the_request_unanswered() {
    let client = client(Probe::new()).await;
    let call = client.call_tool(CallToolRequestParams::new("panic"));
    let hour = Duration::from_secs(3600);
    assert!(tokio::time::timeout(hour, call).await.is_err());

    let guarded = client
        .call_tool(CallToolRequestParams::new("guarded_panic"))
        .await;
    let guarded = guarded.expect("the connection survives, and this call is answered");
    assert_eq!(guarded.is_error, Some(true));
}

#[tokio::test]
async fn on_initialized_runs_for_the_handshake_only() {
    for (era, handshakes) in [(Era::Handshake, 1), (Era::Stateless, 0)] {
        let probe = Probe::new();
        let mut wire = Wire::connect(probe.clone(), era).await.unwrap();
        wire.call("guarded_panic", json!({})).await.unwrap();
        assert_eq!(
            probe.handshakes.load(Ordering::Relaxed),
            handshakes,
            "{era:?}"
        );
    }
}

#[tokio::test]
async fn on_initialized_does_not_run_for_the_sdk_own_discover_client() {
    let probe = Probe::new();
    let server = probe.clone();
    let (server_end, client_end) = tokio::io::duplex(4096);
    tokio::spawn(async move { server.serve(server_end).await.unwrap().waiting().await });
    let lifecycle = ClientLifecycleMode::Discover {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28],
    };
    let client = ().serve_with_lifecycle(client_end, lifecycle).await.unwrap();
    client
        .call_tool(CallToolRequestParams::new("guarded_panic"))
        .await
        .unwrap();
    assert_eq!(probe.handshakes.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_limit_outside_of_the_schema_is_moved_into_it() {
    let desk = Desk::new(Dataset::generate(7, 30));
    let mut wire = Wire::connect(desk, Era::Stateless).await.unwrap();
    for (limit, expected) in [(0, 1), (1, 1), (50, 50), (51, 50)] {
        let call = json!({ "service": "payments", "text": "", "limit": limit });
        let reply = wire.call("search_events", call).await.unwrap();
        let events = reply["result"]["structuredContent"]["events"].as_array();
        assert_eq!(events.unwrap().len(), expected, "limit {limit}");
    }
}

#[tokio::test]
async fn only_the_new_era_carries_result_type_and_cache_hints() {
    let desk = Desk::new(Dataset::generate(7, 3));
    for (era, new) in [(Era::Handshake, false), (Era::Stateless, true)] {
        let mut wire = Wire::connect(desk.clone(), era).await.unwrap();
        let call = wire
            .call("count_events", json!({ "service": "tax" }))
            .await
            .unwrap();
        let list = wire.request("tools/list", json!({})).await.unwrap();
        assert_eq!(call["result"].get("resultType").is_some(), new);
        for field in ["resultType", "ttlMs", "cacheScope"] {
            assert_eq!(list["result"].get(field).is_some(), new, "{era:?} {field}");
        }
    }
}
