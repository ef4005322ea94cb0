mod support;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use lantern_guard::GuardConfig;
use lantern_server::{Access, Config, Lantern, log};
use lantern_test_as::{Behaviour, CLIENT_ID, SUBJECT, TestAs};
use serde_json::{Value, json};
use support::{call, send};

const URL: &str = "https://desk.example.com/mcp";
const ISSUER: &str = "https://login.example.com";

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
    let mut request = call("open_incident", incident);
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
