//! Plays a recorded session against a server that speaks on its standard streams.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

/// For one reply: the server may be a `cargo run` that compiles first.
pub const PATIENCE: Duration = Duration::from_secs(600);

/// Ends its process when it goes, unless the process has ended.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Sends the lines of `session`, waits for the reply to each request, and returns the replies.
///
/// # Errors
/// When the server cannot be started, ends early, writes something else than JSON, or keeps silent for longer than
/// `patience`. A tool that panics answers nothing, for example.
pub fn play(mut command: Command, session: &str, patience: Duration) -> io::Result<Vec<Value>> {
    let mut server = Server(
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?,
    );
    let (input, output) = (server.0.stdin.take(), server.0.stdout.take());
    let mut input = input.ok_or(io::ErrorKind::BrokenPipe)?;
    let output = BufReader::new(output.ok_or(io::ErrorKind::BrokenPipe)?);
    // A pipe cannot be read with a time limit, a channel can.
    let (sender, lines) = channel();
    thread::spawn(move || output.lines().try_for_each(|line| sender.send(line)));
    let next_line = || match lines.recv_timeout(patience) {
        Ok(line) => line.map(Some),
        Err(RecvTimeoutError::Disconnected) => Ok(None),
        Err(RecvTimeoutError::Timeout) => Err(io::ErrorKind::TimedOut.into()),
    };

    let mut replies = Vec::new();
    for line in session.lines() {
        writeln!(input, "{line}")?;
        let sent: Value = serde_json::from_str(line)?;
        while sent.get("id").is_some() {
            let line = next_line()?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let reply: Value = serde_json::from_str(&line)?;
            if reply.get("id") == sent.get("id") {
                replies.push(reply);
                break;
            }
        }
    }
    drop(input);
    while next_line()?.is_some() {}
    server.0.wait()?;
    Ok(replies)
}
