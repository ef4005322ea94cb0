//! Exchanges are counted on the wire.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lantern_cache::KeepingDesk;
use lantern_core::Dataset;
use lantern_fanout::{DeskClient, Limits, Tap, lifecycles};
use rmcp::model::{
    CacheScope, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams,
    ServerNotification, SubscriptionFilter,
};
use rmcp::service::{ClientCacheConfig, RequestContext, Subscription};
use rmcp::{ClientLifecycleMode, ErrorData, RoleServer, ServerHandler};
use serde_json::json;

const URI: &str = "incident://INC-0001";

async fn connect(
    server: impl ServerHandler,
    lifecycle: ClientLifecycleMode,
) -> (DeskClient<()>, Tap) {
    let limits = Limits {
        at_once: 1,
        deadline: Duration::from_secs(60),
    };
    let tap = Tap::default();
    let pipe = tap.serve(server);
    let client = DeskClient::connect((), pipe, lifecycle, limits).await;
    let client = client.unwrap();
    tap.take();
    (client, tap)
}

fn desk(ttl_ms: u64) -> KeepingDesk {
    KeepingDesk::new(Dataset::generate(7, 3), ttl_ms)
}

async fn discover(desk: &KeepingDesk) -> (DeskClient<()>, Tap) {
    let [_, (_, lifecycle)] = lifecycles();
    connect(desk.clone(), lifecycle).await
}

/// How many requests got their reply since the last look.
fn exchanges(tap: &Tap) -> usize {
    let frames = tap.take();
    frames
        .iter()
        .filter(|frame| frame.starts_with("<- result") || frame.starts_with("<- error"))
        .count()
}

async fn read(client: &DeskClient<()>) -> Result<(), rmcp::ServiceError> {
    let wanted = ReadResourceRequestParams::new(URI);
    client.service().read_resource(wanted).await.map(drop)
}

async fn list(client: &DeskClient<()>) {
    client.service().list_tools(None).await.unwrap();
}

async fn annotate(client: &DeskClient<()>) {
    let note = json!({ "id": "INC-0001", "text": "looking" });
    let result = client.call("annotate_incident", note).await.unwrap();
    assert_ne!(result.is_error, Some(true));
}

/// Listens and takes the update that comes with the subscription.
async fn listen(client: &DeskClient<()>) -> Subscription {
    let filter = SubscriptionFilter::builder().resource_subscriptions([URI, URI]);
    let mut updates = client.service().listen(filter.build()).await.unwrap();
    next(&mut updates).await;
    updates
}

async fn next(updates: &mut Subscription) {
    let minute = Duration::from_secs(60);
    let update = tokio::time::timeout(minute, updates.next()).await;
    let update = update.expect("an update comes").unwrap().unwrap();
    assert!(
        matches!(update, ServerNotification::ResourceUpdatedNotification(update) if update.params.uri == URI)
    );
}

#[tokio::test]
async fn a_list_that_keeps_is_fetched_once() {
    let (client, tap) = discover(&desk(60_000)).await;
    list(&client).await;
    list(&client).await;
    assert_eq!(exchanges(&tap), 1);
}

#[tokio::test]
async fn a_list_with_a_ttl_of_zero_is_fetched_each_time() {
    let (client, tap) = discover(&desk(0)).await;
    list(&client).await;
    list(&client).await;
    assert_eq!(exchanges(&tap), 2);
}

#[tokio::test]
async fn the_cache_can_be_disabled_cleared_and_capped() {
    let (client, tap) = discover(&desk(60_000)).await;
    list(&client).await;
    client.service().clear_response_cache().await;
    list(&client).await;
    assert_eq!(exchanges(&tap), 2);
    for config in [
        ClientCacheConfig::disabled(),
        ClientCacheConfig::default().with_max_ttl(Duration::ZERO),
    ] {
        client.service().set_response_cache_config(config).await;
        list(&client).await;
        list(&client).await;
        assert_eq!(exchanges(&tap), 2);
    }
}

