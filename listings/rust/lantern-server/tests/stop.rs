//! Stops in virtual time: nothing waits, and every duration is exact.

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use lantern_server::{Config, Lantern, Limits, Stage, Stopping, drain};
use serde_json::json;
use support::{Answer, call, get, rpc, send};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

/// A service whose scans take twelve times `segment`.
fn start(segment: Duration) -> (Router, Stopping) {
    let limits = Limits {
        segment,
        deadline: Duration::from_secs(600),
        ..Limits::default()
    };
    let lantern = Lantern::new(&Config {
        limits,
        ..Config::default()
    })
    .unwrap();
    (lantern.router, lantern.stopping)
}

/// Sends a scan and waits until it runs.
async fn begin_scan(router: &Router) -> JoinHandle<Answer> {
    let router = router.clone();
    let scan = call("scan_archive", json!({ "text": "upstream" }));
    let running = tokio::spawn(async move { send(&router, scan).await });
    sleep(Duration::from_millis(1)).await;
    running
}

async fn begin_listening(router: &Router) -> JoinHandle<Answer> {
    let router = router.clone();
    let wanted = json!({ "notifications": { "toolsListChanged": true } });
    let listen = rpc("subscriptions/listen", wanted);
    let listening = tokio::spawn(async move { send(&router, listen).await });
    sleep(Duration::from_millis(1)).await;
    listening
}

// ANCHOR: patient
#[tokio::test(start_paused = true)]
async fn a_call_that_ends_within_the_drain_time_is_answered_as_if_nothing_happened() {
    let (router, stopping) = start(Duration::from_secs(1));
    let scan = begin_scan(&router).await;
    let began = Instant::now();
    let stages = Mutex::new(Vec::new());
    drain(&stopping, |stage| {
        stages
            .lock()
            .unwrap()
            .push((stage, began.elapsed().as_secs()))
    })
    .await;
    let answer = scan.await.unwrap();
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.json()["result"]["isError"] != true);
    assert_eq!(
        *stages.lock().unwrap(),
        [
            (Stage::Unready, 0),
            (Stage::Closed, 5),
            (Stage::Idle, 11),
            (Stage::Silent, 12)
        ]
    );
}
// ANCHOR_END: patient

// ANCHOR: cut
#[tokio::test(start_paused = true)]
async fn a_call_that_takes_too_long_is_told_so() {
    let (router, stopping) = start(Duration::from_secs(20));
    let scan = begin_scan(&router).await;
    let began = Instant::now();
    drain(&stopping, |_| ()).await;
    assert_eq!(began.elapsed().as_secs(), 26); // settle, drain, farewell
    let answer = scan.await.unwrap();
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.says(), "the server stops; call again");
}

#[tokio::test(start_paused = true)]
async fn if_the_transport_stops_first_the_caller_gets_500() {
    let (router, stopping) = start(Duration::from_secs(1));
    let scan = begin_scan(&router).await;
    stopping.pull_the_plug();
    let answer = scan.await.unwrap();
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
}
// ANCHOR_END: cut

#[tokio::test(start_paused = true)]
async fn readiness_goes_before_the_listener() {
    let (router, stopping) = start(Duration::ZERO);
    let waiting = stopping.clone();
    let stopped = tokio::spawn(async move { drain(&waiting, |_| ()).await });
    sleep(Duration::from_secs(4)).await;
    let ready = send(&router, get("/readyz")).await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(send(&router, get("/healthz")).await.status, StatusCode::OK);
    assert!(!stopping.listener.is_cancelled());
    let late = send(
        &router,
        call("count_events", json!({ "service": "payments" })),
    )
    .await;
    assert!(late.says().starts_with("payments: "));
    stopped.await.unwrap();
    assert!(stopping.listener.is_cancelled());
}

// ANCHOR: listeners
#[tokio::test(start_paused = true)]
async fn listeners_get_a_last_message_and_a_result() {
    let (router, stopping) = start(Duration::ZERO);
    let listening = begin_listening(&router).await;
    drain(&stopping, |_| ()).await;
    let stream = listening.await.unwrap().text;
    assert!(stream.contains("notifications/tools/list_changed"));
    assert!(stream.contains(r#""result":"#));
}

#[tokio::test(start_paused = true)]
async fn if_the_transport_stops_first_listeners_get_neither() {
    let (router, stopping) = start(Duration::ZERO);
    let listening = begin_listening(&router).await;
    stopping.pull_the_plug();
    let stream = listening.await.unwrap().text;
    assert!(stream.contains("notifications/subscriptions/acknowledged"));
    assert!(!stream.contains("list_changed"));
    assert!(!stream.contains(r#""result":"#));
}
// ANCHOR_END: listeners

#[tokio::test(start_paused = true)]
async fn a_subscription_too_many_is_refused_until_another_one_ends() {
    let limits = Limits {
        streams: 1,
        ..Limits::default()
    };
    let lantern = Lantern::new(&Config {
        limits,
        ..Config::default()
    })
    .unwrap();
    let first = begin_listening(&lantern.router).await;
    let second = begin_listening(&lantern.router).await.await.unwrap().text;
    assert!(second.contains(r#""error":{"code":-32603,"message":"too many subscriptions"}"#));
    first.abort(); // its client goes away
    let third = begin_listening(&lantern.router).await;
    drain(&lantern.stopping, |_| ()).await;
    assert!(third.await.unwrap().text.contains(r#""result":"#));
}

#[tokio::test(start_paused = true)]
async fn an_idle_service_stops_at_once_after_it_settled() {
    let (_router, stopping) = start(Duration::ZERO);
    let began = Instant::now();
    let last = Arc::new(Mutex::new(None));
    drain(&stopping, |stage| *last.lock().unwrap() = Some(stage)).await;
    assert_eq!(*last.lock().unwrap(), Some(Stage::Silent));
    assert_eq!(began.elapsed(), Duration::from_secs(6));
}
