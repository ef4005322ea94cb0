//! The tool without macros answers like the tool with macros.

use lantern_core::Dataset;
use lantern_tools::wire::{Era, Wire};
use rmcp::ServerHandler;
use rmcp::model::{
    CacheScope, CallToolRequestParams, CallToolResponse, ListToolsResult, PaginatedRequestParams,
    ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer};
use serde_json::{Value, json};

fn data() -> Dataset {
    Dataset::generate(7, 3)
}

#[tokio::test]
async fn every_answer_is_the_same_json() {
    for era in [Era::Handshake, Era::Stateless] {
        let mut written = Wire::connect(lantern_no_macros::Desk::new(data()), era)
            .await
            .unwrap();
        let mut generated = Wire::connect(lantern_tools::Desk::new(data()), era)
            .await
            .unwrap();
        for (name, arguments) in [
            ("count_events", json!({ "service": "tax", "level": "warn" })),
            ("count_events", json!({ "service": "tax", "level": null })),
            ("count_events", json!({ "service": "taxes" })),
            ("count_events", json!({})),
            ("count_events", json!({ "service": "tax", "extra": 1 })),
            ("count_event", json!({ "service": "tax" })),
        ] {
            let one = written.call(name, arguments.clone()).await.unwrap();
            let other = generated.call(name, arguments).await.unwrap();
            assert_eq!(one, other, "{era:?}");
        }
    }
}

#[tokio::test]
async fn the_listed_tool_and_the_fields_beside_it_are_the_same_json() {
    for era in [Era::Handshake, Era::Stateless] {
        let mut written = Wire::connect(lantern_no_macros::Desk::new(data()), era)
            .await
            .unwrap();
        let mut generated = Wire::connect(lantern_tools::Desk::new(data()), era)
            .await
            .unwrap();
        let one = written.request("tools/list", json!({})).await.unwrap();
        let mut other = generated.request("tools/list", json!({})).await.unwrap();
        let Some(Value::Array(tools)) = other.pointer_mut("/result/tools") else {
            panic!("no tools in {other}");
        };
        tools.retain(|tool| tool["name"] == "count_events");
        assert_eq!(one, other, "{era:?}");
    }
}

#[test]
fn get_tool_finds_the_tool_and_nothing_else() {
    let desk = lantern_no_macros::Desk::new(data());
    assert_eq!(desk.get_tool("count_events").unwrap().name, "count_events");
    assert!(desk.get_tool("count_event").is_none());
}

/// A handler that knows nothing of cache hints.
struct Forgetful;

impl ServerHandler for Forgetful {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(Vec::<Tool>::new()))
    }
}

#[tokio::test]
async fn forgotten_cache_hints_are_filled_in_but_as_private() {
    let mut wire = Wire::connect(Forgetful, Era::Stateless).await.unwrap();
    let reply = wire.request("tools/list", json!({})).await.unwrap();
    assert_eq!(reply["result"]["ttlMs"], 0);
    assert_eq!(reply["result"]["cacheScope"], "private");

    let mut wire = Wire::connect(lantern_tools::Desk::new(data()), Era::Stateless)
        .await
        .unwrap();
    let reply = wire.request("tools/list", json!({})).await.unwrap();
    assert_eq!(reply["result"]["cacheScope"], "public");
}

/// A handler that sets its hints without asking who listens.
struct Careless;

impl ServerHandler for Careless {
    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let mut list = ListToolsResult::with_all_items(Vec::<Tool>::new());
        list.ttl_ms = Some(60_000);
        list.cache_scope = Some(CacheScope::Public);
        Ok(list)
    }
}

#[tokio::test]
async fn hints_that_a_handler_sets_reach_clients_of_both_eras() {
    for era in [Era::Handshake, Era::Stateless] {
        let mut wire = Wire::connect(Careless, era).await.unwrap();
        let reply = wire.request("tools/list", json!({})).await.unwrap();
        assert_eq!(reply["result"]["ttlMs"], 60_000, "{era:?}");
        assert_eq!(reply["result"]["cacheScope"], "public", "{era:?}");
    }
}

/// Nothing is implemented and nothing is announced.
struct Mute;

impl ServerHandler for Mute {}

/// `call_tool` is implemented, but `get_info` announces no tools.
struct Unannounced;

impl ServerHandler for Unannounced {
    async fn call_tool(
        &self,
        _request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        Ok(rmcp::model::CallToolResult::success(Vec::new()).into())
    }
}

#[tokio::test]
async fn what_is_not_announced_is_method_not_found_only_in_the_default_methods() {
    let mut wire = Wire::connect(Mute, Era::Handshake).await.unwrap();
    let list = wire.request("tools/list", json!({})).await.unwrap();
    assert_eq!(list["error"]["code"], -32601);
    let call = wire.call("anything", json!({})).await.unwrap();
    assert_eq!(call["error"]["code"], -32601);

    let mut wire = Wire::connect(Unannounced, Era::Handshake).await.unwrap();
    let call = wire.call("anything", json!({})).await.unwrap();
    assert_eq!(call["result"]["isError"], false);
}
