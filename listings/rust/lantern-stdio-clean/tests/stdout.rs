//! The strict reader finds what the SDK's client forgives.

use lantern_core::Dataset;
use lantern_stdio_clean::Logging;
use lantern_stdio_clean::readers::{ask_with_rmcp, first_bad_byte, stdout_of};
use lantern_tools::Desk;
use rmcp::ServiceExt;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

fn server(logging: Logging) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lantern-stdio-clean"));
    command.arg(logging.name());
    command
}

#[tokio::test]
async fn the_strict_reader_passes_only_the_server_that_logs_to_stderr() {
    for logging in Logging::ALL {
        let stdout = stdout_of(server(logging)).await.unwrap();
        let clean = first_bad_byte(&stdout).is_none();
        assert_eq!(clean, logging == Logging::Stderr, "{logging:?}");
    }
}

#[tokio::test]
async fn the_rmcp_client_gets_its_answer_from_all_three() {
    for logging in Logging::ALL {
        let forgiven = ask_with_rmcp(server(logging)).await.unwrap();
        assert_eq!(forgiven.answer, "payments: 6", "{logging:?}");
        assert_eq!(
            forgiven.logged_to_stderr,
            logging == Logging::Stderr,
            "{logging:?}"
        );
    }
}

#[tokio::test]
async fn a_log_that_is_longer_than_a_pipe_holds_up_nobody() {
    // Writes 1 MiB to standard error and becomes the server.
    let script = r#"head -c 1048576 /dev/zero >&2; exec "$0" stderr"#;
    let mut chatty = Command::new("sh");
    chatty.args(["-c", script, env!("CARGO_BIN_EXE_lantern-stdio-clean")]);
    let minute = std::time::Duration::from_secs(60);
    let forgiven = tokio::time::timeout(minute, ask_with_rmcp(chatty)).await;
    let forgiven = forgiven.expect("the server waits for a reader").unwrap();
    assert_eq!(forgiven.answer, "payments: 6");
    assert!(forgiven.logged_to_stderr);
}

#[test]
fn the_offset_counts_bytes_of_good_lines() {
    let good = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n";
    assert_eq!(first_bad_byte(good.as_bytes()), None);
    let bad = format!("{good}INFO ready\n");
    assert_eq!(first_bad_byte(bad.as_bytes()), Some(good.len()));
    assert_eq!(first_bad_byte(b"{\"level\":\"info\"}\n"), Some(0));
}

// ANCHOR: shapes
#[tokio::test]
async fn a_line_that_is_not_json_gets_no_reply_and_json_of_another_shape_gets_one() {
    let (near, far) = tokio::io::duplex(4096);
    let server = tokio::spawn(Desk::new(Dataset::generate(7, 3)).serve(far));
    let (reader, mut writer) = tokio::io::split(near);
    let mut lines = BufReader::new(reader).lines();

    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let ask = json!({
        "jsonrpc": "2.0", "id": 7, "method": "server/discover", "params": { "_meta": meta },
    });
    let log = json!({ "level": "info", "text": "ready" });
    let lines_in = format!("INFO ready\n\n{log}\n{ask}\r\n");
    writer.write_all(lines_in.as_bytes()).await.unwrap();

    let first: Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
    assert_eq!(first["error"]["code"], -32600);
    assert_eq!(first["id"], Value::Null);
    let second: Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
    assert_eq!(second["id"], 7);
    server.abort();
}
// ANCHOR_END: shapes
