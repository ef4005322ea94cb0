//! The binary as a host sees it: lines in, lines out.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn run(stdin: Stdio) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lantern-hello"))
        .stdin(stdin)
        .output()
        .unwrap()
}

fn session(file: &str) -> Output {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    run(File::open(path).unwrap().into())
}

// ANCHOR: stdout
#[test]
fn stdout_holds_nothing_but_json_rpc() {
    for file in ["session.jsonl", "modern.jsonl"] {
        let output = session(file);
        assert!(output.status.success());
        let stdout = String::from_utf8(output.stdout).unwrap();
        for line in stdout.lines() {
            let frame: Value = serde_json::from_str(line).expect(line);
            assert_eq!(frame["jsonrpc"], "2.0");
        }
        assert_eq!(stdout.lines().count(), 3);
    }
}
// ANCHOR_END: stdout

fn frames(file: &str) -> Vec<Value> {
    let stdout = String::from_utf8(session(file).stdout).unwrap();
    let mut frames: Vec<Value> = stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    frames.sort_by_key(|frame| frame["id"].as_u64());
    frames
}

#[test]
fn the_server_calls_itself_rmcp() {
    let name = &frames("session.jsonl")[0]["result"]["serverInfo"]["name"];
    assert_eq!(name, "rmcp");
}

#[test]
fn only_the_current_revision_says_what_kind_of_result_it_is() {
    assert_eq!(frames("session.jsonl")[2]["result"].get("resultType"), None);
    assert_eq!(
        frames("modern.jsonl")[1]["result"]["resultType"],
        "complete"
    );
}

#[test]
fn a_connection_without_any_request_is_an_error() {
    let output = run(Stdio::null());
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("ConnectionClosed"), "{stderr}");
}
