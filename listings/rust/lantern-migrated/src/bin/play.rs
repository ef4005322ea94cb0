use std::io;
use std::process::Command;

use lantern_migrated::{PATIENCE, play};

fn main() -> io::Result<()> {
    let mut words = std::env::args().skip(1);
    let program = words.next().ok_or(io::ErrorKind::InvalidInput)?;
    let mut command = Command::new(program);
    command.args(words);
    for reply in play(command, include_str!("../../session.jsonl"), PATIENCE)? {
        println!("{reply}");
    }
    Ok(())
}
