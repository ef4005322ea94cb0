//! HTTP requests made by hand, and what came back.

use reqwest::header::{ALLOW, CONTENT_TYPE};
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// One request. It starts out well formed; `with` and `without` break it.
#[derive(Debug, Clone)]
pub struct Ask {
    method: Method,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// What came back, as far as a table needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub status: u16,
    pub content_type: String,
    pub session: Option<String>,
    pub says: String,
    pub message: Value,
}

impl Ask {
    /// A request without a body.
    pub fn new(method: Method) -> Self {
        Self {
            method,
            headers: vec![("accept", "application/json, text/event-stream".into())],
            body: Vec::new(),
        }
    }

    // ANCHOR: lanes
    /// A message of revision 2025-11-25, as a POST.
    pub fn handshake_era(message: &Value) -> Self {
        let mut ask = Self::new(Method::POST).with("content-type", "application/json");
        ask.body = message.to_string().into_bytes();
        ask
    }

    /// A request of revision 2026-07-28: metadata in the body, the same facts in headers.
    pub fn stateless(method: &str, mut params: Value) -> Self {
        let name = params["name"].as_str().map(str::to_owned);
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let ask = Self::handshake_era(&message)
            .with("mcp-protocol-version", "2026-07-28")
            .with("mcp-method", method);
        match name {
            Some(name) => ask.with("mcp-name", &name),
            None => ask,
        }
    }
    // ANCHOR_END: lanes

    /// Sets a header, in place of the one that is there.
    pub fn with(self, name: &'static str, value: &str) -> Self {
        let mut ask = self.without(name);
        ask.headers.push((name, value.to_owned()));
        ask
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(present, _)| *present != name);
        self
    }

    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub async fn send(self, client: &Client, url: &str) -> reqwest::Result<Seen> {
        let is_get = self.method == Method::GET;
        let mut request = client.request(self.method, url).body(self.body);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let response = request.send().await?;
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            Some(value.to_str().unwrap_or_default().to_owned())
        };
        let status = response.status().as_u16();
        let content_type = header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let session = header("mcp-session-id");
        let allow = header(ALLOW.as_str());
        if is_get && status == 200 {
            // An open stream: the server decides when it ends.
            return Ok(Seen {
                status,
                content_type,
                session,
                says: "the stream is open".into(),
                message: Value::Null,
            });
        }
        let body = response.text().await?;
        let message = message_in(&body);
        let says = match (&session, message["error"]["code"].as_i64(), allow) {
            (Some(_), _, _) => "new session".to_owned(),
            (None, Some(code), _) => format!("JSON-RPC {code}"),
            (None, None, Some(allow)) => format!("allow: {allow}"),
            (None, None, None) if status == 200 => text_of(&message),
            (None, None, None) => body.lines().next().unwrap_or_default().to_owned(),
        };
        Ok(Seen {
            status,
            content_type,
            session,
            says,
            message,
        })
    }
}

/// The JSON-RPC message in a JSON body, or the last one in a stream of events.
fn message_in(body: &str) -> Value {
    let events = body.lines().filter_map(|line| line.strip_prefix("data:"));
    events
        .chain([body])
        .filter_map(|text| serde_json::from_str(text).ok())
        .next_back()
        .unwrap_or_default()
}

/// The text of a tool's result; `a result` for every other result.
fn text_of(message: &Value) -> String {
    let text = message["result"]["content"][0]["text"].as_str();
    text.unwrap_or("a result").to_owned()
}
