//! What `ToolRouter` does in the corners.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lantern_tools::wire::{Era, Wire};
use rmcp::handler::server::router::tool::{ToolRoute, ToolRouter};
use rmcp::model::{CallToolResult, ContentBlock, Tool};
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use serde_json::{Value, json};

macro_rules! desk {
    ($name:ident) => {
        struct $name {
            tool_router: ToolRouter<Self>,
        }

        #[tool_router]
        impl $name {
            #[tool]
            fn purge_archive(&self) -> String {
                "purged".into()
            }
        }

        impl $name {
            fn switched_off() -> Self {
                let mut desk = Self {
                    tool_router: Self::tool_router(),
                };
                assert!(desk.tool_router.disable_route("purge_archive"));
                desk
            }
        }
    };
}

desk!(ByDefault);
desk!(ByField);

#[tool_handler]
impl ServerHandler for ByDefault {}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for ByField {}

async fn purge(server: impl ServerHandler) -> Value {
    let mut wire = Wire::connect(server, Era::Handshake).await.unwrap();
    wire.call("purge_archive", json!({})).await.unwrap()
}

#[tokio::test]
async fn the_default_expression_never_reads_the_field() {
    let reply = purge(ByDefault::switched_off()).await;
    assert_eq!(reply["result"]["content"][0]["text"], "purged");
}

#[tokio::test]
async fn the_field_expression_refuses_the_disabled_tool() {
    let reply = purge(ByField::switched_off()).await;
    assert_eq!(
        reply["error"],
        json!({ "code": -32602, "message": "tool not found" })
    );
}

struct Twins;

#[tool_router(router = left)]
impl Twins {
    #[tool(name = "twin", description = "left")]
    fn left_twin(&self) {}
}

#[tool_router(router = right)]
impl Twins {
    #[tool(name = "twin", description = "right")]
    fn right_twin(&self) {}
}

#[test]
fn of_two_tools_with_one_name_the_right_one_wins_silently() {
    let joined = Twins::left() + Twins::right();
    let tools = joined.list_all();
    assert_eq!(tools.len(), 1);
    assert_eq!(tools[0].description.as_deref(), Some("right"));
}

#[test]
fn a_disabled_name_stays_disabled_when_routers_are_joined() {
    let joined = Twins::left().with_disabled("twin") + Twins::right();
    assert!(joined.list_all().is_empty());
    assert!(joined.is_disabled("twin"));
}

#[test]
fn the_notifier_is_called_once_for_each_visible_change() {
    let calls = Arc::new(AtomicUsize::new(0));
    let seen = calls.clone();
    let mut router = ByField::tool_router();
    router.set_notifier(move || {
        seen.fetch_add(1, Ordering::Relaxed);
    });
    router.disable_route("purge_archive");
    router.disable_route("no_such_tool");
    router.enable_route("purge_archive");
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

#[test]
fn a_router_has_one_notifier_and_the_last_one_set_is_it() {
    let calls = Arc::new(AtomicUsize::new(0));
    let mut router = ByField::tool_router();
    for session in [1, 10] {
        let seen = calls.clone();
        router.set_notifier(move || {
            seen.fetch_add(session, Ordering::Relaxed);
        });
    }
    router.disable_route("purge_archive");
    assert_eq!(
        calls.load(Ordering::Relaxed),
        10,
        "only the second session is told"
    );
}

#[tokio::test]
async fn a_tool_can_be_made_from_data_at_run_time() {
    let mut desk = ByField::switched_off();
    for runbook in ["disk-quota", "upstream-timeout"] {
        let schema = serde_json::Map::from_iter([("type".into(), json!("object"))]);
        let tool = Tool::new(format!("read-{runbook}"), "Read a run book.", schema);
        desk.tool_router
            .add_route(ToolRoute::new_dyn(tool, move |call| {
                let text = format!("{} reads {runbook}", call.name());
                Box::pin(async {
                    Ok(CallToolResult::success(vec![ContentBlock::text(text)]).into())
                })
            }));
    }
    let mut wire = Wire::connect(desk, Era::Handshake).await.unwrap();
    assert_eq!(wire.tools().await.unwrap().len(), 2);
    let reply = wire.call("read-disk-quota", json!({})).await.unwrap();
    let text = &reply["result"]["content"][0]["text"];
    assert_eq!(text, "read-disk-quota reads disk-quota");
}
