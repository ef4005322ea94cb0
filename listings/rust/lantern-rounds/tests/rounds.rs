//! What the server accepts between rounds, and where a driver stops.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lantern_core::Dataset;
use lantern_rounds::{DriveError, Driver, RoundsDesk, by_hand, connect};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities, ClientConfig,
    CreateTaskResult, DetailedTask, ElicitRequest, ElicitRequestParams, ElicitResult,
    ElicitationAction, ElicitationSchema, ErrorCode, GetTaskParams, GetTaskResult, Implementation,
    InputRequest, InputRequests, InputRequiredResult, InputResponses, ServerCapabilities,
    ServerConfig, Task, TaskPayload, TaskStatus, UpdateTaskParams,
};
use rmcp::service::{RequestContext, RunningService, ServiceError};
use rmcp::{ErrorData, Peer, RoleClient, RoleServer, ServerHandler};
use serde_json::json;
use tokio::time::Instant;

type Client = RunningService<RoleClient, ClientConfig>;

async fn client() -> Client {
    let desk = RoundsDesk::new(Dataset::generate(7, 3), &[7; 32]).unwrap();
    connect(desk, by_hand()).await.unwrap()
}

fn user(message: &str) -> ElicitResult {
    let content = match message {
        "What was the root cause?" => json!({ "root_cause": "capacity" }),
        _ => json!({ "confirm": true }),
    };
    ElicitResult::new(ElicitationAction::Accept).with_content(content)
}

fn driver(client: &Client, max_rounds: usize) -> Driver<fn(&str) -> ElicitResult> {
    Driver {
        peer: client.peer().clone(),
        user,
        max_rounds,
        log: Vec::new(),
    }
}

fn call(tool: &'static str, id: &str) -> CallToolRequestParams {
    let args = json!({ "id": id }).as_object().cloned().unwrap();
    CallToolRequestParams::new(tool).with_arguments(args)
}

fn text(result: &CallToolResult) -> &str {
    &result.content[0].as_text().unwrap().text
}

fn answers(key: &str, content: serde_json::Value) -> InputResponses {
    InputResponses::from([(
        key.to_owned(),
        json!({ "action": "accept", "content": content }),
    )])
}

