//! The facts agree with the changelog of the locked crate, and the gate reads lock files right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use changelog_gate::{Effect, Release, between, facts, locked, step};
use semver::Version;

fn releases() -> Vec<Release> {
    facts(include_str!("../rmcp.toml")).unwrap()
}

fn version(text: &str) -> Version {
    Version::parse(text).unwrap()
}

struct Entry {
    date: String,
    /// Pull request, and whether a line about it is marked as breaking.
    pulls: BTreeMap<u32, bool>,
    reverted: BTreeSet<u32>,
}

// ANCHOR: changelog
fn cargo(words: &[&str]) -> String {
    let mut cargo = Command::new(env::var("CARGO").unwrap());
    let cargo = cargo.args(words).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = cargo.output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {words:?}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// The changelog that came with the locked crate.
fn changelog() -> String {
    // Without a platform, cargo would fetch the crates that only other systems need, too.
    let about = cargo(&["--version", "--verbose"]);
    let mut facts = about.lines().filter_map(|line| line.split_once(": "));
    let (_, host) = facts.find(|(name, _)| *name == "host").unwrap();
    let metadata = ["metadata", "--format-version", "1", "--locked"];
    let metadata = cargo(&[&metadata[..], &["--filter-platform", host]].concat());
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let mut packages = metadata["packages"].as_array().unwrap().iter();
    let rmcp = packages.find(|package| package["name"] == "rmcp").unwrap();
    let manifest = Path::new(rmcp["manifest_path"].as_str().unwrap());
    fs::read_to_string(manifest.with_file_name("CHANGELOG.md")).unwrap()
}
// ANCHOR_END: changelog

/// Its releases from 0.15.0 on; a pre-release counts as the release that it leads to.
fn entries(changelog: &str) -> BTreeMap<Version, Entry> {
    let mut entries: BTreeMap<Version, Entry> = BTreeMap::new();
    let mut current = None;
    for line in changelog.lines() {
        if let Some(heading) = line.strip_prefix("## [") {
            let Ok(full) = Version::parse(heading.split(']').next().unwrap()) else {
                continue;
            };
            let base = Version::new(full.major, full.minor, full.patch);
            let date = heading.rsplit(' ').next().unwrap().to_owned();
            entries.entry(base.clone()).or_insert(Entry {
                date,
                pulls: BTreeMap::new(),
                reverted: BTreeSet::new(),
            });
            current = Some(base);
        } else if let Some(entry) = current.as_ref().and_then(|base| entries.get_mut(base)) {
            let marked = line.to_lowercase().contains("**breaking**");
            for part in line.split("/pull/").skip(1) {
                let number = part.split(')').next().unwrap().parse().unwrap();
                *entry.pulls.entry(number).or_default() |= marked;
                if line.contains("Revert") {
                    entry.reverted.insert(number);
                }
            }
        }
    }
    entries.retain(|version, _| *version >= Version::new(0, 15, 0));
    entries
}

// ANCHOR: agree
#[test]
fn the_facts_agree_with_the_changelog_of_the_locked_crate() {
    let entries = entries(&changelog());
    let releases = releases();
    let known: BTreeSet<_> = releases.iter().map(|release| &release.version).collect();
    assert_eq!(known, entries.keys().collect());
    for release in &releases {
        let entry = &entries[&release.version];
        assert_eq!(release.date, entry.date, "{}", release.version);
        for change in &release.changes {
            let marked = entry.pulls.get(&change.pull);
            assert_eq!(marked, Some(&change.marked), "#{}", change.pull);
        }
    }
}

#[test]
fn no_change_that_the_changelog_marks_is_missing() {
    let releases = releases();
    for (version, entry) in entries(&changelog()) {
        let mut known = releases.iter().filter(|release| release.version == version);
        let known: BTreeSet<_> = known
            .next()
            .unwrap()
            .changes
            .iter()
            .map(|c| c.pull)
            .collect();
        for (pull, marked) in &entry.pulls {
            let kept = *marked && !entry.reverted.contains(pull);
            assert!(!kept || known.contains(pull), "{version} #{pull}");
        }
    }
}
// ANCHOR_END: agree

#[test]
fn versions_are_after_the_locked_one_and_up_to_the_target() {
    let releases = releases();
    let found = between(&releases, &version("1.3.0"), &version("1.5.0")).unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|release| release.version.to_string())
        .collect();
    assert_eq!(found, ["1.5.0", "1.4.0"]);
    assert!(
        between(&releases, &version("3.11.0"), &version("3.11.0"))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn an_unknown_or_older_target_is_an_error() {
    let releases = releases();
    let error = between(&releases, &version("3.11.0"), &version("99.0.0")).unwrap_err();
    assert!(error.contains("99.0.0"), "{error}");
    let error = between(&releases, &version("3.11.0"), &version("3.0.0")).unwrap_err();
    assert!(error.contains("older"), "{error}");
}

#[test]
fn lock_files_are_read() {
    assert_eq!(
        locked(include_str!("../fixtures/old.lock"), "rmcp").unwrap(),
        version("0.15.0")
    );
    let error = locked(include_str!("../fixtures/two.lock"), "rmcp").unwrap_err();
    assert!(error.contains("2.2.0 and 3.11.0"), "{error}");
    assert!(
        locked("version = 4", "rmcp")
            .unwrap_err()
            .contains("no `rmcp`")
    );
}

#[test]
fn steps_follow_semver() {
    for (text, kind) in [
        ("3.0.0", "major"),
        ("0.16.0", "major"),
        ("1.8.0", "minor"),
        ("3.5.1", "patch"),
    ] {
        assert_eq!(step(&version(text)), kind, "{text}");
    }
}

// ANCHOR: silent
#[test]
fn behaviour_changed_in_minors_and_patches_without_a_mark() {
    let mut kinds = BTreeSet::new();
    for release in releases() {
        for change in &release.changes {
            if change.effect == Effect::Behaviour && !change.marked {
                kinds.insert(step(&release.version));
            }
        }
    }
    assert!(kinds.contains("minor") && kinds.contains("patch"));
}
// ANCHOR_END: silent
