//! The maintenance switch, seen by clients of both eras.

use std::sync::Arc;
use std::time::Duration;

use lantern_core::Dataset;
use lantern_routers::Desk;
use lantern_tools::wire::{Era, Wire};
use rmcp::model::{ProtocolVersion, ServerNotification, SubscriptionFilter};
use rmcp::service::NotificationContext;
use rmcp::{ClientHandler, ClientLifecycleMode, ClientServiceExt, RoleClient, ServiceExt};
use serde_json::json;
use tokio::sync::Notify;

const ALL: [&str; 4] = [
    "annotate_incident",
    "count_events",
    "open_incident",
    "summarize_errors",
];
const READ: [&str; 2] = ["count_events", "summarize_errors"];

fn desk() -> Desk {
    Desk::new(Dataset::generate(7, 3))
}

async fn names(wire: &mut Wire) -> Vec<String> {
    let tools = wire.tools().await.unwrap();
    tools
        .iter()
        .map(|tool| tool["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn two_routers_join_to_one_sorted_list() {
    for era in [Era::Handshake, Era::Stateless] {
        let mut wire = Wire::connect(desk(), era).await.unwrap();
        assert_eq!(names(&mut wire).await, ALL);
    }
}

#[tokio::test]
async fn maintenance_hides_and_refuses_the_writing_tools_only() {
    for era in [Era::Handshake, Era::Stateless] {
        let desk = desk();
        let mut wire = Wire::connect(desk.clone(), era).await.unwrap();
        let opening = json!({ "service": "tax", "title": "rates are stale" });
        let annotating = json!({ "id": "INC-0001", "text": "looking" });

        desk.set_maintenance(true);
        assert_eq!(names(&mut wire).await, READ);
        for (tool, arguments) in [
            ("open_incident", &opening),
            ("annotate_incident", &annotating),
        ] {
            let reply = wire.call(tool, arguments.clone()).await.unwrap();
            assert_eq!(reply["error"]["code"], -32602, "{tool}");
        }
        let count = wire
            .call("count_events", json!({ "service": "tax" }))
            .await
            .unwrap();
        assert_eq!(count["result"]["isError"], false);

        desk.set_maintenance(false);
        assert_eq!(names(&mut wire).await, ALL);
        let opened = wire.call("open_incident", opening).await.unwrap();
        assert_eq!(opened["result"]["structuredContent"]["id"], "INC-0007");
    }
}

#[derive(Clone, Default)]
struct Listener(Arc<Notify>);

impl ClientHandler for Listener {
    async fn on_tool_list_changed(&self, _context: NotificationContext<RoleClient>) {
        self.0.notify_one();
    }
}

fn serve(desk: Desk) -> tokio::io::DuplexStream {
    let (server_end, client_end) = tokio::io::duplex(4096);
    tokio::spawn(async move { desk.serve(server_end).await.unwrap().waiting().await });
    client_end
}

#[tokio::test]
async fn every_client_with_a_handshake_is_told() {
    let desk = desk();
    let (one, two) = (Listener::default(), Listener::default());
    let client_one = one.clone().serve(serve(desk.clone())).await.unwrap();
    let client_two = two.clone().serve(serve(desk.clone())).await.unwrap();
    client_one.list_all_tools().await.unwrap();
    client_two.list_all_tools().await.unwrap();

    desk.set_maintenance(true);
    one.0.notified().await;
    two.0.notified().await;
    assert_eq!(client_one.list_all_tools().await.unwrap().len(), READ.len());
}

#[tokio::test(start_paused = true)]
async fn switching_on_what_is_on_tells_nobody() {
    for era in [Era::Handshake, Era::Stateless] {
        let desk = desk();
        let mut wire = Wire::connect(desk.clone(), era).await.unwrap();
        if era == Era::Stateless {
            let wanted = json!({ "notifications": { "toolsListChanged": true } });
            wire.send("subscriptions/listen", wanted).await.unwrap();
            wire.notification().await.unwrap(); // the acknowledgment
        }
        // Paused time moves on when nobody has work left: the server has subscribed to the switch.
        tokio::time::sleep(Duration::from_millis(1)).await;
        for (on, told) in [(true, true), (true, false), (false, true), (false, false)] {
            desk.set_maintenance(on);
            let hour = Duration::from_secs(3600);
            let notice = tokio::time::timeout(hour, wire.notification()).await;
            assert_eq!(notice.is_ok(), told, "{era:?}, {on}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_discover_client_is_told_only_while_it_listens() {
    let desk = desk();
    let listener = Listener::default();
    let lifecycle = ClientLifecycleMode::Discover {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28],
    };
    let stream = serve(desk.clone());
    let client = listener
        .clone()
        .serve_with_lifecycle(stream, lifecycle)
        .await
        .unwrap();
    client.list_all_tools().await.unwrap();

    desk.set_maintenance(true);
    let hour = Duration::from_secs(3600);
    assert!(
        tokio::time::timeout(hour, listener.0.notified())
            .await
            .is_err()
    );

    let filter = SubscriptionFilter::builder().tools_list_changed().build();
    let mut subscription = client.peer().listen(filter).await.unwrap();
    desk.set_maintenance(false);
    let told = subscription.next().await.unwrap().unwrap();
    assert!(
        matches!(told, ServerNotification::ToolListChangedNotification(_)),
        "{told:?}"
    );
}
