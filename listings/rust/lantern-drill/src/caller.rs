//! Requests of 2026-07-28, over real sockets.

use std::time::Duration;

use lantern_test_as::{CLIENT_ID, TestAs};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{Failure, Outcome};

/// In virtual time, where an hour costs nothing. It ends a drill that hangs.
pub const HOUR: Duration = Duration::from_secs(3_600);

/// A client with a token. Clones are the same client.
#[derive(Clone)]
pub struct Caller {
    http: Client,
    address: String,
    token: String,
}

impl Caller {
    /// `age` is how long ago the token expired, or nothing for one that is valid.
    pub fn new(address: &str, issuer: &TestAs, age: Option<u64>) -> Result<Self, Failure> {
        let resource = format!("http://{address}/mcp");
        let mut claims = issuer.claims(CLIENT_ID, "incidents:read archive:scan", &resource);
        if let (Some(age), Some(now)) = (age, claims["iat"].as_u64()) {
            claims["exp"] = json!(now - age);
        }
        let http = Client::builder().no_proxy().timeout(HOUR).build()?;
        Ok(Self {
            http,
            address: address.to_owned(),
            token: issuer.sign("at+jwt", &claims),
        })
    }

    fn post(&self, id: usize, method: &str, mut params: Value) -> RequestBuilder {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let mut request = self.http.post(format!("http://{}/mcp", self.address));
        if let Some(name) = params["name"].as_str() {
            request = request.header("mcp-name", name);
        }
        let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        request
            .bearer_auth(&self.token)
            .header("accept", "application/json, text/event-stream")
            .header("content-type", "application/json")
            .header("mcp-protocol-version", "2026-07-28")
            .header("mcp-method", method)
            .body(message.to_string())
    }

    /// Scans the archive for `text`, and says how that ended.
    pub async fn scan(&self, id: usize, text: &str) -> Outcome {
        let params = json!({ "name": "scan_archive", "arguments": { "text": text } });
        match self.post(id, "tools/call", params).send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                match response.text().await {
                    Ok(body) => Outcome::of_call(id, status, &body),
                    Err(_) => Outcome::Lost,
                }
            }
            Err(error) if error.is_connect() => Outcome::DoorClosed,
            Err(_) => Outcome::Lost,
        }
    }

    /// Opens a subscription and waits for its acknowledgement.
    pub async fn listen(&self, id: usize) -> Result<Stream, Failure> {
        let wanted = json!({ "notifications": { "toolsListChanged": true } });
        let response = self.post(id, "subscriptions/listen", wanted).send().await?;
        let mut stream = Stream {
            id,
            response: response.error_for_status()?,
            events: String::new(),
        };
        while !stream.events.contains("subscriptions/acknowledged") {
            if !stream.more().await {
                return Err("a stream ended before it began".into());
            }
        }
        Ok(stream)
    }

    /// Announces a body and never sends it. The server asks for it first.
    pub async fn half_a_request(&self) -> Result<TcpStream, Failure> {
        let mut stream = TcpStream::connect(&self.address).await?;
        let head = format!(
            "POST /mcp HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
             content-length: 100\r\nexpect: 100-continue\r\n\r\n",
            self.address, self.token
        );
        stream.write_all(head.as_bytes()).await?;
        let mut asked = [0; 12];
        stream.read_exact(&mut asked).await?;
        match &asked {
            b"HTTP/1.1 100" => Ok(stream),
            _ => Err("the server did not ask for the body".into()),
        }
    }

    /// How many calls the service says it is running.
    pub async fn running(&self) -> Result<usize, Failure> {
        let page = self.http.get(format!("http://{}/metrics", self.address));
        let page = page.send().await?.text().await?;
        let gauge = page
            .lines()
            .find_map(|line| line.strip_prefix("lantern_calls_running "));
        Ok(gauge.ok_or("there is no gauge")?.parse()?)
    }
}

/// An open subscription and what it has said so far.
pub struct Stream {
    id: usize,
    response: Response,
    events: String,
}

impl Stream {
    async fn more(&mut self) -> bool {
        match self.response.chunk().await {
            Ok(Some(bytes)) => {
                self.events.push_str(&String::from_utf8_lossy(&bytes));
                true
            }
            _ => false,
        }
    }

    /// Reads to the end.
    pub async fn end(mut self) -> Outcome {
        while self.more().await {}
        Outcome::of_stream(self.id, &self.events)
    }
}
