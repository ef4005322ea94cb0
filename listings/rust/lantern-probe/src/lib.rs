//! A client that starts a server as a child process and reports what it meets.

use std::error::Error;
use std::fmt;

use rmcp::model::{CallToolRequestParams, ProtocolVersion};
use rmcp::service::QuitReason;
use rmcp::transport::TokioChildProcess;
use rmcp::{ClientLifecycleMode, ClientServiceExt};
use serde_json::json;
use tokio::process::Command;

// ANCHOR: report
/// What one connection shows.
#[derive(Debug)]
pub struct Report {
    pub version: ProtocolVersion,
    pub server: String,
    pub tools: Vec<String>,
    pub answer: String,
    pub quit: QuitReason,
    pub process_id: Option<u32>,
}
// ANCHOR_END: report

// ANCHOR: probe
/// Starts `command`, asks it one question and ends it again.
pub async fn probe(
    command: Command,
    lifecycle: ClientLifecycleMode,
) -> Result<Report, Box<dyn Error>> {
    let child = TokioChildProcess::new(command)?;
    let process_id = child.id();
    let client = ().serve_with_lifecycle(child, lifecycle).await?;

    let info = client
        .peer_info()
        .ok_or("the server told nothing about itself")?;
    let server = match &info.server_info {
        Some(server) => format!("{} {}", server.name, server.version),
        None => "unnamed".to_owned(),
    };

    let tools = client.list_all_tools().await?;
    let question = json!({ "service": "payments", "level": "error" });
    let call = CallToolRequestParams::new("count_events")
        .with_arguments(question.as_object().cloned().unwrap_or_default());
    let result = client.call_tool(call).await?;
    let answer = result.content.iter().filter_map(|block| block.as_text());

    Ok(Report {
        version: info.protocol_version.clone(),
        server,
        tools: tools.iter().map(|tool| tool.name.to_string()).collect(),
        answer: answer.map(|text| text.text.as_str()).collect(),
        quit: client.cancel().await?,
        process_id,
    })
}
// ANCHOR_END: probe

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "  version {}", self.version)?;
        writeln!(out, "  server  {}", self.server)?;
        writeln!(out, "  tools   {}", self.tools.join(", "))?;
        writeln!(out, "  answer  {}", self.answer)?;
        write!(out, "  ended   {:?}", self.quit)
    }
}
