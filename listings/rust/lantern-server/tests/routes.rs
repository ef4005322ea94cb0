mod support;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE, WWW_AUTHENTICATE};
use lantern_guard::GuardConfig;
use lantern_server::{Access, Config, Lantern};
use lantern_test_as::{Behaviour, CLIENT_ID, TestAs};
use serde_json::json;
use support::{call, get, initialize, legacy, send};

const URL: &str = "https://desk.example.com/mcp";
const ISSUER: &str = "https://login.example.com";

fn open() -> Lantern {
    Lantern::new(&Config::default()).unwrap()
}

fn count() -> serde_json::Value {
    json!({ "service": "payments" })
}

#[tokio::test]
async fn probes_have_routes_of_their_own_because_the_endpoint_refuses_get() {
    let router = open().router;
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(send(&router, get(path)).await.status, StatusCode::OK);
    }
    let metrics = send(&router, get("/metrics")).await;
    assert_eq!(metrics.headers[CONTENT_TYPE], "text/plain; version=0.0.4");
    let probe = send(&router, get("/mcp")).await;
    assert_eq!(probe.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(probe.headers[ALLOW], "POST");
}

#[tokio::test]
async fn an_answer_of_one_message_is_json() {
    let answer = send(&open().router, call("count_events", count())).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[CONTENT_TYPE], "application/json");
    assert!(answer.says().starts_with("payments: "));
}

#[tokio::test]
async fn without_sessions_a_client_of_2025_11_25_is_served_all_the_same() {
    let router = open().router;
    let opened = send(&router, legacy(&initialize())).await;
    assert_eq!(opened.json()["result"]["protocolVersion"], "2025-11-25");
    assert!(!opened.headers.contains_key("mcp-session-id"));
    let params = json!({ "name": "count_events", "arguments": count() });
    let message = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": params });
    assert!(
        send(&router, legacy(&message))
            .await
            .says()
            .starts_with("payments: ")
    );
}

#[tokio::test]
async fn with_sessions_initialize_opens_one() {
    let config = Config {
        sessions: true,
        ..Config::default()
    };
    let router = Lantern::new(&config).unwrap().router;
    let opened = send(&router, legacy(&initialize())).await;
    assert!(opened.headers.contains_key("mcp-session-id"));
}

// ANCHOR: body
#[tokio::test]
async fn the_limit_of_axum_does_not_reach_the_endpoint_and_the_limit_of_rmcp_does() {
    let big = json!({ "service": "x".repeat(2_000) });
    let layered = open().router.layer(DefaultBodyLimit::max(1_000));
    let answer = send(&layered, call("count_events", big.clone())).await;
    assert_eq!(answer.status, StatusCode::OK);

    let config = Config {
        body_limit: 1_000,
        ..Config::default()
    };
    let router = Lantern::new(&config).unwrap().router;
    let answer = send(&router, call("count_events", big)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}
// ANCHOR_END: body

#[tokio::test]
async fn a_host_that_nobody_allowed_is_refused() {
    let mut request = call("count_events", count());
    let host = "desk.example.com".parse().unwrap();
    request.headers_mut().insert("host", host);
    let answer = send(&open().router, request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

// ANCHOR: guarded
#[tokio::test]
async fn the_guard_covers_the_endpoint_and_nothing_else() {
    let issuer = TestAs::new(ISSUER, Behaviour::default());
    let guard = GuardConfig::new(URL, ISSUER);
    let access = Access::Guarded {
        guard,
        keys: issuer.jwks(),
    };
    let config = Config {
        access,
        ..Config::default()
    };
    let router = Lantern::new(&config).unwrap().router;
    let ask = |scope: Option<&str>| {
        let mut request = call("count_events", count());
        request
            .headers_mut()
            .insert("host", "desk.example.com".parse().unwrap());
        if let Some(scope) = scope {
            let token = issuer.sign("at+jwt", &issuer.claims(CLIENT_ID, scope, URL));
            let bearer = format!("Bearer {token}").parse().unwrap();
            request.headers_mut().insert("authorization", bearer);
        }
        send(&router, request)
    };
    let stranger = ask(None).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    let challenge = stranger.headers[WWW_AUTHENTICATE].to_str().unwrap();
    let metadata = "/.well-known/oauth-protected-resource/mcp";
    assert!(challenge.contains(metadata));
    assert_eq!(
        ask(Some("archive:scan")).await.status,
        StatusCode::FORBIDDEN
    );
    let reader = ask(Some("incidents:read")).await;
    assert_eq!(reader.status, StatusCode::OK);
    for path in [metadata, "/healthz", "/readyz", "/metrics"] {
        assert_eq!(send(&router, get(path)).await.status, StatusCode::OK);
    }
}
// ANCHOR_END: guarded

#[tokio::test]
async fn the_body_limit_holds_in_front_of_the_guard_and_behind_it() {
    const MIB: usize = 1 << 20;
    let issuer = TestAs::new(ISSUER, Behaviour::default());
    let token = issuer.sign("at+jwt", &issuer.claims(CLIENT_ID, "archive:scan", URL));
    let ask = async |body_limit, length| {
        let access = Access::Guarded {
            guard: GuardConfig::new(URL, ISSUER),
            keys: issuer.jwks(),
        };
        let config = Config {
            access,
            body_limit,
            ..Config::default()
        };
        let mut request = call("scan_archive", json!({ "text": "x".repeat(length) }));
        let headers = request.headers_mut();
        headers.insert("host", "desk.example.com".parse().unwrap());
        headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
        send(&Lantern::new(&config).unwrap().router, request).await
    };
    assert_eq!(ask(8 * MIB, 5 * MIB).await.says(), "0");
    for (limit, length) in [(8 * MIB, 8 * MIB), (1_000, 1_000)] {
        let refused = ask(limit, length).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(
            refused.text, "",
            "rmcp would say why: the guard has ended this one"
        );
    }
}

#[tokio::test]
async fn a_session_is_not_tied_to_the_caller_who_opened_it() {
    let issuer = TestAs::new(ISSUER, Behaviour::default());
    let access = Access::Guarded {
        guard: GuardConfig::new(URL, ISSUER),
        keys: issuer.jwks(),
    };
    let config = Config {
        access,
        sessions: true,
        ..Config::default()
    };
    let router = Lantern::new(&config).unwrap().router;
    let ask = |subject: &str, session: Option<&str>, message: serde_json::Value| {
        let mut claims = issuer.claims(CLIENT_ID, "incidents:read", URL);
        claims["sub"] = json!(subject);
        let bearer = format!("Bearer {}", issuer.sign("at+jwt", &claims));
        let mut request = legacy(&message);
        let headers = request.headers_mut();
        headers.insert("host", "desk.example.com".parse().unwrap());
        headers.insert("authorization", bearer.parse().unwrap());
        if let Some(session) = session {
            headers.insert("mcp-session-id", session.parse().unwrap());
        }
        send(&router, request)
    };
    let opened = ask("one", None, initialize()).await;
    let session = opened.headers["mcp-session-id"].to_str().unwrap();
    let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    ask("one", Some(session), ready).await;
    let tools = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" });
    let invented = ask("other", Some("invented"), tools.clone()).await;
    assert_eq!(invented.status, StatusCode::NOT_FOUND);
    let taken = ask("other", Some(session), tools).await;
    assert_eq!(taken.status, StatusCode::OK);
    assert!(taken.text.contains("count_events"), "{}", taken.text);
}
