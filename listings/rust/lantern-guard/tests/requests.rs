//! Everything that must not get through, and the little that may.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use lantern_guard::{GuardConfig, GuardedDesk, scopes};
use serde_json::{Value, json};
use support::{Bench, DESK, With, call, count, legacy, open, rpc};

// ANCHOR: refused
#[tokio::test]
async fn a_token_that_was_not_made_for_this_server_is_refused() {
    let bench = Bench::new();
    let mut tokens = bench.forged().to_vec();
    for (claim, value) in [
        ("aud", json!("https://desk.example.com/")),
        ("aud", json!("https://desk.example.com/mcp/")),
        ("aud", json!(["https://other.example.com/mcp"])),
        ("aud", Value::Null),
        ("iss", json!("https://login.example.com/")),
        ("iss", Value::Null),
        ("exp", Value::Null),
        ("exp", json!(1_000_000_000)),
        ("exp", json!("9000000000")),
        ("nbf", json!(9_000_000_000_u64)),
        ("nbf", json!("now")),
        ("sub", Value::Null),
        ("client_id", Value::Null),
        (
            "cnf",
            json!({ "jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" }),
        ),
    ] {
        tokens.push((claim, bench.token_with(claim, value)));
    }
    let identity = bench.auth.sign("JWT", &bench.claims("incidents:read"));
    tokens.push(("typ", identity));
    for (name, token) in tokens {
        let answer = bench.send(count().bearer(&token)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}");
        let challenge = answer.challenge();
        assert!(
            challenge.starts_with("Bearer error=\"invalid_token\""),
            "{name}"
        );
        assert!(challenge.contains("resource_metadata=\"https://desk.example.com/"));
    }
}
// ANCHOR_END: refused

