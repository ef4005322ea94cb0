//! The player waits for a while and not for ever, and leaves no process behind.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use lantern_migrated::{PATIENCE, play};

const REQUEST: &str = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
const SHORT: Duration = Duration::from_secs(1);

fn shell(script: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", script]);
    shell
}

#[test]
fn a_server_that_answers_nothing_ends_the_play() {
    let silent = shell("exec sleep 600");
    let error = play(silent, REQUEST, SHORT).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TimedOut);
}

#[test]
fn a_server_that_does_not_end_with_its_input_ends_the_play() {
    let stays = shell(r#"echo '{"id":1}'; exec sleep 600"#);
    let error = play(stays, REQUEST, SHORT).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TimedOut);
}

#[test]
fn a_server_that_ends_early_is_an_error() {
    let quits = shell("read request");
    let error = play(quits, REQUEST, PATIENCE).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
}

#[test]
fn an_error_leaves_no_process_behind() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("play.pid");
    let mut babbles = shell(r#"echo $$ > "$PID_FILE"; echo hello; exec sleep 600"#);
    babbles.env("PID_FILE", &file);
    let error = play(babbles, REQUEST, PATIENCE).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidData);
    let id = fs::read_to_string(&file).unwrap();
    let alive = shell(r#"kill -0 "$0""#)
        .arg(id.trim())
        .stderr(Stdio::null())
        .status();
    assert!(!alive.unwrap().success(), "{id}");
}
