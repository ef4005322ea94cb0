mod support;

use std::future::pending;
use std::time::Duration;

use lantern_server::{Boundary, Config, Lantern, Limits};
use rmcp::ErrorData;
use rmcp::model::{CallToolResponse, CallToolResult, ContentBlock};
use serde_json::{Value, json};
use support::{call, get, send};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

type Answer = Result<CallToolResponse, ErrorData>;

fn small() -> Boundary {
    Boundary::new(Limits {
        calls: 1,
        ..Limits::default()
    })
}

async fn fine() -> Answer {
    Ok(CallToolResult::success(vec![ContentBlock::text("fine")]).into())
}

/// What the caller reads, and the counters that are not zero.
async fn run(boundary: &Boundary, work: impl Future<Output = Answer>) -> (Value, String) {
    let answer = boundary.call("scan", CancellationToken::new(), work).await;
    let read = match answer {
        Ok(CallToolResponse::Complete(result)) => serde_json::to_value(result).unwrap(),
        Ok(_) => Value::Null,
        Err(error) => serde_json::to_value(error).unwrap(),
    };
    (read, boundary.metrics.render(0))
}

// ANCHOR: panics
#[tokio::test]
async fn a_panic_is_answered_and_its_message_stays_here() {
    let boundary = small();
    let (read, page) = run(&boundary, async { panic!("card 4111 1111") }).await;
    let error = json!({ "code": -32603, "message": "the tool failed" });
    assert_eq!(read, error);
    assert!(page.contains(r#"outcome="panicked"} 1"#));
    let (read, _) = run(&boundary, fine()).await;
    assert_eq!(read["content"][0]["text"], "fine");
}
// ANCHOR_END: panics

#[tokio::test(start_paused = true)]
async fn a_call_ends_at_the_deadline_although_the_tool_knows_none() {
    let began = Instant::now();
    let (read, page) = run(&small(), pending()).await;
    assert_eq!(began.elapsed(), Duration::from_secs(30));
    assert_eq!(read["isError"], true);
    assert!(page.contains(r#"outcome="timed_out"} 1"#));
}

#[tokio::test(start_paused = true)]
async fn a_call_too_many_is_refused_without_waiting() {
    let boundary = small();
    let (first, second) = tokio::join!(run(&boundary, pending()), async {
        let began = Instant::now();
        let (read, _) = run(&boundary, fine()).await;
        assert_eq!(began.elapsed(), Duration::ZERO);
        read
    });
    assert_eq!(
        second["content"][0]["text"],
        "the server is busy; call again later"
    );
    assert_eq!(first.0["isError"], true); // the deadline of the first
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_when_its_client_goes_away() {
    let boundary = small();
    let gone = CancellationToken::new();
    let (answer, ()) = tokio::join!(boundary.call("scan", gone.clone(), pending()), async {
        tokio::task::yield_now().await;
        gone.cancel();
    });
    assert!(answer.is_ok());
    assert!(
        boundary
            .metrics
            .render(0)
            .contains(r#"outcome="abandoned"} 1"#)
    );
}

#[tokio::test]
async fn a_name_that_the_caller_made_up_becomes_no_label() {
    let router = Lantern::new(&Config::default()).unwrap().router;
    let answer = send(&router, call("drop_tables", json!({}))).await;
    assert_eq!(answer.says(), "-32602");
    let page = send(&router, get("/metrics")).await.text;
    assert!(page.contains(r#"tool="unknown",outcome="protocol_error"} 1"#));
    assert!(!page.contains("drop_tables"));
}
