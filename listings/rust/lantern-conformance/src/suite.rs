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
    /// The scenarios that the revision requires of a server, with the checks that fail and why.
    pub required: BTreeMap<String, Failures>,
    /// What the baseline lists: `scenario`, or `scenario:check`.
    pub known: BTreeSet<String>,
}

pub type Failures = BTreeMap<String, String>;

impl Report {
    /// The failures of a scenario that the baseline does not excuse.
    pub fn unlisted(&self, scenario: &str) -> Failures {
        let mut failures = self.required.get(scenario).cloned().unwrap_or_default();
        failures.retain(|check, _| {
            !self.known.contains(scenario) && !self.known.contains(&format!("{scenario}:{check}"))
        });
        failures
    }

    /// The entries of the baseline that excuse nothing in a scenario.
    pub fn stale(&self, scenario: &str) -> Vec<&str> {
        let failures = self.required.get(scenario);
        let fails = |check: Option<&str>| {
            failures.is_some_and(|failures| match check {
                Some(check) => failures.contains_key(check),
                None => !failures.is_empty(),
            })
        };
        let known = self.known.iter().map(String::as_str);
        known
            .filter(|entry| {
                let mut parts = entry.splitn(2, ':');
                parts.next() == Some(scenario) && !fails(parts.next())
            })
            .collect()
    }
}

/// A new folder for the results of one run. It goes when the run ends, however it ends.
struct Results(PathBuf);

impl Results {
    fn new() -> io::Result<Self> {
        let mut number = 0;
        loop {
            let name = format!("lantern-conformance-{}-{number}", process::id());
            let path = env::temp_dir().join(name);
            match fs::create_dir(&path) {
                // An earlier process with the same id left it behind.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                created => return created.map(|()| Self(path)),
            }
        }
    }
}

impl Drop for Results {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

// ANCHOR: run
/// Runs what `revision` requires of a server against the one at `url`.
pub async fn run(url: &str, revision: &str, baseline: &Path) -> io::Result<Report> {
    let known = server_list(&fs::read_to_string(baseline)?);
    let requirements = installed("@modelcontextprotocol/conformance/requirements")
        .join(format!("{revision}.yaml"));
    let required = server_list(&fs::read_to_string(requirements)?);

    let results = Results::new()?;
    let status = Command::new(installed(".bin/node"))
        .arg(installed(".bin/conformance"))
        .args(["server", "--url", url, "--requirements", revision])
        .args(["--timeout", "60000"])
        .arg("--expected-failures")
        .arg(baseline)
        .arg("--output-dir")
        .arg(&results.0)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .status();
    let status = timeout(LIMIT, status).await??;

    let mut failed = failed(&results.0)?;
    let required = required.into_iter().map(|scenario| {
        let failures = failed.remove(&scenario).unwrap_or_else(nothing_checked);
        (scenario, failures)
    });
    Ok(Report {
        accepted: status.success(),
        required: required.collect(),
        known,
    })
}
// ANCHOR_END: run

/// A scenario without results did not pass.
fn nothing_checked() -> Failures {
    Failures::from([("nothing".to_owned(), "was checked".to_owned())])
}

// ANCHOR: failed
/// The suite writes a folder `server-<scenario>-<time>` for each scenario, with all its checks.
fn failed(results: &Path) -> io::Result<BTreeMap<String, Failures>> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Check {
        id: String,
        status: String,
        error_message: Option<String>,
    }
    const TIME: usize = "-2026-07-28T00-00-00-000Z".len();
    let mut failed = BTreeMap::new();
    for entry in fs::read_dir(results)? {
        let entry = entry?;
        let name = entry.file_name().into_string().unwrap_or_default();
        let end = name.len().saturating_sub(TIME);
        let Some(scenario) = name[..end].strip_prefix("server-") else {
            continue;
        };
        let checks = fs::read(entry.path().join("checks.json"))?;
        let checks: Vec<Check> = serde_json::from_slice(&checks)?;
        let failures = if checks.is_empty() {
            nothing_checked()
        } else {
            // Where it compares with a baseline, the suite takes a warning for a failure.
            let bad = |check: &Check| ["FAILURE", "WARNING"].contains(&check.status.as_str());
            let bad = checks.into_iter().filter(bad);
            bad.map(|check| (check.id, check.error_message.unwrap_or_default()))
                .collect()
        };
        failed.insert(scenario.to_owned(), failures);
    }
    Ok(failed)
}
// ANCHOR_END: failed

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
