mod support;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use lantern_guard::GuardConfig;
use lantern_server::{Access, Config, Lantern, log};
use lantern_test_as::{Behaviour, CLIENT_ID, SUBJECT, TestAs};
use serde_json::{Value, json};
use support::{call, rpc, send};

const URL: &str = "https://desk.example.com/mcp";
const ISSUER: &str = "https://login.example.com";
/// The one that `support` sends.
const TRACEPARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is logged with `filter` while one guarded call runs, and the token of that call.
async fn logged(filter: &str) -> (String, String) {
    logged_as(filter, TRACEPARENT).await
}

async fn logged_as(filter: &str, traceparent: &str) -> (String, String) {
    let buffer = Buffer::default();
    let writer = buffer.clone();
    let subscriber = log::subscriber(filter, move || writer.clone(), false).unwrap();
    let _guard = tracing::subscriber::set_default(subscriber);
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
    let lantern = Lantern::new(&config).unwrap();

    let scope = "incidents:write";
    let token = issuer.sign("at+jwt", &issuer.claims(CLIENT_ID, scope, URL));
    let incident = json!({ "service": "payments", "title": "card 4111 1111 declined" });
    let (parts, body) = call("open_incident", incident).into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(body.contains(TRACEPARENT));
    let body = body.replace(TRACEPARENT, traceparent);
    let mut request = Request::from_parts(parts, Body::from(body));
    let headers = request.headers_mut();
    headers.insert("host", "desk.example.com".parse().unwrap());
    headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
    let answer = send(&lantern.router, request).await;
    assert!(answer.text.contains("4111 1111"));
    let text = String::from_utf8(buffer.0.lock().unwrap().clone()).unwrap();
    (text, token)
}

// ANCHOR: private
#[tokio::test]
async fn the_log_names_the_call_and_nothing_that_was_said_in_it() {
    let (text, token) = logged(log::PRODUCTION).await;
    let line: Value = serde_json::from_str(text.trim()).expect("one line of JSON");
    assert_eq!(line["tool"], "open_incident");
    assert_eq!(line["outcome"], "ok");
    assert_eq!(line["span"]["trace"], "0af7651916cd43dd8448eb211c80319c");
    assert_eq!(line["span"]["caller"].as_str().unwrap().len(), 16);
    for secret in [&token, "4111", SUBJECT, "payments"] {
        assert!(!text.contains(secret));
    }
}

#[tokio::test]
async fn at_debug_the_sdk_writes_arguments_and_results_but_no_token() {
    let (text, token) = logged("rmcp=debug").await;
    let lines: Vec<_> = text
        .lines()
        .filter(|line| line.contains("4111 1111"))
        .collect();
    assert!(lines.iter().any(|line| line.contains("received request")));
    assert!(lines.iter().any(|line| line.contains("response message")));
    assert!(!text.contains(&token)); // the guard took it off the request
}
// ANCHOR_END: private

// ANCHOR: warn
/// What is logged with `filter` when a caller makes up a method and a request id.
async fn invented(filter: &str) -> String {
    let buffer = Buffer::default();
    let writer = buffer.clone();
    let subscriber = log::subscriber(filter, move || writer.clone(), false).unwrap();
    let _guard = tracing::subscriber::set_default(subscriber);
    let router = Lantern::new(&Config::default()).unwrap().router;
    let (parts, body) = rpc("card/4111", json!({})).into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    let body = body.replace(r#""id":1"#, r#""id":"card 4222""#);
    let answer = send(&router, Request::from_parts(parts, Body::from(body))).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    String::from_utf8(buffer.0.lock().unwrap().clone()).unwrap()
}

#[tokio::test]
async fn at_warn_a_caller_can_still_write_a_method_and_an_id() {
    let text = invented(log::PRODUCTION).await;
    assert!(text.contains("card/4111") && text.contains("card 4222"));
    let text = invented("warn,rmcp=error,lantern_server=info").await;
    assert!(!text.contains("card"));
}
// ANCHOR_END: warn

#[tokio::test]
async fn what_is_no_trace_context_leaves_no_trace_id() {
    for invalid in [
        "00-0AF7651916CD43DD8448EB211C80319C-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01",
        "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7",
        "card 4111 1111 1111 1111",
    ] {
        let (text, _) = logged_as(log::PRODUCTION, invalid).await;
        let line: Value = serde_json::from_str(text.trim()).unwrap();
        assert_eq!(line["tool"], "open_incident");
        assert!(line["span"]["trace"].is_null(), "{invalid}");
    }
}
