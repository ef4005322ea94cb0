//! The baselines are true and strict. Without the suite (`npm ci` in this folder) its tests say so and end.

use std::path::PathBuf;
use std::process::{Command, Output};

use lantern_conformance::suite::{Failures, Report, baseline, is_installed, server_list};

fn conformance(words: &[&str]) -> Option<Output> {
    if !is_installed() {
        eprintln!("skipped: the conformance suite is not installed");
        return None;
    }
    let mut program = Command::new(env!("CARGO_BIN_EXE_lantern-conformance"));
    Some(program.args(words).output().unwrap())
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
}
// ANCHOR_END: stale

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
