//! Every claim of the chapter about resources, on both eras.

use std::sync::Arc;
use std::time::Duration;

use lantern_core::Dataset;
use lantern_library::{Address, Library, Shelf};
use lantern_tools::wire::{Era, Wire};
use rmcp::model::{
    CacheScope, ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult,
    ServerCapabilities, ServerConfig, SubscribeRequestParams, SubscriptionFilter,
};
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::{Value, json};

const ERAS: [Era; 2] = [Era::Handshake, Era::Stateless];

fn shelf() -> Arc<Shelf> {
    Arc::new(Shelf::new(Dataset::generate(7, 3)))
}

async fn connect(era: Era) -> Wire {
    Wire::connect(Library::new(shelf()), era).await.unwrap()
}

async fn read(wire: &mut Wire, uri: &str) -> Value {
    wire.request("resources/read", json!({ "uri": uri }))
        .await
        .unwrap()
}

#[test]
fn an_address_has_exactly_one_spelling() {
    for uri in ["runbook://disk-quota", "incident://INC-0001", "log://tax/1"] {
        assert_eq!(Address::parse(uri).unwrap().to_string(), uri);
    }
    for uri in [
        "log://tax/01",
        "log://tax/+1",
        "log://tax",
        "log://tax/1/2",
        "file:///etc/passwd",
        "tax",
    ] {
        assert_eq!(Address::parse(uri), None, "{uri}");
    }
}

#[tokio::test]
async fn the_sdks_client_collects_all_pages() {
    let (server_end, client_end) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        let running = Library::new(shelf()).serve(server_end).await.unwrap();
        running.waiting().await.unwrap();
    });
    let client = ().serve(client_end).await.unwrap();
    let all = client.list_all_resources().await.unwrap();
    assert_eq!(all.len(), 10);
    let mut uris: Vec<_> = all.iter().map(|resource| &resource.uri).collect();
    uris.sort();
    uris.dedup();
    assert_eq!(uris.len(), 10);
}

#[tokio::test]
async fn a_page_does_not_move_when_incidents_are_added() {
    let shelf = shelf();
    let mut wire = Wire::connect(Library::new(Arc::clone(&shelf)), Era::Stateless)
        .await
        .unwrap();
    let params = json!({ "cursor": "incidents-after:INC-0003" });
    let before = wire
        .request("resources/list", params.clone())
        .await
        .unwrap();
    shelf
        .data
        .incidents
        .open("tax", "refunds are late")
        .unwrap();
    let after = wire.request("resources/list", params).await.unwrap();
    assert_eq!(before["result"]["resources"], after["result"]["resources"]);
    assert_eq!(before["result"]["nextCursor"], Value::Null);
    assert_eq!(after["result"]["nextCursor"], "incidents-after:INC-0006");
}

#[tokio::test]
async fn a_tampered_cursor_is_refused() {
    for era in ERAS {
        let mut wire = connect(era).await;
        for cursor in [
            "",
            "INC-0003",
            "incidents-after:",
            "incidents-after:INC-0099",
        ] {
            let reply = wire
                .request("resources/list", json!({ "cursor": cursor }))
                .await
                .unwrap();
            assert_eq!(reply["error"]["code"], -32602, "{era:?} {cursor}");
        }
    }
}

#[tokio::test]
async fn the_code_for_not_found_follows_the_era() {
    for (era, code) in [(Era::Handshake, -32002), (Era::Stateless, -32602)] {
        let mut wire = connect(era).await;
        for uri in [
            "incident://INC-0099",
            "runbook://none",
            "log://tax/3",
            "log://taxes/1",
            "x",
        ] {
            assert_eq!(read(&mut wire, uri).await["error"]["code"], code, "{uri}");
        }
    }
}

#[tokio::test]
async fn the_sdk_fills_in_the_careful_cache_hints() {
    let mut wire = connect(Era::Stateless).await;
    let list = wire.request("resources/list", json!({})).await.unwrap();
    for reply in [list, read(&mut wire, "incident://INC-0001").await] {
        assert_eq!(reply["result"]["ttlMs"], 0);
        assert_eq!(reply["result"]["cacheScope"], "private");
    }
    let runbook = read(&mut wire, "runbook://disk-quota").await;
    assert_eq!(runbook["result"]["cacheScope"], "public");
    let mut wire = connect(Era::Handshake).await;
    let runbook = read(&mut wire, "runbook://disk-quota").await;
    assert_eq!(runbook["result"].get("ttlMs"), None);
}