#[tokio::test]
async fn an_update_makes_the_next_read_ask_again() {
    let (client, tap) = discover(&desk(60_000)).await;
    read(&client).await.unwrap();
    let mut updates = listen(&client).await;
    annotate(&client).await;
    next(&mut updates).await;
    assert_eq!(exchanges(&tap), 2); // read and annotate; the listen request stays open
    read(&client).await.unwrap();
    read(&client).await.unwrap();
    assert_eq!(exchanges(&tap), 1);
}

#[tokio::test]
async fn what_changed_before_the_subscription_is_asked_for_again() {
    let (client, tap) = discover(&desk(60_000)).await;
    read(&client).await.unwrap();
    annotate(&client).await;
    let _updates = listen(&client).await;
    assert_eq!(exchanges(&tap), 2);
    read(&client).await.unwrap();
    assert_eq!(exchanges(&tap), 1);
}

#[tokio::test]
async fn without_listening_the_cache_is_right_only_by_luck() {
    let (client, tap) = discover(&desk(60_000)).await;
    read(&client).await.unwrap();
    annotate(&client).await;
    read(&client).await.unwrap();
    assert_eq!(exchanges(&tap), 2); // read and annotate; the second read is stale and free
}

#[tokio::test]
async fn an_expired_answer_is_served_when_the_server_fails() {
    let desk = desk(1);
    let (client, tap) = discover(&desk).await;
    read(&client).await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    desk.break_down();
    let wanted = ReadResourceRequestParams::new(URI);
    let stale = client.service().read_resource(wanted).await.unwrap();
    assert_eq!(stale.ttl_ms, Some(0)); // the only mark, and there because the desk sent a lifetime
    assert_eq!(exchanges(&tap), 2);

    let honest = ClientCacheConfig::default().with_serve_stale_on_error(false);
    client.service().set_response_cache_config(honest).await;
    assert!(read(&client).await.is_err());
}

#[tokio::test]
async fn hints_that_a_handler_sets_work_in_the_older_revision_too() {
    let [(_, handshake), _] = lifecycles();
    let (client, tap) = connect(desk(60_000), handshake).await;
    let tools = client.service().list_tools(None).await.unwrap();
    assert_eq!(tools.ttl_ms, Some(60_000));
    assert_eq!(tools.cache_scope, Some(CacheScope::Public));
    list(&client).await;
    assert_eq!(exchanges(&tap), 1);
}

/// Lists its tools once, without hints, and fails from then on.
#[derive(Default)]
struct Unmarked(AtomicBool);

impl ServerHandler for Unmarked {
    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        if self.0.swap(true, Ordering::Relaxed) {
            return Err(ErrorData::internal_error("broken", None));
        }
        Ok(ListToolsResult::default())
    }
}

#[tokio::test]
async fn a_stale_answer_that_came_without_a_lifetime_has_no_mark() {
    let [(_, handshake), _] = lifecycles();
    let (client, tap) = connect(Unmarked::default(), handshake).await;
    let config = ClientCacheConfig::default().with_default_ttl(Duration::from_millis(1));
    client.service().set_response_cache_config(config).await;
    list(&client).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    let stale = client.service().list_tools(None).await.unwrap();
    assert_eq!(stale.ttl_ms, None);
    assert!(tap.take().contains(&"<- error -32603".to_owned()));
}

// ANCHOR: lag
#[tokio::test]
async fn a_listener_who_does_not_read_is_dropped() {
    use rmcp::service::SubscriptionEnd;
    let (client, _tap) = discover(&desk(60_000)).await;
    let mut updates = listen(&client).await;
    for _ in 0..65 {
        annotate(&client).await;
    }
    let mut heard = 0;
    while updates.next().await.unwrap().is_some() {
        heard += 1;
    }
    assert_eq!(heard, 64);
    assert_eq!(
        updates.end(),
        Some(&SubscriptionEnd::Lagged { capacity: 64 })
    );
}
// ANCHOR_END: lag
