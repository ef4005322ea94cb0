//! Runs the official suite against a server and reads its results.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use std::{env, fs, io, process};

use serde::Deserialize;
use tokio::process::Command;
use tokio::time::timeout;

/// The whole suite may take this long; one scenario may take a quarter of it.
const LIMIT: Duration = Duration::from_secs(240);

fn installed(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("node_modules")
        .join(path)
}

/// Is the suite there? `npm ci` in this folder brings it.
pub fn is_installed() -> bool {
    installed(".bin/conformance").exists()
}

/// The baseline of a revision: the scenarios that we know to fail.
pub fn baseline(revision: &str) -> PathBuf {
    let name = format!("baseline/{revision}.yml");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

pub struct Report {
    /// Exit code 0 of the suite.
    pub accepted: bool,
    /// The scenarios that the revision requires of a server, and whether they pass.
    pub required: BTreeMap<String, bool>,
    /// The scenarios that the baseline lists, as a whole or by some of their checks.
    pub known: BTreeSet<String>,
}

// ANCHOR: run
/// Runs what `revision` requires of a server against the one at `url`.
pub async fn run(url: &str, revision: &str, baseline: &Path) -> io::Result<Report> {
    let known = server_list(&fs::read_to_string(baseline)?);
    let requirements = installed("@modelcontextprotocol/conformance/requirements")
        .join(format!("{revision}.yaml"));
    let required = server_list(&fs::read_to_string(requirements)?);

    let results = env::temp_dir().join(format!("lantern-conformance-{}", process::id()));
    let status = Command::new(installed(".bin/node"))
        .arg(installed(".bin/conformance"))
        .args(["server", "--url", url, "--requirements", revision])
        .args(["--timeout", "60000"])
        .arg("--expected-failures")
        .arg(baseline)
        .arg("--output-dir")
        .arg(&results)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .status();
    let status = timeout(LIMIT, status).await??;

    let mut passed = passed(&results)?;
    fs::remove_dir_all(&results)?;
    passed.retain(|scenario, _| required.contains(scenario));
    for scenario in required {
        // A scenario without results did not pass.
        passed.entry(scenario).or_insert(false);
    }
    let scenarios = known.iter().filter_map(|entry| entry.split(':').next());
    Ok(Report {
        accepted: status.success(),
        required: passed,
        known: scenarios.map(str::to_owned).collect(),
    })
}
// ANCHOR_END: run

// ANCHOR: passed
/// The suite writes a folder `server-<scenario>-<time>` for each scenario, with all its checks.
fn passed(results: &Path) -> io::Result<BTreeMap<String, bool>> {
    #[derive(Deserialize)]
    struct Check {
        status: String,
    }
    const TIME: usize = "-2026-07-28T00-00-00-000Z".len();
    let mut passed = BTreeMap::new();
    for entry in fs::read_dir(results)? {
        let entry = entry?;
        let name = entry.file_name().into_string().unwrap_or_default();
        let end = name.len().saturating_sub(TIME);
        let Some(scenario) = name[..end].strip_prefix("server-") else {
            continue;
        };
        let checks = fs::read(entry.path().join("checks.json"))?;
        let checks: Vec<Check> = serde_json::from_slice(&checks)?;
        // Where it compares with a baseline, the suite takes a warning for a failure.
        let ok = !checks
            .iter()
            .any(|check| ["FAILURE", "WARNING"].contains(&check.status.as_str()));
        passed.insert(scenario.to_owned(), ok && !checks.is_empty());
    }
    Ok(passed)
}
// ANCHOR_END: passed

/// The list below `server:` in a baseline or in a requirements file of the suite.
pub fn server_list(yaml: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in yaml.lines() {
        let words = line.split('#').next().unwrap_or_default().trim_end();
        if !words.is_empty() && !words.starts_with(' ') {
            inside = words == "server:";
        } else if let Some(item) = words.trim_start().strip_prefix("- ").filter(|_| inside) {
            found.insert(item.to_owned());
        }
    }
    found
}
