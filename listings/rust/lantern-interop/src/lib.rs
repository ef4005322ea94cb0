//! One server, one scenario, clients of three libraries.

use std::error::Error;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use lantern_server::{Config, Lantern};
use rmcp::model::{CallToolRequestParams, CallToolResult, ProtocolVersion};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::{ClientLifecycleMode, ClientServiceExt, ServiceError};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::time::timeout;

type Failure = Box<dyn Error + Send + Sync>;

/// A client that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// The folder with the scripts and their `node_modules`.
pub fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

// ANCHOR: clients
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// This library, with `initialize` or with `server/discover`.
    Rust { discover: bool },
    /// A script and its arguments.
    Node(&'static str, &'static [&'static str]),
}

/// The first one is what the others are compared with.
pub const CLIENTS: [(&str, Client); 5] = [
    ("rmcp 3.11.0, initialize", Client::Rust { discover: false }),
    ("rmcp 3.11.0, discover", Client::Rust { discover: true }),
    (
        "@modelcontextprotocol/sdk 1.32.2",
        Client::Node("v1.mjs", &[]),
    ),
    (
        "@modelcontextprotocol/client 2.4.0",
        Client::Node("v2.mjs", &[]),
    ),
    (
        "@modelcontextprotocol/client 2.4.0, auto",
        Client::Node("v2.mjs", &["auto"]),
    ),
];
// ANCHOR_END: clients

/// The revision that was agreed on, and the answers of the scenario.
#[derive(Debug, PartialEq)]
pub struct Report {
    pub revision: String,
    pub answers: Value,
}

impl Client {
    // ANCHOR: run
    /// Plays the scenario against a server of its own, with production settings.
    pub async fn run(self) -> Result<Report, Failure> {
        let lantern = Lantern::new(&Config::default())?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/mcp", listener.local_addr()?);
        let server = tokio::spawn(async move { axum::serve(listener, lantern.router).await });
        let report = timeout(PATIENCE, async {
            match self {
                Self::Rust { discover } => rust(&url, discover).await,
                Self::Node(script, arguments) => node(script, &url, arguments).await,
            }
        });
        let report = report.await;
        server.abort();
        report?
    }
    // ANCHOR_END: run
}

async fn node(script: &str, url: &str, arguments: &[&str]) -> Result<Report, Failure> {
    let output = Command::new("node")
        .arg(folder().join(script))
        .arg(url)
        .args(arguments)
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .output()
        .await?;
    if !output.status.success() {
        return Err(format!("{script} failed; is `npm install` done?").into());
    }
    let mut said: Value = serde_json::from_slice(&output.stdout)?;
    Ok(Report {
        revision: said["revision"].as_str().unwrap_or_default().to_owned(),
        answers: said["answers"].take(),
    })
}

async fn rust(url: &str, discover: bool) -> Result<Report, Failure> {
    let lifecycle = if discover {
        let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
        ClientLifecycleMode::Discover { preferred_versions }
    } else {
        ClientLifecycleMode::Initialize
    };
    let transport = StreamableHttpClientTransport::from_uri(url);
    let client = ().serve_with_lifecycle(transport, lifecycle).await?;
    let server = client.peer_info().ok_or("no server")?;
    let revision = server.protocol_version.to_string();
    let tools = client.list_all_tools().await?;
    let tools: Vec<_> = tools.iter().map(|tool| &tool.name).collect();
    let call = async |name: &'static str, arguments: Value| {
        let arguments = arguments.as_object().cloned().unwrap_or_default();
        let params = CallToolRequestParams::new(name).with_arguments(arguments);
        client.call_tool(params).await
    };
    let count = call("count_events", json!({ "service": "payments" })).await?;
    let mistake = call("count_events", json!({ "service": "payrolls" })).await?;
    let incident = json!({ "service": "payments", "title": "cards are declined" });
    let opened = call("open_incident", incident).await?;
    let refused = match call("reboot", json!({})).await {
        Err(ServiceError::McpError(error)) => Some(error.code.0),
        _ => None,
    };
    let answers = json!({
        "tools": tools,
        "count": text(&count),
        "mistake": { "isError": mistake.is_error, "text": text(&mistake) },
        "incident": opened.structured_content,
        "refused": refused,
    });
    client.cancel().await?;
    Ok(Report { revision, answers })
}

fn text(result: &CallToolResult) -> Option<&str> {
    result
        .content
        .first()?
        .as_text()
        .map(|text| text.text.as_str())
}
