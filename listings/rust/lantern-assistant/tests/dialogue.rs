//! Questions to the client: the same answers in both revisions, on different roads.

// Sampling is deprecated by SEP-2577 and still part of both revisions.
#![allow(deprecated)]

use std::time::Duration;

use lantern_assistant::{AskingDesk, Assistant, User};
use lantern_core::{Dataset, Status};
use lantern_fanout::{DeskClient, Limits, Tap, lifecycles, text};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities, ClientConfig,
    ContentBlock, CreateMessageRequestParams, ElicitRequest, ElicitRequestParams,
    ElicitationSchema, ErrorCode, Implementation, InputRequest, InputRequests, InputRequiredResult,
    ProtocolVersion, SamplingMessage, Tool,
};
use rmcp::service::{RequestContext, ServiceError};
use rmcp::{ClientHandler, ClientLifecycleMode, ErrorData, RoleServer, ServerHandler};
use serde_json::json;

const LIMITS: Limits = Limits {
    at_once: 1,
    deadline: Duration::from_secs(60),
};

async fn connect<H: ClientHandler>(
    server: impl ServerHandler,
    handler: H,
    lifecycle: ClientLifecycleMode,
) -> (DeskClient<H>, Tap) {
    let tap = Tap::default();
    let pipe = tap.serve(server);
    let client = DeskClient::connect(handler, pipe, lifecycle, LIMITS).await;
    let client = client.unwrap();
    let _ = client.service().list_tools(None).await; // whatever opens the connection has passed
    tap.take();
    (client, tap)
}

fn desk() -> AskingDesk {
    AskingDesk::new(Dataset::generate(7, 3))
}

fn first() -> serde_json::Value {
    json!({ "id": "INC-0001" })
}

#[tokio::test]
async fn both_revisions_have_the_same_dialogue_and_different_frames() {
    let mut dialogues = Vec::new();
    let mut frames = Vec::new();
    for (_revision, lifecycle) in lifecycles() {
        let assistant = Assistant::new(User::FillsIn);
        let desk = desk();
        let (client, tap) = connect(desk.clone(), assistant.clone(), lifecycle).await;
        for tool in ["draft_summary", "close_incident"] {
            let result = client.call(tool, first()).await.unwrap();
            assert_ne!(result.is_error, Some(true), "{}", text(&result));
        }
        assert_eq!(desk.incident("INC-0001").unwrap().status, Status::Closed);
        dialogues.push(assistant.transcript());
        frames.push(tap.take());
    }
    assert_eq!(dialogues[0].len(), 4);
    assert_eq!(dialogues[0], dialogues[1]);
    assert_eq!(
        frames[0],
        [
            "-> tools/call",
            "<- sampling/createMessage",
            "-> result",
            "<- result",
            "-> tools/call",
            "<- elicitation/create",
            "-> result",
            "<- result",
        ]
    );
    assert_eq!(
        frames[1],
        [
            "-> tools/call",
            "<- result input_required",
            "-> tools/call",
            "<- result complete",
            "-> tools/call",
            "<- result input_required",
            "-> tools/call",
            "<- result complete",
        ]
    );
}

#[tokio::test]
async fn decline_and_cancel_leave_the_incident_open() {
    for (_revision, lifecycle) in lifecycles() {
        for (user, said) in [
            (User::Declines, "the user declined"),
            (User::Closes, "the user closed the form"),
        ] {
            let desk = desk();
            let (client, _tap) =
                connect(desk.clone(), Assistant::new(user), lifecycle.clone()).await;
            let result = client.call("close_incident", first()).await.unwrap();
            assert_eq!(result.is_error, Some(true));
            assert_eq!(text(&result), said);
            assert_eq!(desk.incident("INC-0001").unwrap().status, Status::Open);
        }
    }
}

#[tokio::test]
async fn a_client_that_declared_nothing_is_not_asked() {
    for (_revision, lifecycle) in lifecycles() {
        let (client, tap) = connect(desk(), (), lifecycle).await;
        for (tool, said) in [
            ("draft_summary", "this needs a client with sampling"),
            ("close_incident", "this needs a client with elicitation"),
        ] {
            let result = client.call(tool, first()).await.unwrap();
            assert_eq!(text(&result), said);
            assert_eq!(result.is_error, Some(true));
            assert_eq!(tap.take().len(), 2);
        }
    }
}

/// Declares everything and overrides nothing.
fn forgetful() -> ClientConfig {
    let capabilities = ClientCapabilities::builder()
        .enable_sampling()
        .enable_elicitation()
        .build();
    ClientConfig::new(capabilities, Implementation::new("forgetful", "0.1.0"))
}

#[tokio::test]
async fn a_forgotten_override_looks_like_a_user_who_declines() {
    for (_revision, lifecycle) in lifecycles() {
        let (client, _tap) = connect(desk(), forgetful(), lifecycle).await;
        let result = client.call("close_incident", first()).await.unwrap();
        assert_eq!(text(&result), "the user declined");
    }
}

