//! The real program with real signals.
#![cfg(unix)]

use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStderr, Command};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(60);

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lantern-server"));
    command.env_clear().kill_on_drop(true);
    command
}

/// Starts the program on a free port; the lines of its log come with it.
async fn start(settings: &[(&str, &str)]) -> (Child, String, Lines<BufReader<ChildStderr>>) {
    let mut child = program()
        .env("LANTERN_BIND", "127.0.0.1:0")
        .env("LANTERN_SETTLE_SECONDS", "0")
        .envs(settings.iter().copied())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = timeout(PATIENCE, log.next_line())
        .await
        .unwrap()
        .unwrap()
        .unwrap();
    let line: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(line["message"], "listening");
    let url = format!("http://{}", line["address"].as_str().unwrap());
    (child, url, log)
}

/// Goes to loopback, whatever proxy the environment names.
fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

fn scan(url: &str) -> reqwest::RequestBuilder {
    let arguments = json!({ "text": "upstream" });
    let params = json!({ "name": "scan_archive", "arguments": arguments });
    post(url, "tools/call", params).header("mcp-name", "scan_archive")
}

fn post(url: &str, method: &str, mut params: Value) -> reqwest::RequestBuilder {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    client()
        .post(format!("{url}/mcp"))
        .header("accept", "application/json, text/event-stream")
        .header("content-type", "application/json")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", method)
        .body(message.to_string())
}

