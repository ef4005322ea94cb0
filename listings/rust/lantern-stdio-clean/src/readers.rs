//! Two readers of a server's standard output: one strict, one that forgives.

use std::error::Error;
use std::process::Stdio;

use rmcp::ServiceExt;
use rmcp::model::CallToolRequestParams;
use rmcp::transport::TokioChildProcess;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

const SESSION: &str = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"strict","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"count_events","arguments":{"service":"payments","level":"error"}}}
"#;

// ANCHOR: strict
/// Where the first line starts that is no JSON-RPC message, counted in bytes.
pub fn first_bad_byte(stdout: &[u8]) -> Option<usize> {
    let mut offset = 0;
    for line in stdout.split_inclusive(|byte| *byte == b'\n') {
        let message = serde_json::from_slice::<Value>(line);
        if !message.is_ok_and(|message| message["jsonrpc"] == "2.0") {
            return Some(offset);
        }
        offset += line.len();
    }
    None
}

/// Pipes a short session through `server` and returns all it wrote to standard output.
pub async fn stdout_of(mut server: Command) -> std::io::Result<Vec<u8>> {
    let mut child = server
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(SESSION.as_bytes()).await?;
    }
    Ok(child.wait_with_output().await?.stdout)
}
// ANCHOR_END: strict

/// What the SDK's own client got out of the same server.
#[derive(Debug, PartialEq, Eq)]
pub struct Forgiven {
    pub answer: String,
    pub logged_to_stderr: bool,
}

// ANCHOR: forgiving
/// Starts `server`, calls a tool and ends the child, reading its standard error all the time.
pub async fn ask_with_rmcp(server: Command) -> Result<Forgiven, Box<dyn Error>> {
    let (child, stderr) = TokioChildProcess::builder(server)
        .stderr(Stdio::piped())
        .spawn()?;
    // Read from the start: a server whose log fills the pipe stops until somebody reads.
    let log = tokio::spawn(async move {
        let mut log = Vec::new();
        if let Some(mut stderr) = stderr {
            stderr.read_to_end(&mut log).await?;
        }
        Ok::<_, std::io::Error>(String::from_utf8_lossy(&log).into_owned())
    });
    let client = ().serve(child).await?;

    let arguments = json!({ "service": "payments", "level": "error" });
    let call = CallToolRequestParams::new("count_events")
        .with_arguments(arguments.as_object().cloned().unwrap_or_default());
    let result = client.call_tool(call).await?;
    let texts = result.content.iter().filter_map(|block| block.as_text());
    let answer = texts.map(|text| text.text.as_str()).collect();
    client.cancel().await?;

    Ok(Forgiven {
        answer,
        logged_to_stderr: log.await??.contains("a client is connected"),
    })
}
// ANCHOR_END: forgiving
