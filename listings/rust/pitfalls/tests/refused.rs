//! Puts each mistake into its program and reads why the compiler refuses it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// An example, the code of the error it meets first, and words of that error. Errors of a macro
/// have no code.
const MISTAKES: [(&str, &str, &[&str]); 11] = [
    (
        "own_result",
        "E0107",
        &["type alias takes 1 generic argument", "#[tool_handler]"],
    ),
    (
        "glob_result",
        "E0107",
        &["type alias takes 1 generic argument", "#[tool_handler]"],
    ),
    (
        "two_schemars",
        "E0277",
        &[
            "the trait bound `CountEvents: rmcp::schemars::JsonSchema` is not satisfied",
            "there are multiple different versions of crate `schemars`",
        ],
    ),
    ("version_literal", "", &["Unexpected type `macro`"]),
    (
        "older_name",
        "deprecated",
        &["`rmcp::model::ServerInfo`: use `ServerConfig` instead"],
    ),
    (
        "second_handler",
        "E0119",
        &["conflicting implementations of trait `ServerHandler`"],
    ),
    ("quoted_visibility", "", &["expected an expression"]),
    ("empty_router", "", &["found no `#[tool]` fn"]),
    (
        "guard_across_await",
        "",
        &["future cannot be sent between threads", "#[tool]"],
    ),
    (
        "router_name",
        "E0599",
        &["no function or associated item named `tool_router`"],
    ),
    (
        "model_literal",
        "E0639",
        &["cannot create non-exhaustive struct"],
    ),
];

/// Runs `cargo build` in `folder`: the first error of each program that does not compile.
fn build(folder: &str, arguments: &[&str]) -> BTreeMap<String, Value> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--keep-going"])
        .args(["--message-format", "json"])
        .arg("--target-dir")
        .arg(target)
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .output()
        .unwrap();
    let mut errors = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let mut report: Value = serde_json::from_str(line).unwrap();
        if report["message"]["level"] == "error" {
            let program = report["target"]["name"].as_str().unwrap().to_owned();
            errors.entry(program).or_insert(report["message"].take());
        }
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(errors.is_empty(), output.status.success(), "{stderr}");
    errors
}

fn assert_refused(error: Option<Value>, code: &str, words: &[&str]) {
    let error = error.expect("it must not compile");
    let rendered = error["rendered"].as_str().unwrap();
    let seen = error["code"]["code"].as_str().unwrap_or_default();
    assert_eq!(seen, code, "{rendered}");
    for word in words {
        assert!(rendered.contains(word), "`{word}` is not in\n{rendered}");
    }
}

#[test]
fn without_the_mistake_every_example_compiles() {
    assert_eq!(build("", &["--examples"]), BTreeMap::new());
}

// ANCHOR: refused
#[test]
fn each_mistake_is_refused_for_the_reason_the_chapters_give() {
    let mut errors = build("", &["--examples", "--features", "broken"]);
    for (example, code, words) in MISTAKES {
        assert_refused(errors.remove(example), code, words);
    }
    assert_eq!(errors, BTreeMap::new(), "a mistake that no row explains");
}
// ANCHOR_END: refused

#[test]
fn without_the_feature_client_the_compiler_speaks_of_the_server() {
    let arguments = ["--no-default-features", "--example", "client_feature"];
    let error = build("", &arguments).remove("client_feature");
    assert_refused(error, "E0599", &["`(): rmcp::Service<RoleServer>`"]);
}

#[test]
fn a_renamed_dependency_needs_its_old_name_back() {
    assert_eq!(build("renamed", &[]), BTreeMap::new());
    let error = build("renamed", &["--features", "broken"]).remove("renamed");
    assert_refused(error, "E0433", &["cannot find `rmcp` in the crate root"]);
}
