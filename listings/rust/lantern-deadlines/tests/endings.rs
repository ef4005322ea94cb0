//! Exact errors for the caller and exact stops for the server, in both revisions.

use std::time::Duration;

use lantern_core::Dataset;
use lantern_deadlines::{Client, Ending, ScanDesk, Seen, connect, run, start_scan};
use lantern_fanout::lifecycles;
use rmcp::model::{CallToolRequestParams, ErrorData};
use rmcp::service::{PeerRequestOptions, RequestContext, ServiceError};
use rmcp::{ClientServiceExt, RoleServer, ServerHandler, ServiceExt};

async fn both() -> Vec<(Client, ScanDesk)> {
    let mut both = Vec::new();
    for (_revision, lifecycle) in lifecycles() {
        let desk = ScanDesk::new(Dataset::generate(7, 3));
        both.push((connect(desk.clone(), lifecycle).await.unwrap(), desk));
    }
    both
}

/// Lets an hour of paused time pass, so that what runs on comes to its end.
async fn an_hour() {
    tokio::time::sleep(Duration::from_secs(3600)).await;
}

fn stopped(segments: usize, reason: &str) -> Seen {
    Seen {
        segments,
        finished: false,
        stopped: true,
        reason: Some(reason.to_owned()),
    }
}

fn finished() -> Seen {
    Seen {
        segments: 12,
        finished: true,
        stopped: false,
        reason: None,
    }
}

#[tokio::test(start_paused = true)]
async fn a_timeout_does_not_care_for_progress() {
    for (client, desk) in both().await {
        let outcome = run(&client, Ending::Timeout).await.unwrap();
        let Err(ServiceError::Timeout { timeout }) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(timeout, Duration::from_millis(1500));
        an_hour().await;
        assert_eq!(desk.seen(), stopped(1, "request timeout"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_timeout_that_progress_resets_lets_the_scan_finish() {
    for (client, desk) in both().await {
        let outcome = run(&client, Ending::TimeoutWithReset).await.unwrap();
        assert!(outcome.unwrap().ends_with(" events"));
        assert_eq!(desk.seen(), finished());
    }
}

#[tokio::test(start_paused = true)]
async fn the_maximum_holds_whatever_the_progress() {
    for (client, desk) in both().await {
        let outcome = run(&client, Ending::MaxTotal).await.unwrap();
        let Err(ServiceError::Timeout { timeout }) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(timeout, Duration::from_millis(6500));
        an_hour().await;
        assert_eq!(desk.seen(), stopped(6, "maximum total timeout exceeded"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_stop_button_ends_the_wait_with_its_reason() {
    for (client, desk) in both().await {
        let outcome = run(&client, Ending::Stop).await.unwrap();
        let Err(ServiceError::Cancelled { reason }) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(reason.as_deref(), Some("the user pressed stop"));
        an_hour().await;
        assert_eq!(desk.seen(), stopped(3, "the user pressed stop"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_handle_can_cancel_itself() {
    for (client, desk) in both().await {
        let no_limit = PeerRequestOptions::no_options();
        let handle = start_scan(&client, no_limit).await.unwrap();
        tokio::time::sleep(Duration::from_millis(2500)).await;
        handle.cancel(Some("enough".to_owned())).await.unwrap();
        an_hour().await;
        assert_eq!(desk.seen(), stopped(2, "enough"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_is_cancelled_but_a_dropped_handle_is_not() {
    for (client, desk) in both().await {
        assert!(run(&client, Ending::DropCall).await.is_none());
        an_hour().await;
        assert_eq!(desk.seen(), stopped(4, "request abandoned by the caller"));
    }
    for (client, desk) in both().await {
        assert!(run(&client, Ending::DropHandle).await.is_none());
        an_hour().await;
        assert_eq!(desk.seen(), finished());
    }
}

// ANCHOR: no-default
struct Silent;

impl ServerHandler for Silent {
    async fn call_tool(
        &self,
        _request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<rmcp::model::CallToolResponse, ErrorData> {
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn no_call_has_a_timeout_of_its_own() {
    for (_revision, lifecycle) in lifecycles() {
        let (client_end, server_end) = tokio::io::duplex(4096);
        tokio::spawn(async { Silent.serve(server_end).await.unwrap().waiting().await });
        let client = ().serve_with_lifecycle(client_end, lifecycle).await.unwrap();
        let call = client.call_tool(CallToolRequestParams::new("anything"));
        let a_year = Duration::from_secs(365 * 24 * 3600);
        assert!(tokio::time::timeout(a_year, call).await.is_err());
    }
}
// ANCHOR_END: no-default
