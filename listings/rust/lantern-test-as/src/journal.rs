use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, LOCATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// Parameters that nobody should read in a log.
const SECRET: [&str; 6] = [
    "client_secret",
    "code",
    "code_challenge",
    "code_verifier",
    "refresh_token",
    "state",
];

/// One request and its response, as a server saw them.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub server: &'static str,
    pub method: String,
    pub path: String,
    /// Query and form parameters.
    pub params: BTreeMap<String, String>,
    /// What a JSON-RPC request asked for: its method, and the name of the tool.
    pub asked: Option<String>,
    pub has_token: bool,
    pub status: u16,
    pub challenge: Option<String>,
    pub location: Option<String>,
}

/// The requests of several servers in the order in which they were answered.
#[derive(Clone, Default)]
pub struct Journal {
    exchanges: Arc<Mutex<Vec<Exchange>>>,
    names: Arc<Mutex<Vec<(String, &'static str)>>>,
}

impl Journal {
    /// The router, watched. `base` is written as `<server>` in the journal.
    pub fn watch(&self, server: &'static str, base: &str, router: Router) -> Router {
        self.names.lock().unwrap().push((base.into(), server));
        let journal = self.clone();
        router.layer(from_fn(move |request, next| {
            record(journal.clone(), server, request, next)
        }))
    }

    /// What happened since the last call.
    pub fn take(&self) -> Vec<Exchange> {
        std::mem::take(&mut self.exchanges.lock().unwrap())
    }

    /// What happened since the last call, as numbered text: secrets masked, addresses named.
    pub fn lines(&self) -> Vec<String> {
        let exchanges = self.take();
        let mut lines = Vec::new();
        for (index, exchange) in exchanges.iter().enumerate() {
            let Exchange {
                server,
                method,
                path,
                ..
            } = exchange;
            let mut line = format!("{:>2}  {method} <{server}>{path}", index + 1);
            if let Some(asked) = &exchange.asked {
                line += &format!("  {asked}");
            }
            if exchange.has_token {
                line += "  (with token)";
            }
            lines.push(line);
            for (name, value) in &exchange.params {
                let value = if SECRET.contains(&name.as_str()) {
                    "***"
                } else {
                    value
                };
                lines.push(format!("      {name} = {}", self.named(value)));
            }
            lines.push(format!("    {}", exchange.status));
            if let Some(challenge) = &exchange.challenge {
                for part in self.named(challenge).split(", ") {
                    lines.push(format!("      {part}"));
                }
            }
            if let Some(location) = &exchange.location {
                let page = location.split('?').next().unwrap_or_default();
                lines.push(format!("      Location: {page}?…"));
            }
        }
        lines
    }

    fn named(&self, text: &str) -> String {
        let names = self.names.lock().unwrap();
        names.iter().fold(text.to_owned(), |text, (base, name)| {
            text.replace(base, &format!("<{name}>"))
        })
    }
}

async fn record(journal: Journal, server: &'static str, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, 64 * 1024).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let mut exchange = Exchange {
        server,
        method: parts.method.to_string(),
        path: parts.uri.path().into(),
        params: pairs(parts.uri.query().unwrap_or_default().as_bytes()),
        asked: asked(&body),
        has_token: parts.headers.contains_key(AUTHORIZATION),
        status: 0,
        challenge: None,
        location: None,
    };
    if exchange.path == "/token" {
        exchange.params.extend(pairs(&body));
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    exchange.status = response.status().as_u16();
    exchange.challenge = text(response.headers(), WWW_AUTHENTICATE.as_str());
    exchange.location = text(response.headers(), LOCATION.as_str());
    journal.exchanges.lock().unwrap().push(exchange);
    response
}

fn pairs(encoded: &[u8]) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(encoded).into_owned().collect()
}

fn asked(body: &Bytes) -> Option<String> {
    let message: Value = serde_json::from_slice(body).ok()?;
    let method = message["method"].as_str()?;
    Some(match message["params"]["name"].as_str() {
        Some(name) => format!("{method} {name}"),
        None => method.into(),
    })
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
