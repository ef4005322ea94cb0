//! Every claim of the chapter about progress and cancellation, on both eras.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lantern_core::Dataset;
use lantern_scan::Desk;
use lantern_scan::caller::Caller;
use lantern_tools::wire::Era;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use serde_json::{Value, json};

const ERAS: [Era; 2] = [Era::Handshake, Era::Stateless];

fn scan(meta: Value) -> Value {
    json!({ "name": "scan_archive", "arguments": { "text": "timed out" }, "_meta": meta })
}

async fn connect(era: Era) -> (Desk, Caller) {
    let desk = Desk::new(Dataset::generate(7, 3));
    let caller = Caller::connect(desk.clone(), era, json!({})).await.unwrap();
    (desk, caller)
}

/// The SDK has sent nothing that the test has not read.
async fn assert_silent(caller: &mut Caller) {
    let silence = tokio::time::timeout(Duration::from_secs(3600), caller.next()).await;
    assert!(silence.is_err(), "{silence:?}");
}

#[tokio::test(start_paused = true)]
async fn progress_is_told_with_the_clients_token_and_always_grows() {
    for era in ERAS {
        for token in [json!("scan-1"), json!(7)] {
            let (_, mut caller) = connect(era).await;
            let params = scan(json!({ "progressToken": token }));
            let reply = caller.request("tools/call", params).await.unwrap();
            assert_eq!(reply["result"]["structuredContent"]["segments"], 12);
            let mut last = 0.0;
            for _ in 0..12 {
                let message = caller.next().await.unwrap();
                assert_eq!(message["method"], "notifications/progress");
                assert_eq!(message["params"]["progressToken"], token);
                let progress = message["params"]["progress"].as_f64().unwrap();
                assert!(progress > last);
                last = progress;
            }
            assert_eq!(last, 12.0);
            assert_silent(&mut caller).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_token_there_is_no_progress() {
    for era in ERAS {
        let (_, mut caller) = connect(era).await;
        caller.request("tools/call", scan(json!({}))).await.unwrap();
        assert_silent(&mut caller).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_scan_stops_and_its_reply_is_dropped() {
    for era in ERAS {
        let (desk, mut caller) = connect(era).await;
        let params = scan(json!({ "progressToken": 1 }));
        let id = caller.send("tools/call", params).await.unwrap();
        for _ in 0..4 {
            caller.next().await.unwrap();
        }
        let params = json!({ "requestId": id });
        caller
            .notify("notifications/cancelled", params)
            .await
            .unwrap();
        assert_silent(&mut caller).await;
        assert_eq!(desk.segments_read(), 4);
    }
}

#[tokio::test(start_paused = true)]
async fn a_closed_connection_leaves_a_tool_five_seconds() {
    let data = Dataset::generate(7, 60);
    let mut cost = 0;
    let segments = data.logs.segments();
    let costs = segments.iter().map(|segment| {
        cost += segment.events;
        cost
    });
    let in_five_seconds = costs.filter(|cost| *cost <= 5_000).count();
    assert!(in_five_seconds < segments.len() / 2);

    let desk = Desk::new(data);
    let mut caller = Caller::connect(desk.clone(), Era::Stateless, json!({}))
        .await
        .unwrap();
    caller.send("tools/call", scan(json!({}))).await.unwrap();
    drop(caller);
    tokio::time::sleep(Duration::from_secs(3600)).await;
    let read = desk.segments_read();
    assert!(
        read.abs_diff(in_five_seconds) <= 1,
        "{read} of {in_five_seconds}"
    );
}

// ANCHOR: deaf
struct Deaf {
    rounds: Arc<AtomicUsize>,
    tool_router: ToolRouter<Self>,
}

#[tool_router]
impl Deaf {
    #[tool]
    async fn work(&self) -> String {
        for _ in 0..12 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            self.rounds.fetch_add(1, Ordering::Relaxed);
        }
        "done".into()
    }
}
// ANCHOR_END: deaf

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Deaf {}

#[tokio::test(start_paused = true)]
async fn nobody_stops_a_tool_that_does_not_look_at_the_token() {
    for era in ERAS {
        let rounds = Arc::new(AtomicUsize::new(0));
        let deaf = Deaf {
            rounds: Arc::clone(&rounds),
            tool_router: Deaf::tool_router(),
        };
        let mut caller = Caller::connect(deaf, era, json!({})).await.unwrap();
        let id = caller
            .send("tools/call", json!({ "name": "work" }))
            .await
            .unwrap();
        tokio::time::sleep(Duration::from_millis(3500)).await;
        assert_eq!(rounds.load(Ordering::Relaxed), 3);
        let params = json!({ "requestId": id });
        caller
            .notify("notifications/cancelled", params)
            .await
            .unwrap();
        assert_silent(&mut caller).await;
        assert_eq!(rounds.load(Ordering::Relaxed), 12);
    }
}
