//! A guarded desk without a network, and requests of every kind for it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::{EncodingKey, Header, encode};
use lantern_core::Dataset;
use lantern_guard::{Guard, GuardConfig, GuardedDesk, app};
use lantern_test_as::{Behaviour, CLIENT_ID, SigningKey, TestAs};
use serde_json::{Value, json};
use tower::ServiceExt;

pub const DESK: &str = "https://desk.example.com/mcp";
pub const ISSUER: &str = "https://login.example.com";

pub struct Bench {
    pub auth: TestAs,
    pub guard: Arc<Guard>,
    pub desk: GuardedDesk,
    pub router: Router,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn challenge(&self) -> &str {
        let header = self.headers.get(header::WWW_AUTHENTICATE);
        header.map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

impl Bench {
    pub fn new() -> Self {
        Self::configured(|_| {})
    }

    pub fn configured(configure: impl FnOnce(&mut GuardConfig)) -> Self {
        let auth = TestAs::new(ISSUER, Behaviour::default());
        let mut config = GuardConfig::new(DESK, ISSUER);
        configure(&mut config);
        let guard = Arc::new(Guard::new(config, &auth.jwks()).unwrap());
        let desk = GuardedDesk::new(Dataset::generate(7, 3));
        let served = desk.clone();
        let router = app(guard.clone(), move || served.clone());
        Self {
            auth,
            guard,
            desk,
            router,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// An honest access token.
    pub fn token(&self, scope: &str) -> String {
        self.auth.sign("at+jwt", &self.claims(scope))
    }

    pub fn claims(&self, scope: &str) -> Value {
        self.auth.claims(CLIENT_ID, scope, DESK)
    }

    /// An access token with one claim changed, or left out if `value` is null.
    pub fn token_with(&self, claim: &str, value: Value) -> String {
        let mut claims = self.claims("incidents:read");
        let fields = claims.as_object_mut().unwrap();
        match value {
            Value::Null => fields.remove(claim),
            value => fields.insert(claim.into(), value),
        };
        self.auth.sign("at+jwt", &claims)
    }

    // ANCHOR: forged
    /// Tokens that nobody issued.
    pub fn forged(&self) -> [(&'static str, String); 3] {
        let claims = self.claims("incidents:read");
        let mut header = Header::new(jsonwebtoken::Algorithm::HS256);
        header.typ = Some("at+jwt".into());
        header.kid = Some("key-1".into());
        let public_half = self.auth.jwks().keys[0].clone();
        let public_half = serde_json::to_value(public_half).unwrap();
        let public_half = BASE64_URL_SAFE_NO_PAD.decode(public_half["x"].as_str().unwrap());
        let secret = EncodingKey::from_secret(&public_half.unwrap());
        let unsigned = [
            json!({ "alg": "none", "typ": "at+jwt", "kid": "key-1" }),
            claims.clone(),
        ]
        .map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.to_string()))
        .join(".");
        [
            (
                "signed by a stranger",
                SigningKey::generate("key-1").sign("at+jwt", &claims),
            ),
            (
                "signed with the public key",
                encode(&header, &claims, &secret).unwrap(),
            ),
            ("not signed", unsigned + "."),
        ]
    }
    // ANCHOR_END: forged
}

/// A request as a client of 2026-07-28 sends it.
pub fn rpc(method: &str, mut params: Value) -> Request<Body> {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "bench", "version": "0.1.0" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let mut request = Request::post("/mcp")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", method);
    if let Some(name) = params["name"].as_str() {
        request = request.header("mcp-name", name);
    }
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    finish(request, message.to_string())
}

pub fn call(tool: &str, arguments: Value) -> Request<Body> {
    rpc(
        "tools/call",
        json!({ "name": tool, "arguments": arguments }),
    )
}

pub fn count() -> Request<Body> {
    call("count_events", json!({ "service": "payments" }))
}

pub fn open() -> Request<Body> {
    call(
        "open_incident",
        json!({ "service": "payments", "title": "cards declined" }),
    )
}

/// A request of 2025-11-25 with any body.
pub fn legacy(body: &str) -> Request<Body> {
    let request = Request::post("/mcp").header("mcp-protocol-version", "2025-11-25");
    finish(request, body.into())
}

fn finish(request: axum::http::request::Builder, body: String) -> Request<Body> {
    request
        .header(header::HOST, "desk.example.com")
        .header(header::ACCEPT, "application/json, text/event-stream")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .unwrap()
}

pub trait With {
    fn with(self, name: &'static str, value: &str) -> Self;
    fn bearer(self, token: &str) -> Self;
}

impl With for Request<Body> {
    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers_mut().append(name, value.parse().unwrap());
        self
    }

    fn bearer(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }
}
