use std::fs;
use std::process::ExitCode;

use changelog_gate::{Effect, between, facts, locked, step};
use semver::Version;

const FACTS: &str = include_str!("../rmcp.toml");

fn main() -> Result<ExitCode, String> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [lock, target] = &words[..] else {
        return Err("say a lock file and a target version".into());
    };
    let text = fs::read_to_string(lock).map_err(|error| format!("{lock}: {error}"))?;
    let from = locked(&text, "rmcp")?;
    let to = Version::parse(target).map_err(|error| format!("{target}: {error}"))?;
    let releases = facts(FACTS)?;
    let passed = between(&releases, &from, &to)?;

    println!("rmcp {from} to {to}: {} releases", passed.len());
    let mut found = 0;
    let mut silent = 0;
    for release in passed {
        if release.changes.is_empty() {
            continue;
        }
        let version = &release.version;
        println!("{version} ({}, {})", step(version), release.date);
        for change in &release.changes {
            let effect = match change.effect {
                Effect::Compile => "compile",
                Effect::Behaviour => "behaviour",
            };
            let mark = if change.marked { "breaking" } else { "-" };
            println!(
                "  {effect:<9} {mark:<8} #{:<5} {}",
                change.pull, change.what
            );
            found += 1;
            silent += usize::from(change.effect == Effect::Behaviour && !change.marked);
        }
    }
    println!("{found} changes to read; the changelog does not mark {silent} that change behaviour");
    Ok(if found == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}
