//! The checked-in recordings: one JSON object per line.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::desk::Desk;
use crate::diff::{Difference, compare, normalise};
use crate::record::{Era, Frame, From, record};

fn path(era: Era) -> PathBuf {
    let name = format!("{}.jsonl", era.version());
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("goldens")
        .join(name)
}

pub async fn recorded(desk: Desk, era: Era) -> io::Result<Vec<Frame>> {
    let frames = record(desk, era).await?;
    Ok(frames.into_iter().map(normalise).collect())
}

pub fn read(era: Era) -> io::Result<Vec<Frame>> {
    let lines = fs::read_to_string(path(era))?;
    let frames = lines.lines().map(serde_json::from_str);
    Ok(frames.collect::<Result<_, _>>()?)
}

pub fn write(era: Era, frames: &[Frame]) -> io::Result<()> {
    let mut text = String::new();
    for frame in frames {
        text.push_str(&serde_json::to_string(frame)?);
        text.push('\n');
    }
    let path = path(era);
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    fs::write(path, text)
}

// ANCHOR: drift
/// What changed since the golden was written, in the frames of both sides.
pub fn drift(golden: &[Frame], now: &[Frame]) -> Vec<Difference> {
    let mut found = compare(golden, now, From::Server);
    found.extend(compare(golden, now, From::Client));
    found
}
// ANCHOR_END: drift