#[tokio::test]
async fn a_list_of_audiences_may_contain_this_server() {
    let bench = Bench::new();
    let token = bench.token_with("aud", json!(["https://other.example.com/mcp", DESK]));
    assert_eq!(
        bench.send(count().bearer(&token)).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn the_challenge_points_to_the_metadata() {
    let bench = Bench::new();
    let answer = bench.send(count()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let url = "https://desk.example.com/.well-known/oauth-protected-resource/mcp";
    let expected = format!("Bearer scope=\"incidents:read\", resource_metadata=\"{url}\"");
    assert_eq!(answer.challenge(), expected);
    let path = bench.guard.metadata_path();
    assert!(url.ends_with(path));
    let metadata = bench
        .send(Request::get(path).body(Body::empty()).unwrap())
        .await;
    assert_eq!(
        metadata.json(),
        json!({
            "resource": DESK,
            "authorization_servers": ["https://login.example.com"],
            "scopes_supported": ["incidents:read"],
            "bearer_methods_supported": ["header"],
        })
    );
    let health = bench
        .send(Request::get("/health").body(Body::empty()).unwrap())
        .await;
    assert_eq!(health.text, "ok");
}

#[tokio::test]
async fn a_missing_scope_is_named_and_nothing_happens() {
    let bench = Bench::new();
    let read = bench.token("incidents:read");
    let before = bench
        .desk
        .data
        .incidents
        .list_page(None, 500)
        .unwrap()
        .incidents
        .len();
    for (request, scope) in [
        (open(), "incidents:write"),
        (
            call("scan_archive", json!({ "text": "disk" })),
            "archive:scan",
        ),
        (
            call("drop_tables", json!({})),
            "incidents:read incidents:write archive:scan",
        ),
        (
            rpc("desk/reset", json!({})),
            "incidents:read incidents:write archive:scan",
        ),
    ] {
        let answer = bench.send(request.bearer(&read)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let challenge = answer.challenge();
        let expected = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\", ");
        assert!(challenge.starts_with(&expected), "{challenge}");
        assert!(challenge.contains("resource_metadata="));
    }
    let after = bench
        .desk
        .data
        .incidents
        .list_page(None, 500)
        .unwrap()
        .incidents
        .len();
    assert_eq!(before, after);
}

#[tokio::test]
async fn who_may_write_may_read_and_a_token_without_scope_may_nothing() {
    let bench = Bench::new();
    let write = bench.token("incidents:write");
    assert_eq!(
        bench.send(count().bearer(&write)).await.status,
        StatusCode::OK
    );
    let scan = bench.token("archive:scan");
    assert_eq!(
        bench.send(count().bearer(&scan)).await.status,
        StatusCode::FORBIDDEN
    );
    let nothing = bench.token("");
    let hello = rpc("server/discover", json!({}));
    assert_eq!(
        bench.send(hello.bearer(&nothing)).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn the_tool_knows_the_caller() {
    let bench = Bench::new();
    let write = bench.token("incidents:write");
    let answer = bench.send(open().bearer(&write)).await.json();
    let incident = &answer["result"]["structuredContent"];
    assert_eq!(incident["notes"][0]["text"], "opened by operator-7");
}

/// The guard reads the body, not the headers, and hands on what it has read.
#[tokio::test]
async fn a_message_with_two_meanings_has_only_one_behind_the_guard() {
    let bench = Bench::new();
    let read = bench.token("incidents:read");
    let list = r#""method":"tools/list""#;
    let write = r#""method":"tools/call","params":{"name":"open_incident","arguments":{"service":"tax","title":"x"}}"#;
    let body = format!(r#"{{"jsonrpc":"2.0","id":1,{list},{write}}}"#);
    let last_wins = bench.send(legacy(&body).bearer(&read)).await;
    assert_eq!(last_wins.status, StatusCode::FORBIDDEN);
    let body = format!(r#"{{"jsonrpc":"2.0","id":1,{write},{list}}}"#);
    let listed = bench.send(legacy(&body).bearer(&read)).await;
    assert!(
        listed.json()["result"]["tools"].is_array(),
        "{}",
        listed.text
    );
    let batch = format!(r#"[{{"jsonrpc":"2.0","id":1,{write}}}]"#);
    let batch = bench.send(legacy(&batch).bearer(&read)).await;
    assert_eq!(batch.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_header_that_contradicts_the_body_does_not_help() {
    let bench = Bench::new();
    let read = bench.token("incidents:read");
    let mut request = open().bearer(&read);
    request
        .headers_mut()
        .insert("mcp-name", "count_events".parse().unwrap());
    assert_eq!(bench.send(request).await.status, StatusCode::FORBIDDEN);
    let write = bench.token("incidents:write");
    let mut request = open().bearer(&write);
    request
        .headers_mut()
        .insert("mcp-name", "count_events".parse().unwrap());
    let answer = bench.send(request).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json()["error"]["code"], -32020);
}

#[tokio::test]
async fn every_request_of_both_eras_is_checked() {
    let bench = Bench::new();
    let read = bench.token("incidents:read");
    let hello = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"0.1.0"}}}"#;
    let answer = bench.send(legacy(hello).bearer(&read)).await;
    assert_eq!(answer.json()["result"]["protocolVersion"], "2025-11-25");
    assert!(
        !answer.headers.contains_key("mcp-session-id"),
        "no session to steal"
    );
    let call = r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"count_events","arguments":{"service":"tax"}}}"#;
    assert_eq!(
        bench.send(legacy(call)).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        bench.send(legacy(call).bearer(&read)).await.status,
        StatusCode::OK
    );
    assert_eq!(bench.send(count()).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        bench.send(count().bearer(&read)).await.status,
        StatusCode::OK
    );
    for method in ["GET", "DELETE"] {
        let request = Request::builder()
            .method(method)
            .uri("/mcp")
            .body(Body::empty());
        let answer = bench.send(request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
}

/// The guard runs first: a request without token learns nothing about hosts and media types.
#[tokio::test]
async fn authorization_comes_before_the_transport_s_own_checks() {
    let bench = Bench::new();
    let read = bench.token("incidents:read");
    for (header, value, status) in [
        ("host", "127.0.0.1", StatusCode::FORBIDDEN),
        ("origin", "https://desk.example.com", StatusCode::FORBIDDEN),
        ("accept", "application/json", StatusCode::NOT_ACCEPTABLE),
    ] {
        let mut request = count();
        request.headers_mut().insert(header, value.parse().unwrap());
        assert_eq!(bench.send(request).await.status, StatusCode::UNAUTHORIZED);
        let mut request = count().bearer(&read);
        request.headers_mut().insert(header, value.parse().unwrap());
        let answer = bench.send(request).await;
        assert_eq!(
            (answer.status, answer.challenge()),
            (status, ""),
            "{header}"
        );
    }
}

/// A tool call whose body has exactly `length` bytes, in an argument that no tool knows.
fn call_of(length: usize) -> Request<Body> {
    let with_padding = |padding: usize| {
        json!({
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": { "name": "count_events", "arguments": { "": "x".repeat(padding) } },
        })
        .to_string()
    };
    let body = with_padding(length - with_padding(0).len());
    assert_eq!(body.len(), length);
    legacy(&body)
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_by_the_guard() {
    const MIB: usize = 1024 * 1024;
    for limit in [GuardConfig::new(DESK, "").body_limit, 1_000, 5 * MIB] {
        let bench = Bench::configured(|config| config.body_limit = limit);
        let read = bench.token("incidents:read");
        let fits = bench.send(call_of(limit).bearer(&read)).await;
        assert_eq!(fits.status, StatusCode::OK, "{limit}: {}", fits.text);
        let refused = bench.send(call_of(limit + 1).bearer(&read)).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "{limit}");
        // rmcp would say why: the guard has ended this one.
        assert_eq!(refused.text, "");
        // The body of a stranger is not read at all.
        let stranger = bench.send(call_of(limit + 1)).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{limit}");
    }
    assert_eq!(GuardConfig::new(DESK, "").body_limit, 4 * MIB);
}

#[tokio::test]
async fn keys_can_be_replaced_while_the_server_runs() {
    let bench = Bench::new();
    let old = bench.token("incidents:read");
    bench.auth.rotate_key();
    let new = bench.token("incidents:read");
    assert_eq!(
        bench.send(count().bearer(&new)).await.status,
        StatusCode::UNAUTHORIZED
    );
    bench.guard.verifier().replace_keys(&bench.auth.jwks());
    assert_eq!(
        bench.send(count().bearer(&new)).await.status,
        StatusCode::OK
    );
    assert_eq!(
        bench.send(count().bearer(&old)).await.status,
        StatusCode::UNAUTHORIZED
    );
}

// ANCHOR: classified
#[test]
fn every_tool_is_classified() {
    for tool in GuardedDesk::tool_router().list_all() {
        assert_eq!(scopes::needed_by_tool(&tool.name).len(), 1, "{}", tool.name);
    }
}
// ANCHOR_END: classified