/// Polls until the gauge says that a call runs.
async fn until_running(url: &str) {
    let client = client();
    for _ in 0..600 {
        let page = client.get(format!("{url}/metrics")).send().await.unwrap();
        if page
            .text()
            .await
            .unwrap()
            .contains("lantern_calls_running 1")
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the call never began");
}

async fn terminate(child: &mut Child) {
    let id = child.id().unwrap().to_string();
    Command::new("kill")
        .args(["-TERM", &id])
        .status()
        .await
        .unwrap();
}

async fn rest(mut log: Lines<BufReader<ChildStderr>>) -> Vec<Value> {
    let mut lines = Vec::new();
    while let Some(line) = timeout(PATIENCE, log.next_line()).await.unwrap().unwrap() {
        lines.push(serde_json::from_str(&line).expect("every line is JSON"));
    }
    lines
}

// ANCHOR: sigterm
#[tokio::test]
async fn sigterm_lets_the_running_call_finish_and_exits_with_zero() {
    // Six seconds: the signal meets the call even where everything else is slow.
    let (mut child, url, log) = start(&[("LANTERN_SEGMENT_MILLIS", "500")]).await;
    let running = tokio::spawn(scan(&url).send());
    until_running(&url).await;
    terminate(&mut child).await;
    let answer = running.await.unwrap().unwrap();
    assert_eq!(answer.status(), 200);
    let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert!(answer["result"]["isError"] != true);
    let status = timeout(PATIENCE, child.wait()).await.unwrap().unwrap();
    assert_eq!(status.code(), Some(0));
    let lines = rest(log).await;
    let stages: Vec<_> = lines
        .iter()
        .filter_map(|line| line["stage"].as_str())
        .collect();
    assert_eq!(stages, ["unready", "closed", "idle", "silent"]);
    let place = |name, value| lines.iter().position(|line| line[name] == value).unwrap();
    assert!(place("stage", "closed") < place("outcome", "ok"));
}
// ANCHOR_END: sigterm

/// Whether the process has a handler for SIGTERM, from Linux' `/proc`.
#[cfg(target_os = "linux")]
fn catches_sigterm(process: u32) -> bool {
    const SIGTERM: u64 = 15;
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = u64::from_str_radix(caught.unwrap().trim(), 16).unwrap();
    caught & (1 << (SIGTERM - 1)) != 0
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_handlers_are_there_before_the_log_says_that_the_service_listens() {
    // Nobody empties the pipe of the log, so the program cannot get past its first line.
    let (full, _log) = tokio::net::unix::pipe::pipe().unwrap();
    full.writable().await.unwrap(); // until then nothing can be written
    while full.try_write(b"x").is_ok() {}
    let child = program()
        .env("LANTERN_BIND", "127.0.0.1:0")
        .stderr(full.into_blocking_fd().unwrap())
        .spawn()
        .unwrap();
    let process = child.id().unwrap();
    let ready = async {
        while !catches_sigterm(process) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, ready).await.expect("the line came first");
}

#[tokio::test]
async fn an_open_stream_does_not_hold_up_the_exit() {
    let (mut child, url, _log) = start(&[]).await;
    let wanted = json!({ "notifications": { "toolsListChanged": true } });
    let listening = post(&url, "subscriptions/listen", wanted).send();
    let listening = timeout(PATIENCE, listening).await.unwrap().unwrap();
    assert_eq!(listening.status(), 200);
    terminate(&mut child).await;
    let status = timeout(PATIENCE, child.wait()).await.unwrap().unwrap();
    assert_eq!(status.code(), Some(0));
}

// ANCHOR: half
#[tokio::test]
async fn half_a_request_does_not_hold_up_the_exit() {
    let (mut child, url, log) = start(&[]).await;
    let address = url.strip_prefix("http://").unwrap();
    let mut half = TcpStream::connect(address).await.unwrap();
    let head = "POST /mcp HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
                accept: application/json, text/event-stream\r\n\
                content-length: 100\r\nexpect: 100-continue\r\n\r\n";
    half.write_all(head.as_bytes()).await.unwrap();
    // The server asks for the body, so it has begun to wait for it.
    let mut asked = [0; 12];
    half.read_exact(&mut asked).await.unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100");
    terminate(&mut child).await;
    let status = timeout(PATIENCE, child.wait()).await.unwrap().unwrap();
    assert_eq!(status.code(), Some(0));
    let last = rest(log).await.pop().unwrap();
    assert_eq!(last["message"], "connections are left that do not end");
    drop(half);
}
// ANCHOR_END: half

#[tokio::test]
async fn a_call_beyond_the_drain_time_is_cut_and_the_exit_code_is_still_zero() {
    let slow = [
        ("LANTERN_SEGMENT_MILLIS", "60000"),
        ("LANTERN_DRAIN_SECONDS", "1"),
    ];
    let (mut child, url, log) = start(&slow).await;
    let running = tokio::spawn(scan(&url).send());
    until_running(&url).await;
    terminate(&mut child).await;
    let answer = running.await.unwrap().unwrap().text().await.unwrap();
    assert!(answer.contains("the server stops; call again"));
    let status = timeout(PATIENCE, child.wait()).await.unwrap().unwrap();
    assert_eq!(status.code(), Some(0));
    let lines = rest(log).await;
    assert!(lines.iter().any(|line| line["outcome"] == "stopped"));
}

#[tokio::test]
async fn a_wrong_setting_stops_the_start() {
    let output = program().env("LANTERN_PORT", "80").output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not a setting"));
}

#[tokio::test]
async fn on_stdio_the_same_program_writes_nothing_but_messages() {
    let mut child = program()
        .arg("--stdio")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let client = json!({ "name": "by hand", "version": "1" });
    let hello =
        json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
    // The call leaves a line in the log, and that is JSON too.
    let count = json!({ "name": "count_events", "arguments": { "service": "tax" } });
    for message in [
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello }),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
        json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" }),
        json!({ "jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": count }),
    ] {
        stdin
            .write_all(format!("{message}\n").as_bytes())
            .await
            .unwrap();
    }
    drop(stdin);
    let output = timeout(PATIENCE, child.wait_with_output())
        .await
        .unwrap()
        .unwrap();
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).expect("every line is JSON"))
        .collect();
    assert!(lines.iter().all(|line| line["jsonrpc"] == "2.0"));
    assert_eq!(lines.len(), 3);
    let reply = |id| &lines.iter().find(|line| line["id"] == id).unwrap()["result"];
    assert!(reply(1)["serverInfo"].is_object());
    assert_eq!(reply(2)["tools"].as_array().map(Vec::len), Some(3));
    assert!(reply(3)["content"][0]["text"].is_string());
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains(r#""tool":"count_events""#));
}
