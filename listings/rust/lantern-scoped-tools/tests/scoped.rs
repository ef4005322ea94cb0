//! The list depends on the token, and the guard does not depend on the list.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use lantern_core::Dataset;
use lantern_guard::{Guard, GuardConfig, GuardedDesk, app};
use lantern_scoped_tools::Scoped;
use lantern_test_as::{Behaviour, CLIENT_ID, TestAs};
use serde_json::{Value, json};
use tower::ServiceExt;

const DESK: &str = "https://desk.example.com/mcp";
const ISSUER: &str = "https://login.example.com";

fn world() -> (TestAs, Router) {
    let auth = TestAs::new(ISSUER, Behaviour::default());
    let guard = Guard::new(GuardConfig::new(DESK, ISSUER), &auth.jwks()).unwrap();
    let desk = Scoped(GuardedDesk::new(Dataset::generate(7, 3)));
    let router = app(Arc::new(guard), move || desk.clone());
    (auth, router)
}

async fn ask(
    world: &(TestAs, Router),
    scope: &str,
    mut message: Value,
    modern: bool,
) -> (StatusCode, Value) {
    let claims = world.0.claims(CLIENT_ID, scope, DESK);
    let mut request = Request::post("/mcp")
        .header(
            "authorization",
            format!("Bearer {}", world.0.sign("at+jwt", &claims)),
        )
        .header("host", "desk.example.com")
        .header("accept", "application/json, text/event-stream")
        .header("content-type", "application/json")
        .header(
            "mcp-protocol-version",
            if modern { "2026-07-28" } else { "2025-11-25" },
        );
    message["jsonrpc"] = json!("2.0");
    message["id"] = json!(1);
    if modern {
        request = request.header("mcp-method", message["method"].as_str().unwrap());
        message["params"]["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": { "name": "bench", "version": "0.1.0" },
            "io.modelcontextprotocol/clientCapabilities": {},
        });
    }
    let request = request.body(Body::from(message.to_string())).unwrap();
    let response = world.1.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

// ANCHOR: differs
#[tokio::test]
async fn the_list_differs_by_token_in_both_eras() {
    let world = world();
    for modern in [true, false] {
        for (scope, expected) in [
            ("incidents:read", vec!["count_events", "whoami"]),
            (
                "incidents:write",
                vec!["count_events", "open_incident", "whoami"],
            ),
            (
                "incidents:read archive:scan",
                vec!["count_events", "scan_archive", "whoami"],
            ),
        ] {
            let list = json!({ "method": "tools/list", "params": {} });
            let (_, answer) = ask(&world, scope, list, modern).await;
            let tools = answer["result"]["tools"].as_array().unwrap();
            let names: Vec<_> = tools
                .iter()
                .map(|tool| tool["name"].as_str().unwrap())
                .collect();
            assert_eq!(names, expected, "{scope}");
            let private = modern.then(|| json!("private"));
            assert_eq!(answer["result"].get("cacheScope").cloned(), private);
        }
    }
}
// ANCHOR_END: differs

#[tokio::test]
async fn a_hidden_tool_is_still_refused() {
    let world = world();
    let arguments = json!({ "service": "tax", "title": "late" });
    let call = json!({ "method": "tools/call", "params": { "name": "open_incident", "arguments": arguments } });
    let (status, _) = ask(&world, "incidents:read", call.clone(), false).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, answer) = ask(&world, "incidents:write", call, false).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(answer["result"]["structuredContent"]["service"], "tax");
}
