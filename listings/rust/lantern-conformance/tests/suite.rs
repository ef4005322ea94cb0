//! The baselines are true and strict. The tests install the suite if it is not there, and without npm they say so
//! and end.

use std::path::PathBuf;
use std::process::{self, Command, Output};
use std::sync::LazyLock;
use std::{env, fs, io};

use lantern_conformance::suite::{Failures, Report, baseline, is_installed, run, server_list};

/// Is the suite there?
static SUITE: LazyLock<bool> = LazyLock::new(|| {
    if is_installed() {
        return true;
    }
    let mut npm = Command::new("npm");
    let npm = npm.args(["ci", "--no-audit", "--no-fund"]);
    match npm.current_dir(env!("CARGO_MANIFEST_DIR")).output() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            eprintln!("skipped: the conformance suite is not installed, and there is no npm");
            false
        }
        npm => {
            let npm = npm.unwrap();
            let complaint = String::from_utf8_lossy(&npm.stderr);
            assert!(npm.status.success() && is_installed(), "{complaint}");
            true
        }
    }
});

/// Runs the program, which finds no other Node than the one that the package brings.
fn conformance(words: &[&str]) -> Option<Output> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_lantern-conformance"));
    SUITE.then(|| program.args(words).env("PATH", "").output().unwrap())
}

#[test]
fn the_suite_accepts_both_revisions_with_their_baselines() {
    for revision in ["2025-11-25", "2026-07-28"] {
        let Some(output) = conformance(&[revision]) else {
            return;
        };
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}");
        assert!(!text.contains("FAILS"), "{text}");
    }
}

// ANCHOR: stale
#[test]
fn a_listed_scenario_that_passes_is_rejected() {
    let stale = baseline("stale");
    let listed = server_list(&std::fs::read_to_string(&stale).unwrap());
    let honest = server_list(&std::fs::read_to_string(baseline("2025-11-25")).unwrap());
    let surplus: Vec<_> = listed.difference(&honest).collect();
    assert_eq!(surplus, ["ping"]);

    let Some(output) = conformance(&["2025-11-25", stale.to_str().unwrap()]) else {
        return;
    };
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut complaints = text
        .lines()
        .filter(|line| line.contains("baseline lists it"));
    let words: Vec<_> = complaints.next().unwrap().split_whitespace().collect();
    assert_eq!(words.join(" "), "ping passes, but the baseline lists it");
    assert_eq!(complaints.next(), None);
    assert!(!text.contains("FAILS"), "{text}");
    assert_eq!(text.lines().last(), Some("the suite rejects this"));
}
// ANCHOR_END: stale

#[tokio::test]
async fn a_run_reads_its_own_results_and_leaves_nothing_behind() {
    if !*SUITE {
        return;
    }
    let ours = format!("lantern-conformance-{}-", process::id());
    let earlier = env::temp_dir().join(format!("{ours}0"));
    let result = earlier.join("server-ping-2026-07-28T00-00-00-000Z");
    fs::create_dir_all(&result).unwrap();
    fs::write(
        result.join("checks.json"),
        r#"[{"id":"ping","status":"SUCCESS"}]"#,
    )
    .unwrap();

    let nobody_listens = "http://127.0.0.1:1/mcp";
    let report = run(nobody_listens, "2025-11-25", &baseline("2025-11-25")).await;
    assert!(!report.unwrap().required["ping"].is_empty());
    let left = fs::read_dir(env::temp_dir()).unwrap().flatten();
    let left = left.map(|entry| entry.file_name().into_string().unwrap_or_default());
    let left: Vec<_> = left.filter(|name| name.starts_with(&ours)).collect();
    assert_eq!(left, [format!("{ours}0")]);
    assert!(result.join("checks.json").exists());
    fs::remove_dir_all(earlier).unwrap();
}

#[test]
fn an_unlisted_failure_is_rejected() {
    let empty = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("empty.yml");
    std::fs::write(&empty, "server: []\n").unwrap();
    let Some(output) = conformance(&["2025-11-25", empty.to_str().unwrap()]) else {
        return;
    };
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("FAILS"), "{text}");
    // The reason of a failure stands below it.
    assert!(text.contains("\n    tools-call-elicitation: "), "{text}");
}

#[test]
fn an_entry_for_one_check_excuses_that_check_alone() {
    let failures = ["a", "b"].map(|check| (check.to_owned(), "broken".to_owned()));
    let report = Report {
        accepted: false,
        required: [("s".to_owned(), Failures::from(failures))].into(),
        known: ["s:a", "s:c", "t"].map(str::to_owned).into(),
    };
    let unlisted = report.unlisted("s");
    assert_eq!(unlisted.keys().collect::<Vec<_>>(), ["b"]);
    assert_eq!(report.stale("s"), ["s:c"]);
}

#[test]
fn lists_of_other_roles_are_not_read() {
    let yaml = "# x\nclient:\n  - a\n\nserver:\n  # why\n  - b # c\n  - d:e\nnot_scored:\n  - f\n";
    assert_eq!(
        server_list(yaml).into_iter().collect::<Vec<_>>(),
        ["b", "d:e"]
    );
}
