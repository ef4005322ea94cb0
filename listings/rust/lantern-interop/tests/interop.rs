use std::process::{Command, Stdio};

use lantern_interop::{CLIENTS, Client, folder};
use serde_json::Value;

/// The packages that a lock file names, without the project itself.
fn locked(file: &str) -> Option<Value> {
    let text = std::fs::read_to_string(folder().join(file)).ok()?;
    let mut lock: Value = serde_json::from_str(&text).ok()?;
    lock["packages"].as_object_mut()?.remove("");
    Some(lock["packages"].take())
}

/// Installs what `package-lock.json` names, unless it is there. False where there is no npm.
fn installed() -> bool {
    let npm = |arguments: &[&str]| {
        let mut command = Command::new("npm");
        command.args(arguments).current_dir(folder());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !npm(&["--version"]) {
        println!("skipped: clients in TypeScript need npm, and there is none");
        return false;
    }
    let wanted = locked("package-lock.json").expect("a lock file");
    // npm notes there what it has put into the folder.
    if locked("node_modules/.package-lock.json").as_ref() != Some(&wanted) {
        let ci = ["ci", "--prefer-offline", "--no-audit", "--no-fund"];
        assert!(npm(&ci), "npm ci failed");
    }
    true
}

// ANCHOR: same
#[tokio::test]
async fn every_client_gets_the_same_answers() {
    let node = installed();
    let reference = CLIENTS[0].1.run().await.unwrap();
    let mut revisions = Vec::new();
    for (name, client) in CLIENTS {
        if matches!(client, Client::Node(..)) && !node {
            continue;
        }
        let report = client.run().await.unwrap();
        assert_eq!(report.answers, reference.answers, "{name}");
        revisions.push(report.revision);
    }
    let (old, new) = ("2025-11-25", "2026-07-28");
    let expected = [old, new, old, old, new];
    assert_eq!(revisions, expected[..revisions.len()]);
}
// ANCHOR_END: same

#[tokio::test]
async fn the_scenario_meets_a_success_a_mistake_and_a_refusal() {
    let answers = CLIENTS[0].1.run().await.unwrap().answers;
    assert_eq!(answers["tools"].as_array().unwrap().len(), 3);
    assert_eq!(answers["mistake"]["isError"], true);
    assert_eq!(answers["refused"], -32602);
    assert_eq!(answers["incident"]["id"], "INC-0007");
}

#[test]
fn the_names_carry_the_versions_that_are_installed() {
    let manifest = include_str!("../package.json");
    let manifest: serde_json::Value = serde_json::from_str(manifest).unwrap();
    for package in ["@modelcontextprotocol/client", "@modelcontextprotocol/sdk"] {
        let version = manifest["dependencies"][package].as_str().unwrap();
        let name = format!("{package} {version}");
        assert!(CLIENTS.iter().any(|(client, _)| client.starts_with(&name)));
    }
}
