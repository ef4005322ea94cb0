//! One connection, many calls.

use std::collections::BTreeMap;
use std::time::Duration;

use lantern_core::Dataset;
use lantern_fanout::{BusyDesk, DeskClient, Limits, count_everywhere, lifecycles, text};
use rmcp::service::{ClientInitializeError, ServiceError};
use rmcp::{ClientLifecycleMode, ServiceExt};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

fn limits(at_once: usize, deadline: u64) -> Limits {
    Limits {
        at_once,
        deadline: Duration::from_millis(deadline),
    }
}

async fn client(desk: &BusyDesk, lifecycle: ClientLifecycleMode, limits: Limits) -> DeskClient<()> {
    DeskClient::in_memory(desk.clone(), (), lifecycle, limits)
        .await
        .unwrap()
}

fn desk() -> BusyDesk {
    BusyDesk::new(Dataset::generate(7, 3))
}

#[tokio::test(start_paused = true)]
async fn the_limit_holds_and_does_not_change_the_answers() {
    let services = Dataset::generate(7, 3).logs.services();
    let mut seen = Vec::new();
    for (_revision, lifecycle) in lifecycles() {
        for at_once in [1, 4, 24] {
            let desk = desk();
            let client = client(&desk, lifecycle.clone(), limits(at_once, 1000)).await;
            let answers = count_everywhere(&client, services).await;
            assert_eq!(desk.peak(), at_once);
            let sorted: BTreeMap<_, _> = answers
                .into_iter()
                .map(|(service, count)| (service, count.unwrap()))
                .collect();
            assert_eq!(sorted.keys().copied().collect::<Vec<_>>(), services);
            seen.push(sorted);
        }
    }
    assert_eq!(seen.len(), 6);
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test(start_paused = true)]
async fn a_short_call_overtakes_a_long_one() {
    let desk = desk();
    let [(_, lifecycle), _] = lifecycles();
    let client = client(&desk, lifecycle, limits(3, 1000)).await;
    let answers = count_everywhere(&client, &["inventory", "orders", "tax"]).await;
    let order: Vec<_> = answers.iter().map(|(service, _)| *service).collect();
    assert_eq!(order, ["tax", "orders", "inventory"]);
}

#[tokio::test(start_paused = true)]
async fn one_failure_does_not_lose_the_other_answers() {
    let desk = desk();
    let [(_, lifecycle), _] = lifecycles();
    let client = client(&desk, lifecycle, limits(3, 75)).await;
    let answers = count_everywhere(&client, &["inventory", "orders", "tax"]).await;
    let (late, in_time): (Vec<_>, Vec<_>) = answers.iter().partition(|(_, count)| count.is_err());
    assert_eq!(in_time.len(), 2);
    assert!(matches!(
        late[..],
        [("inventory", Err(ServiceError::Timeout { .. }))]
    ));
}

#[tokio::test(start_paused = true)]
async fn a_missed_deadline_tells_the_server_and_frees_the_slot() {
    for (_revision, lifecycle) in lifecycles() {
        let desk = desk();
        let client = client(&desk, lifecycle, limits(1, 45)).await;
        let late = client.call("count_events", json!({ "service": "accounts" }));
        assert!(matches!(
            late.await,
            Err(ServiceError::Timeout { timeout }) if timeout == Duration::from_millis(45)
        ));
        let next = client.call("count_events", json!({ "service": "tax" }));
        assert!(text(&next.await.unwrap()).parse::<usize>().is_ok());
        assert_eq!(desk.given_up(), ["request abandoned by the caller"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_never_answers_keeps_nobody_waiting() {
    for (_revision, lifecycle) in lifecycles() {
        let (client_end, _silent) = tokio::io::duplex(64 * 1024);
        let connecting = DeskClient::connect((), client_end, lifecycle, limits(1, 45));
        let outcome = tokio::time::timeout(Duration::from_secs(3600), connecting).await;
        match outcome.expect("the deadline").err() {
            Some(ClientInitializeError::ConnectionClosed(why)) => {
                assert_eq!(why, "no answer within 45ms");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_no_calls_at_once_lets_one_through() {
    for (_revision, lifecycle) in lifecycles() {
        let client = client(&desk(), lifecycle, limits(0, 1000)).await;
        let call = client.call("count_events", json!({ "service": "tax" }));
        let answer = tokio::time::timeout(Duration::from_secs(3600), call).await;
        assert!(answer.expect("its turn").is_ok());
    }
}

// ANCHOR: array
#[tokio::test]
async fn an_array_on_the_wire_is_refused_as_a_whole() {
    let (client_end, server_end) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move { desk().serve(server_end).await.unwrap().waiting().await });
    let (reader, mut writer) = tokio::io::split(client_end);
    let mut lines = BufReader::new(reader).lines();

    let call = |id: u64| {
        let arguments = json!({ "service": "tax" });
        let params = json!({ "name": "count_events", "arguments": arguments });
        json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params })
    };
    let hello = json!({ "protocolVersion": "2025-03-26", "capabilities": {}, "clientInfo": { "name": "raw", "version": "0" } });
    for message in [
        json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello }),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
        json!([call(1), call(2)]),
        call(3),
    ] {
        let line = format!("{message}\n");
        writer.write_all(line.as_bytes()).await.unwrap();
    }
    let mut replies = Vec::new();
    while replies.last().is_none_or(|reply: &Value| reply["id"] != 3) {
        let line = lines.next_line().await.unwrap().unwrap();
        replies.push(serde_json::from_str::<Value>(&line).unwrap());
    }
    assert_eq!(replies[0]["result"]["protocolVersion"], "2025-03-26");
    assert_eq!(replies[1]["error"]["code"], -32600);
    assert_eq!(replies[1].get("id"), None);
    assert_eq!(replies.len(), 3);
}
// ANCHOR_END: array