/// The second round of `close_incident`: the state comes with it.
async fn second_round(peer: &Peer<RoleClient>, id: &str) -> InputRequiredResult {
    let call = call("close_incident", id)
        .with_input_responses(answers("cause", json!({ "root_cause": "capacity" })));
    match peer.call_tool_once(call).await.unwrap() {
        CallToolResponse::InputRequired(needed) => needed,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn three_rounds_close_an_incident() {
    let client = client().await;
    let mut driver = driver(&client, 3);
    let result = driver.call(call("close_incident", "INC-0001")).await;
    assert_eq!(text(&result.unwrap()), "INC-0001 is closed");
    assert_eq!(driver.log.last().unwrap(), "round 3: complete");
}

#[tokio::test]
async fn nobody_is_asked_about_an_incident_that_cannot_be_closed() {
    let client = client().await;
    let mut closing = driver(&client, 3);
    closing
        .call(call("close_incident", "INC-0001"))
        .await
        .unwrap();
    for (id, why) in [
        ("INC-0001", "incident `INC-0001` is already closed"),
        ("INC-0099", "there is no incident `INC-0099`"),
    ] {
        let mut driver = driver(&client, 3);
        let result = driver.call(call("close_incident", id)).await.unwrap();
        assert_eq!((result.is_error, text(&result)), (Some(true), why));
        assert_eq!(driver.log, ["round 1: complete"]);
    }
}

#[tokio::test]
async fn the_cap_stops_a_server_that_is_never_satisfied() {
    let client = client().await;
    let mut driver = driver(&client, 3);
    let outcome = driver.call(call("never_satisfied", "")).await;
    assert!(matches!(
        outcome,
        Err(DriveError::Service(
            ServiceError::InputRequiredRoundsExceeded { max_rounds: 3 }
        ))
    ));
    // The high-level helper has a cap of its own. Here the default handler declines each time.
    let outcome = client.call_tool(call("never_satisfied", "")).await;
    assert!(matches!(
        outcome,
        Err(ServiceError::InputRequiredRoundsExceeded { max_rounds: 10 })
    ));
}

#[tokio::test]
async fn an_unknown_kind_of_question_stops_the_call() {
    let client = client().await;
    let outcome = driver(&client, 3).call(call("list_folders", "")).await;
    assert!(matches!(outcome, Err(DriveError::Refused(method)) if method == "roots/list"));
}

// ANCHOR: tampering
#[tokio::test]
async fn a_state_is_good_only_unchanged_and_for_its_own_incident() {
    let client = client().await;
    let needed = second_round(client.peer(), "INC-0001").await;
    let state = needed.request_state.unwrap();

    let (version, rest) = state.split_once('.').unwrap();
    let other = if rest.starts_with('A') { "B" } else { "A" };
    let changed = format!("{version}.{other}{}", &rest[1..]);

    let confirm = || answers("confirm", json!({ "confirm": true }));
    for (id, state, good) in [
        ("INC-0001", changed, false),
        ("INC-0002", state.clone(), false),
        ("INC-0001", state, true),
    ] {
        let call = call("close_incident", id)
            .with_input_responses(confirm())
            .with_request_state(state);
        match client.call_tool_once(call).await {
            Ok(CallToolResponse::Complete(_)) => assert!(good),
            Err(ServiceError::McpError(error)) => {
                assert!(!good);
                assert_eq!(error.code, ErrorCode::INVALID_PARAMS);
                assert_eq!(error.message, "invalid requestState");
            }
            other => panic!("{other:?}"),
        }
    }
}
// ANCHOR_END: tampering

#[tokio::test]
async fn a_sealed_state_can_be_read_by_everybody() {
    let client = client().await;
    let state = second_round(client.peer(), "INC-0001")
        .await
        .request_state
        .unwrap();
    // rs1 is base64url of the payload: signed, not encrypted.
    let body = state.split('.').nth(1).unwrap();
    assert!(decode(body).ends_with(br#"{"root_cause":"capacity"}"#));
}

/// base64url without padding, just enough for the test above.
fn decode(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes() {
        let value = alphabet.iter().position(|known| *known == letter).unwrap();
        bits = bits << 6 | value as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

#[test]
fn a_short_key_is_refused() {
    assert!(RoundsDesk::new(Dataset::generate(7, 3), &[7; 31]).is_err());
}

#[tokio::test(start_paused = true)]
async fn a_task_is_polled_and_its_question_answered() {
    let client = client().await;
    let mut driver = driver(&client, 1);
    let result = driver.call(call("scan_archive", "")).await.unwrap();
    assert!(text(&result).ends_with(" events"));
    assert_eq!(
        driver.log,
        [
            "round 1: a task",
            "  task: Working",
            "  task: InputRequired",
            "  skip: Leave out the service audit? Accept",
            "  task: Working",
            "  task: Completed",
        ]
    );
}

/// A server whose task still shows its question in two polls after the answer.
#[derive(Clone)]
struct SlowToNotice {
    /// The intervals that the ticket and the task ask for, in milliseconds.
    intervals: [u64; 2],
    polls: Arc<AtomicUsize>,
    answers: Arc<AtomicUsize>,
}

impl SlowToNotice {
    fn asking_for(intervals: [u64; 2]) -> Self {
        Self {
            intervals,
            polls: Arc::default(),
            answers: Arc::default(),
        }
    }
}

fn task(status: TaskStatus, interval_ms: u64) -> Task {
    Task::new("1", status, "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z")
        .with_poll_interval_ms(interval_ms)
}

impl ServerHandler for SlowToNotice {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_tasks();
        ServerConfig::new(capabilities.build())
    }

    async fn call_tool(
        &self,
        _call: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let ticket = task(TaskStatus::Working, self.intervals[0]);
        Ok(CreateTaskResult::new(ticket).into())
    }

    async fn get_task(
        &self,
        _task: GetTaskParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<GetTaskResult, ErrorData> {
        let payload = if self.polls.fetch_add(1, Ordering::Relaxed) < 3 {
            let form = ElicitRequestParams::FormElicitationParams {
                meta: None,
                message: "Go on?".to_owned(),
                requested_schema: ElicitationSchema::builder().build_unchecked(),
            };
            let question = InputRequest::Elicitation(ElicitRequest::new(form));
            let input_requests = InputRequests::from([("go-on".to_owned(), question)]);
            TaskPayload::InputRequired { input_requests }
        } else {
            let result = json!({ "content": [] });
            let result = result.as_object().cloned().unwrap_or_default();
            TaskPayload::Completed { result }
        };
        let task = task(payload.status(), self.intervals[1]);
        Ok(GetTaskResult::new(DetailedTask::new(task, payload)))
    }

    async fn update_task(
        &self,
        _task: UpdateTaskParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.answers.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_question_is_answered_once_and_polls_keep_the_newest_interval() {
    let server = SlowToNotice::asking_for([1_000, 60_000]);
    let client = connect(server.clone(), by_hand()).await.unwrap();
    let start = Instant::now();
    let result = driver(&client, 1).call(call("anything", "")).await;
    assert!(result.unwrap().content.is_empty());
    assert_eq!(server.answers.load(Ordering::Relaxed), 1);
    // One second from the ticket, then a minute before each of the other three polls.
    assert_eq!(start.elapsed().as_secs(), 1 + 3 * 60);
}

#[tokio::test(start_paused = true)]
async fn no_server_makes_the_driver_hurry_or_sleep_for_years() {
    for (wanted, each) in [(0, 100), (u64::MAX, 60_000)] {
        let server = SlowToNotice::asking_for([wanted; 2]);
        let client = connect(server, by_hand()).await.unwrap();
        let start = Instant::now();
        let call = call("anything", "");
        let mut driver = driver(&client, 1);
        let hour = tokio::time::timeout(Duration::from_secs(3600), driver.call(call));
        assert!(hour.await.expect("four polls").is_ok());
        assert_eq!(start.elapsed().as_millis(), 4 * each);
    }
}

#[tokio::test(start_paused = true)]
async fn call_tool_does_not_follow_a_task() {
    let client = client().await;
    let outcome = client.call_tool(call("scan_archive", "")).await;
    assert!(matches!(outcome, Err(ServiceError::UnexpectedResponse)));
}

#[tokio::test]
async fn a_client_that_did_not_declare_tasks_gets_none() {
    let capabilities = ClientCapabilities::builder().enable_elicitation().build();
    let plain = ClientConfig::new(capabilities, Implementation::new("plain", "0.1.0"));
    let desk = RoundsDesk::new(Dataset::generate(7, 3), &[7; 32]).unwrap();
    let client = connect(desk, plain).await.unwrap();
    let response = client
        .call_tool_once(call("scan_archive", ""))
        .await
        .unwrap();
    assert!(
        matches!(response, CallToolResponse::Complete(result) if result.is_error == Some(true))
    );
}
