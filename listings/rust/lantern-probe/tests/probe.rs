use std::process::Command as StdCommand;

use lantern_probe::probe;
use rmcp::ClientLifecycleMode;
use rmcp::model::ProtocolVersion;
use rmcp::service::QuitReason;
use tokio::process::Command;

fn hello() -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--locked", "-p", "lantern-hello"]);
    command
}

fn discover() -> ClientLifecycleMode {
    ClientLifecycleMode::Discover {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28],
    }
}

#[tokio::test]
async fn serve_gets_the_newest_version_that_has_a_handshake() {
    let report = probe(hello(), ClientLifecycleMode::Initialize)
        .await
        .unwrap();
    assert_eq!(report.version, ProtocolVersion::V_2025_11_25);
    assert_eq!(report.server, "rmcp 3.11.0");
    assert_eq!(report.tools, ["count_events"]);
    assert_eq!(report.answer, "payments: 6");
    assert!(
        matches!(report.quit, QuitReason::Cancelled),
        "{:?}",
        report.quit
    );
}

#[tokio::test]
async fn discover_gets_the_current_revision_from_the_same_server() {
    let report = probe(hello(), discover()).await.unwrap();
    assert_eq!(report.version, ProtocolVersion::V_2026_07_28);
    assert_eq!(report.server, "rmcp 3.11.0");
    assert_eq!(report.tools, ["count_events"]);
    assert_eq!(report.answer, "payments: 6");
}

// ANCHOR: gone
#[cfg(unix)]
#[tokio::test]
async fn the_child_is_gone_when_cancel_returns() {
    let report = probe(hello(), ClientLifecycleMode::Initialize)
        .await
        .unwrap();
    let process_id = report.process_id.expect("a running child has a process id");
    let alive = StdCommand::new("sh")
        .args(["-c", &format!("kill -0 {process_id} 2>/dev/null")])
        .status()
        .unwrap()
        .success();
    assert!(!alive, "process {process_id} is still there");
}
// ANCHOR_END: gone

#[tokio::test]
async fn a_server_that_ends_at_once_is_an_error_and_not_a_hang() {
    let mut command = Command::new(env!("CARGO"));
    command.arg("--version");
    assert!(
        probe(command, ClientLifecycleMode::Initialize)
            .await
            .is_err()
    );
}
