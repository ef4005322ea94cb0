//! Plays a recorded session against a server that speaks on its standard streams.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Sends the lines of `session`, waits for the reply to each request, and returns the replies.
pub fn play(mut command: Command, session: &str) -> io::Result<Vec<Value>> {
    let mut server = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let (input, output) = (server.stdin.take(), server.stdout.take());
    let mut input = input.ok_or(io::ErrorKind::BrokenPipe)?;
    let mut lines = BufReader::new(output.ok_or(io::ErrorKind::BrokenPipe)?).lines();
    let mut replies = Vec::new();
    for line in session.lines() {
        writeln!(input, "{line}")?;
        let sent: Value = serde_json::from_str(line)?;
        while sent.get("id").is_some() {
            let line = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
            let reply: Value = serde_json::from_str(&line)?;
            if reply.get("id") == sent.get("id") {
                replies.push(reply);
                break;
            }
        }
    }
    drop(input);
    server.wait()?;
    Ok(replies)
}