#[tokio::test]
async fn the_link_is_smaller_than_the_log_and_leads_to_it() {
    for era in ERAS {
        let mut wire = connect(era).await;
        let call = json!({ "service": "tax", "day": 1 });
        let reply = wire.call("find_log", call).await.unwrap();
        let link = &reply["result"]["content"][1];
        assert_eq!(link["type"], "resource_link");
        let log = read(&mut wire, link["uri"].as_str().unwrap()).await;
        let text = log["result"]["contents"][0]["text"].as_str().unwrap();
        assert_eq!(link["size"], text.len());
    }
}

#[tokio::test]
async fn a_listener_hears_of_its_uris_and_of_no_others() {
    let shelf = shelf();
    let mut wire = Wire::connect(Library::new(Arc::clone(&shelf)), Era::Stateless)
        .await
        .unwrap();
    let wanted = json!({ "resourceSubscriptions": ["incident://INC-0001", "incident://INC-0099"] });
    let id = wire
        .send("subscriptions/listen", json!({ "notifications": wanted }))
        .await
        .unwrap();
    let acknowledged = wire.notification().await.unwrap();
    assert_eq!(
        acknowledged["method"],
        "notifications/subscriptions/acknowledged"
    );
    let accepted = &acknowledged["params"]["notifications"]["resourceSubscriptions"];
    assert_eq!(accepted, &json!(["incident://INC-0001"]));
    shelf.annotate("INC-0002", "not for this client").unwrap();
    shelf.annotate("INC-0001", "for this client").unwrap();
    for _ in 0..2 {
        let update = wire.notification().await.unwrap();
        assert_eq!(update["method"], "notifications/resources/updated");
        assert_eq!(update["params"]["uri"], "incident://INC-0001");
        assert_eq!(
            update["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"],
            id
        );
        shelf.annotate("INC-0001", "again").unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_repeated_uri_is_told_once() {
    let shelf = shelf();
    let mut wire = Wire::connect(Library::new(Arc::clone(&shelf)), Era::Stateless)
        .await
        .unwrap();
    let wanted = json!({ "resourceSubscriptions": vec!["incident://INC-0001"; 1_000] });
    wire.send("subscriptions/listen", json!({ "notifications": wanted }))
        .await
        .unwrap();
    // The acknowledgment and the first round, then one change.
    for expected in [2, 1] {
        let mut told = 0;
        let hour = Duration::from_secs(3600);
        while let Ok(message) = tokio::time::timeout(hour, wire.notification()).await {
            message.unwrap();
            told += 1;
        }
        assert_eq!(told, expected);
        shelf.annotate("INC-0001", "once").unwrap();
    }
}

#[tokio::test]
async fn a_slow_listener_is_told_that_everything_may_have_changed() {
    let shelf = shelf();
    let mut wire = Wire::connect(Library::new(Arc::clone(&shelf)), Era::Stateless)
        .await
        .unwrap();
    let both = ["incident://INC-0001", "incident://INC-0002"];
    let wanted = json!({ "resourceSubscriptions": both });
    wire.send("subscriptions/listen", json!({ "notifications": wanted }))
        .await
        .unwrap();
    for _ in 0..3 {
        wire.notification().await.unwrap(); // the acknowledgment and the first round
    }
    for _ in 0..40 {
        shelf
            .annotate("INC-0003", "more than the channel holds")
            .unwrap();
    }
    for uri in both {
        assert_eq!(wire.notification().await.unwrap()["params"]["uri"], uri);
    }
}

#[tokio::test]
async fn a_subscriber_of_the_old_era_hears_of_its_uris_until_it_unsubscribes() {
    let shelf = shelf();
    let mut wire = Wire::connect(Library::new(Arc::clone(&shelf)), Era::Handshake)
        .await
        .unwrap();
    let refused = wire.request(
        "resources/subscribe",
        json!({ "uri": "incident://INC-0099" }),
    );
    assert_eq!(refused.await.unwrap()["error"]["code"], -32002);
    for uri in ["incident://INC-0001", "incident://INC-0002"] {
        let reply = wire
            .request("resources/subscribe", json!({ "uri": uri }))
            .await
            .unwrap();
        assert_eq!(reply["result"], json!({}));
    }
    wire.request(
        "resources/unsubscribe",
        json!({ "uri": "incident://INC-0001" }),
    )
    .await
    .unwrap();
    shelf.annotate("INC-0001", "no longer wanted").unwrap();
    shelf.annotate("INC-0002", "wanted").unwrap();
    let update = wire.notification().await.unwrap();
    assert_eq!(update["params"], json!({ "uri": "incident://INC-0002" }));
}

#[tokio::test]
async fn each_era_knows_only_its_own_way_to_subscribe() {
    let mut wire = connect(Era::Handshake).await;
    let params = json!({ "notifications": { "resourceSubscriptions": ["incident://INC-0001"] } });
    let reply = wire.request("subscriptions/listen", params).await.unwrap();
    assert_eq!(reply["error"]["code"], -32601);
    let mut wire = connect(Era::Stateless).await;
    let params = json!({ "uri": "incident://INC-0001" });
    let reply = wire.request("resources/subscribe", params).await.unwrap();
    assert_eq!(reply["error"]["code"], -32601);
}

/// The library, except that its capabilities do not mention subscriptions.
struct Undeclared(Library);

impl ServerHandler for Undeclared {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_resources().build())
    }

    async fn subscribe(
        &self,
        request: SubscribeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        #[expect(deprecated, reason = "the test calls what the SDK calls")]
        self.0.subscribe(request, context).await
    }

    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        self.0.accepted_subscription_filter(requested)
    }

    async fn listen(&self, subscription: SubscriptionContext) -> Result<(), ErrorData> {
        self.0.listen(subscription).await
    }
}

