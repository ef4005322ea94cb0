//! One line for each way to ask: what was sent, and what came back.

#[allow(dead_code)] // the tests need more of it
#[path = "../tests/support/mod.rs"]
mod support;

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use support::{Bench, With, call, count, open};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let bench = Bench::new();
    let read = bench.token("incidents:read");
    let write = bench.token("incidents:write");
    let mut in_url = count();
    *in_url.uri_mut() = format!("/mcp?access_token={read}").parse().unwrap();
    let mut cases: Vec<(&str, Request<Body>)> = vec![
        ("no token", count()),
        ("token in the URL", in_url),
        ("two tokens", count().bearer(&read).bearer(&write)),
        (
            "another scheme",
            count().with("authorization", "Basic bGFudGVybg=="),
        ),
        ("not a token", count().bearer("hello")),
    ];
    for (name, token) in bench.forged() {
        cases.push((name, count().bearer(&token)));
    }
    let identity = bench.auth.sign("JWT", &bench.claims("incidents:read"));
    let other = json!("https://other.example.com/mcp");
    let stranger = json!("https://login.example.org");
    cases.extend([
        ("an identity token", count().bearer(&identity)),
        (
            "for another server",
            count().bearer(&bench.token_with("aud", other)),
        ),
        (
            "from another issuer",
            count().bearer(&bench.token_with("iss", stranger)),
        ),
        (
            "expired",
            count().bearer(&bench.token_with("exp", json!(1_000_000_000))),
        ),
        ("read token, read", count().bearer(&read)),
        ("read token, write", open().bearer(&read)),
        (
            "read token, no such tool",
            call("drop_tables", json!({})).bearer(&read),
        ),
        ("write token, read", count().bearer(&write)),
        ("write token, write", open().bearer(&write)),
        (
            "from a web page",
            count().bearer(&read).with("origin", "https://evil.example"),
        ),
        ("wrong host", {
            let mut request = count().bearer(&read);
            request
                .headers_mut()
                .insert("host", "127.0.0.1".parse().unwrap());
            request
        }),
    ]);
    let mut metadata_is_shown = false;
    for (name, request) in cases {
        let answer = bench.send(request).await;
        println!("{name:<27} {}", answer.status.as_u16());
        let challenge = answer.challenge().trim_start_matches("Bearer ");
        for part in challenge.split(", ").filter(|part| !part.is_empty()) {
            if part.starts_with("resource_metadata=")
                && std::mem::replace(&mut metadata_is_shown, true)
            {
                continue; // it is the same in every challenge
            }
            println!("    {part}");
        }
    }
}