#[tokio::test]
async fn an_older_revision_without_a_handshake_is_not_asked() {
    let preferred_versions = vec![ProtocolVersion::V_2025_11_25];
    let discover = ClientLifecycleMode::Discover { preferred_versions };
    let assistant = Assistant::new(User::FillsIn);
    let (client, tap) = connect(desk(), assistant.clone(), discover.clone()).await;
    for tool in ["draft_summary", "close_incident"] {
        let result = client.call(tool, first()).await.unwrap();
        assert_eq!(result.is_error, Some(true));
        assert!(text(&result).contains("in revision 2026-07-28 only"));
        assert_eq!(tap.take(), ["-> tools/call", "<- result"]);
    }
    assert!(assistant.transcript().is_empty());

    // The SDK itself would send the request; on a pipe the answer finds its way.
    let (client, _tap) = connect(OldHabits, assistant, discover).await;
    let result = client.call("elicit", json!({})).await.unwrap();
    assert_eq!(text(&result), "asked");
}

// ANCHOR: refusal
#[tokio::test]
async fn a_refused_wish_ends_at_the_server_or_at_the_client() {
    let [(_, handshake), (_, discover)] = lifecycles();
    let thrifty = Assistant::new(User::FillsIn).with_most_tokens(10);

    // 2025-11-25: the refusal travels to the server, whose tool makes an error of it.
    let (client, tap) = connect(desk(), thrifty.clone(), handshake).await;
    let result = client.call("draft_summary", first()).await.unwrap();
    assert_eq!(result.is_error, Some(true));
    assert!(text(&result).contains("User rejected sampling request"));
    assert!(tap.take().contains(&"-> error -1".to_owned()));

    // 2026-07-28: the client's own call fails, and the server hears nothing more.
    let (client, tap) = connect(desk(), thrifty, discover).await;
    let outcome = client.call("draft_summary", first()).await;
    let Err(ServiceError::McpError(error)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(error.code, ErrorCode(-1));
    assert_eq!(tap.take(), ["-> tools/call", "<- result input_required"]);
}
// ANCHOR_END: refusal

// ANCHOR: bare-peer
#[tokio::test]
async fn a_bare_peer_does_not_answer_questions() {
    let [_, (_, discover)] = lifecycles();
    let assistant = Assistant::new(User::FillsIn);
    let (client, _tap) = connect(desk(), assistant.clone(), discover).await;
    let args = first().as_object().cloned().unwrap();
    let call = CallToolRequestParams::new("draft_summary").with_arguments(args);

    let peer = client.service().peer().clone();
    let outcome = peer.call_tool(call.clone()).await;
    assert!(matches!(outcome, Err(ServiceError::UnexpectedResponse)));
    assert!(assistant.transcript().is_empty());

    let outcome = client.service().call_tool(call).await;
    assert!(outcome.is_ok());
    assert_eq!(assistant.transcript().len(), 2);
}
// ANCHOR_END: bare-peer

fn empty_form() -> ElicitRequestParams {
    ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: "?".to_owned(),
        requested_schema: ElicitationSchema::builder().build_unchecked(),
    }
}

/// A server from before 2026-07-28: it asks in the middle of a call, whoever calls.
struct OldHabits;

impl ServerHandler for OldHabits {
    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        if request.name == "ask_anyway" {
            let form = ElicitRequest::new(empty_form());
            let questions =
                InputRequests::from([("form".to_owned(), InputRequest::Elicitation(form))]);
            return Ok(InputRequiredResult::from_input_requests(questions).into());
        }
        let outcome = if request.name == "sample" {
            let mut wish =
                CreateMessageRequestParams::new(vec![SamplingMessage::user_text("?")], 10);
            wish.tools = Some(vec![Tool::new("hammer", "Hits.", serde_json::Map::new())]);
            let outcome = context.peer.create_message(wish).await;
            outcome.map(|_| ())
        } else {
            let outcome = context.peer.create_elicitation(empty_form()).await;
            outcome.map(|_| ())
        };
        let text = outcome.map_or_else(|error| error.to_string(), |()| "asked".to_owned());
        Ok(CallToolResult::success(vec![ContentBlock::text(text)]).into())
    }
}

#[tokio::test]
async fn a_server_request_never_leaves_a_2026_07_28_server() {
    for (revision, lifecycle) in lifecycles() {
        let assistant = Assistant::new(User::FillsIn);
        let (client, tap) = connect(OldHabits, assistant, lifecycle).await;
        let said = text(&client.call("elicit", json!({})).await.unwrap());
        let asked = tap.take().contains(&"<- elicitation/create".to_owned());
        if revision == "2025-11-25" {
            assert!(asked && said == "asked");
        } else {
            assert!(
                !asked && said.contains("return InputRequiredResult instead"),
                "{said}"
            );
        }
    }
}

#[tokio::test]
async fn sampling_with_tools_needs_the_sub_capability() {
    let [(_, handshake), _] = lifecycles();
    let (client, tap) = connect(OldHabits, Assistant::new(User::FillsIn), handshake).await;
    let said = text(&client.call("sample", json!({})).await.unwrap());
    assert!(said.contains("does not support sampling tools"), "{said}");
    assert_eq!(tap.take(), ["-> tools/call", "<- result"]);
}

#[tokio::test]
async fn the_sdk_checks_the_revision_of_a_question_and_not_the_capability() {
    for (revision, lifecycle) in lifecycles() {
        let (client, _tap) = connect(OldHabits, (), lifecycle).await;
        let call = CallToolRequestParams::new("ask_anyway");
        match client.service().call_tool_once(call).await {
            Ok(CallToolResponse::InputRequired(_)) => assert_eq!(revision, "2026-07-28"),
            Err(ServiceError::McpError(error)) => {
                assert_eq!(revision, "2025-11-25");
                assert_eq!(error.code, ErrorCode::INVALID_REQUEST);
            }
            other => panic!("{other:?}"),
        }
    }
}
