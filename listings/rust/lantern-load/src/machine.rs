//! What the figures depend on.

use std::fs;
use std::io;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// Memory that a process holds in RAM, from Linux' `/proc`.
///
/// # Errors
/// When the process is gone, or the system is not Linux.
pub fn resident_bytes(process: u32) -> io::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    Ok(kibibytes.ok_or(io::ErrorKind::InvalidData)? * 1024)
}

/// Lines that say when and where: date, compiler, processor, load.
pub fn describe() -> Vec<String> {
    let unknown = || "unknown".to_owned();
    let processor = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg")
        .ok()
        .and_then(|text| Some(text.split(' ').next()?.to_owned()));
    let compiler = Command::new("rustc")
        .arg("--version")
        .output()
        .ok()
        .map(|output| {
            let words = String::from_utf8_lossy(&output.stdout).into_owned();
            words.split(' ').take(2).collect::<Vec<_>>().join(" ")
        });
    let days = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() / 86_400);
    vec![
        format!("date       {}", date(days)),
        format!(
            "compiler   {}, release build",
            compiler.unwrap_or_else(unknown)
        ),
        format!(
            "machine    {}, {cores} cores",
            processor.unwrap_or_else(unknown)
        ),
        format!("load       {} before the run", load.unwrap_or_else(unknown)),
    ]
}

/// The date so many days after 1970-01-01.
pub fn date(mut days: u64) -> String {
    let mut year = 1970;
    let leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let february = 28 + u64::from(leap(year));
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}
