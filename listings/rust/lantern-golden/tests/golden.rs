//! The goldens hold, the comparison overlooks nothing, and a cap refuses exactly the new revision.

use lantern_golden::desk::Desk;
use lantern_golden::diff::{compare, normalise};
use lantern_golden::golden::{drift, read, recorded};
use lantern_golden::record::{Era, From, record, record_as};
use rmcp::model::ProtocolVersion;
use rmcp::service::ClientInitializeError;
use rmcp::{ClientLifecycleMode, ClientServiceExt, ServiceExt};
use serde_json::{Value, json};

// ANCHOR: goldens
#[tokio::test]
async fn the_wire_is_as_recorded() {
    for era in Era::BOTH {
        let golden = read(era).unwrap();
        assert_eq!(
            drift(&golden, &recorded(Desk::new(), era).await.unwrap()),
            []
        );
    }
}
// ANCHOR_END: goldens

// ANCHOR: ids
#[tokio::test]
async fn the_normaliser_hides_ids_and_nothing_else() {
    for era in Era::BOTH {
        let raw = record(Desk::new(), era).await.unwrap();
        let normal: Vec<_> = raw.iter().cloned().map(normalise).collect();
        for from in [From::Client, From::Server] {
            let hidden = compare(&raw, &normal, from);
            assert!(!hidden.is_empty());
            for difference in hidden {
                let field = difference.field.rsplit(' ').next();
                assert_eq!(field, Some("id"), "{difference:?}");
            }
        }
    }
}
// ANCHOR_END: ids

/// Every value below a message that is neither an object nor an array.
fn leaves(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) if !map.is_empty() => map.iter().for_each(|(key, below)| {
            let key = key.replace('~', "~0").replace('/', "~1");
            leaves(below, format!("{path}/{key}"), found);
        }),
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(n, item)| {
                leaves(item, format!("{path}/{n}"), found);
            })
        }
        _ => found.push(path),
    }
}

#[test]
fn a_change_of_any_single_field_is_found() {
    let mut changed = 0;
    for era in Era::BOTH {
        let golden = read(era).unwrap();
        for (index, frame) in golden.iter().enumerate() {
            let mut paths = Vec::new();
            leaves(&frame.message, String::new(), &mut paths);
            for path in paths {
                let mut other = golden.clone();
                *other[index].message.pointer_mut(&path).unwrap() = json!("another value");
                assert_eq!(drift(&golden, &other).len(), 1, "{path}");
                changed += 1;
            }
        }
    }
    assert!(changed > 300, "{changed} fields");
}

#[test]
fn a_lost_frame_is_found() {
    let golden = read(Era::Handshake).unwrap();
    for index in 0..golden.len() {
        let mut shorter = golden.clone();
        shorter.remove(index);
        assert!(!drift(&golden, &shorter).is_empty());
    }
}

fn reply(era: Era, step: &str) -> Value {
    let golden = read(era).unwrap();
    let mut frames = golden.into_iter();
    let found = frames.find(|frame| frame.step == step && frame.from == From::Server);
    found.unwrap().message
}

#[test]
fn a_missing_resource_has_another_code_in_each_revision() {
    assert_eq!(reply(Era::Handshake, "missing")["error"]["code"], -32002);
    assert_eq!(reply(Era::Stateless, "missing")["error"]["code"], -32602);
}

#[test]
fn bad_arguments_are_a_result_for_the_model_in_both_revisions() {
    for era in Era::BOTH {
        assert_eq!(reply(era, "typo")["result"]["isError"], true);
    }
}

#[test]
fn the_stateless_server_sends_no_requests() {
    let asks = |era| {
        let golden = read(era).unwrap();
        let server = golden.iter().filter(|frame| frame.from == From::Server);
        server
            .filter(|frame| frame.message.get("method").is_some())
            .count()
    };
    assert_eq!(asks(Era::Handshake), 1);
    assert_eq!(asks(Era::Stateless), 0);
}

// ANCHOR: undeclared
/// What the server answers first to `close`, when the client declares `capabilities`.
async fn close(capabilities: &Value, era: Era) -> Value {
    let frames = record_as(capabilities.clone(), Desk::new(), era).await;
    let mut frames = frames.unwrap().into_iter();
    let first = frames.find(|frame| frame.step == "close" && frame.from == From::Server);
    first.unwrap().message
}

#[tokio::test]
async fn only_a_client_that_shows_forms_is_asked() {
    for modes in [
        json!({}),
        json!({ "form": {} }),
        json!({ "form": {}, "url": {} }),
    ] {
        let forms = json!({ "elicitation": modes });
        let old = close(&forms, Era::Handshake).await;
        assert_eq!(old["method"], "elicitation/create");
        let new = close(&forms, Era::Stateless).await;
        assert_eq!(new["result"]["resultType"], "input_required");
    }
    for no_forms in [json!({}), json!({ "elicitation": { "url": {} } })] {
        let old = close(&no_forms, Era::Handshake).await;
        assert_eq!(old["result"]["isError"], true);
        let new = close(&no_forms, Era::Stateless).await;
        assert_eq!(new["error"]["code"], -32021);
        let missing = json!({ "requiredCapabilities": { "elicitation": { "form": {} } } });
        assert_eq!(new["error"]["data"], missing);
    }
}
// ANCHOR_END: undeclared

// ANCHOR: capped
#[tokio::test]
async fn a_cap_changes_nothing_for_old_clients_and_refuses_new_ones() {
    let old = recorded(Desk::capped(), Era::Handshake).await.unwrap();
    assert_eq!(drift(&read(Era::Handshake).unwrap(), &old), []);

    let new = recorded(Desk::capped(), Era::Stateless).await.unwrap();
    let mut refused = Vec::new();
    for frame in new.iter().filter(|frame| frame.from == From::Server) {
        // `ping` is answered whatever version it names.
        if frame.step != "ping" {
            assert_eq!(frame.message["error"]["code"], -32022, "{frame:?}");
            refused.push(frame.step.as_str());
        }
    }
    assert_eq!(refused.len(), 9, "{refused:?}");
}
// ANCHOR_END: capped

// ANCHOR: auto
async fn agreed(lifecycle: ClientLifecycleMode) -> Result<ProtocolVersion, ClientInitializeError> {
    let (server_end, client_end) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        if let Ok(running) = Desk::capped().serve(server_end).await {
            let _ = running.waiting().await;
        }
    });
    let client = ().serve_with_lifecycle(client_end, lifecycle).await?;
    assert_eq!(client.list_all_tools().await.unwrap().len(), 2);
    Ok(client.peer_info().unwrap().protocol_version.clone())
}

fn auto(preferred: &[ProtocolVersion]) -> ClientLifecycleMode {
    ClientLifecycleMode::Auto {
        preferred_versions: preferred.to_vec(),
        legacy_version: Some(ProtocolVersion::V_2025_11_25),
    }
}

#[tokio::test]
async fn the_sdks_own_client_falls_back_only_to_what_it_prefers() {
    let refused = agreed(auto(&[ProtocolVersion::V_2026_07_28])).await;
    assert!(matches!(
        refused,
        Err(ClientInitializeError::NoCompatibleProtocolVersion { .. })
    ));

    let both = [ProtocolVersion::V_2026_07_28, ProtocolVersion::V_2025_11_25];
    for lifecycle in [auto(&both), ClientLifecycleMode::Initialize] {
        let version = agreed(lifecycle).await.unwrap();
        assert_eq!(version, ProtocolVersion::V_2025_11_25);
    }
}
// ANCHOR_END: auto