#[tokio::test(start_paused = true)]
async fn without_the_capability_the_new_era_accepts_no_uri() {
    let uri = "incident://INC-0001";
    let shelf = shelf();
    let undeclared = Undeclared(Library::new(Arc::clone(&shelf)));
    let mut wire = Wire::connect(undeclared, Era::Handshake).await.unwrap();
    let reply = wire.request("resources/subscribe", json!({ "uri": uri }));
    assert_eq!(reply.await.unwrap()["result"], json!({}));
    shelf.annotate("INC-0001", "heard in the old era").unwrap();
    assert_eq!(wire.notification().await.unwrap()["params"]["uri"], uri);

    let undeclared = Undeclared(Library::new(Arc::clone(&shelf)));
    let mut wire = Wire::connect(undeclared, Era::Stateless).await.unwrap();
    let wanted = json!({ "notifications": { "resourceSubscriptions": [uri] } });
    wire.send("subscriptions/listen", wanted).await.unwrap();
    let acknowledged = wire.notification().await.unwrap();
    assert_eq!(acknowledged["params"]["notifications"], json!({}));
    shelf.annotate("INC-0001", "not heard in the new").unwrap();
    let silence = tokio::time::timeout(Duration::from_secs(3600), wire.notification()).await;
    assert!(silence.is_err(), "{silence:?}");
}

#[tokio::test]
async fn the_forwarder_of_a_closed_connection_ends_with_the_next_change() {
    let tasks = || {
        tokio::runtime::Handle::current()
            .metrics()
            .num_alive_tasks()
    };
    let before = tasks();
    let shelf = shelf();
    let library = Library::new(Arc::clone(&shelf));
    let mut wire = Wire::connect(library, Era::Handshake).await.unwrap();
    let params = json!({ "uri": "incident://INC-0001" });
    wire.request("resources/subscribe", params).await.unwrap();
    drop(wire);
    let settle = async |expected: usize| {
        for _ in 0..1_000 {
            if tasks() == expected {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("{} tasks instead of {expected}", tasks());
    };
    settle(before + 1).await; // the forwarder
    // One change, and not one that the subscriber asked for: no notice fails because of it.
    shelf.annotate("INC-0002", "a change").unwrap();
    settle(before).await;
}

/// Sets the hints for everybody.
struct Hinting;

impl ServerHandler for Hinting {
    async fn read_resource(
        &self,
        _: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let result = ReadResourceResult::new(Vec::new()).with_ttl_ms(60_000);
        Ok(result.with_cache_scope(CacheScope::Public).into())
    }
}

#[tokio::test]
async fn hints_that_a_handler_sets_reach_clients_of_both_eras() {
    for era in ERAS {
        let mut wire = Wire::connect(Hinting, era).await.unwrap();
        let reply = read(&mut wire, "runbook://disk-quota").await;
        assert_eq!(reply["result"]["ttlMs"], 60_000, "{era:?}");
        assert_eq!(reply["result"]["cacheScope"], "public", "{era:?}");
    }
}
