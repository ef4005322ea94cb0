//! The question cannot be got around, on either era.

use std::sync::Arc;
use std::time::Duration;

use lantern_close::Desk;
use lantern_core::{Dataset, RootCause, Status};
use lantern_scan::caller::Caller;
use lantern_tools::wire::Era;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::model::{CallToolResponse, ElicitationSchema, InputRequiredResult};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde_json::{Value, json};

const KEY: [u8; 32] = [7; 32];
const LONG: Duration = Duration::from_secs(300);

fn data() -> Arc<Dataset> {
    Arc::new(Dataset::generate(7, 3))
}

async fn connect(data: &Arc<Dataset>, era: Era, caller: &str, ttl: Duration) -> Caller {
    let desk = Desk::new(Arc::clone(data), &KEY, caller, ttl).unwrap();
    Caller::connect(desk, era, json!({ "elicitation": { "form": {} } }))
        .await
        .unwrap()
}

fn close(id: &str) -> Value {
    json!({ "name": "close_incident", "arguments": { "id": id } })
}

fn yes() -> Value {
    json!({ "action": "accept", "content": { "root_cause": "capacity", "confirmed": true } })
}

fn is_open(data: &Dataset, id: &str) -> bool {
    data.incidents.get(id).unwrap().status == Status::Open
}

async fn ask(caller: &mut Caller, id: &str) -> Value {
    let reply = caller.request("tools/call", close(id)).await.unwrap();
    assert_eq!(reply["result"]["resultType"], "input_required");
    reply["result"]["requestState"].clone()
}

async fn retry(caller: &mut Caller, id: &str, state: Value, answer: Value) -> Value {
    let mut params = close(id);
    params["requestState"] = state;
    params["inputResponses"] = json!({ "closing": answer });
    caller.request("tools/call", params).await.unwrap()
}

/// The old era: one call, one question in the middle of it.
async fn call(caller: &mut Caller, id: &str, answer: Value) -> Value {
    let id = caller.send("tools/call", close(id)).await.unwrap();
    let question = caller.next().await.unwrap();
    assert_eq!(question["method"], "elicitation/create");
    caller.answer(&question, answer).await.unwrap();
    caller.reply(id).await.unwrap()
}

#[tokio::test]
async fn both_eras_close_after_the_same_answer() {
    let mut replies = Vec::new();
    for era in [Era::Handshake, Era::Stateless] {
        let data = data();
        let mut ana = connect(&data, era, "Ana", LONG).await;
        let reply = if era == Era::Handshake {
            call(&mut ana, "INC-0001", yes()).await
        } else {
            let state = ask(&mut ana, "INC-0001").await;
            retry(&mut ana, "INC-0001", state, yes()).await
        };
        assert_eq!(
            reply["result"]["structuredContent"]["root_cause"],
            "capacity"
        );
        assert!(!is_open(&data, "INC-0001"));
        replies.push(reply["result"]["structuredContent"].clone());
    }
    assert_eq!(replies[0], replies[1]);
}

#[tokio::test]
async fn every_other_answer_leaves_the_incident_open() {
    let unsure = json!({ "root_cause": "capacity", "confirmed": false });
    for answer in [
        json!({ "action": "decline" }),
        json!({ "action": "cancel" }),
        json!({ "action": "accept" }),
        json!({ "action": "accept", "content": { "root_cause": "gremlins", "confirmed": true } }),
        json!({ "action": "accept", "content": unsure }),
    ] {
        let data = data();
        let mut ana = connect(&data, Era::Handshake, "Ana", LONG).await;
        call(&mut ana, "INC-0001", answer.clone()).await;
        let mut ana = connect(&data, Era::Stateless, "Ana", LONG).await;
        let state = ask(&mut ana, "INC-0001").await;
        let reply = retry(&mut ana, "INC-0001", state, answer).await;
        assert_eq!(reply.get("error"), None);
        assert_eq!(reply["result"]["resultType"], "complete");
        assert!(is_open(&data, "INC-0001"));
    }
}

// ANCHOR: attacks
#[tokio::test]
async fn a_state_is_good_for_one_caller_and_one_incident() {
    let data = data();
    let mut ana = connect(&data, Era::Stateless, "Ana", LONG).await;
    let mut ben = connect(&data, Era::Stateless, "Ben", LONG).await;
    let state = ask(&mut ana, "INC-0001").await;
    let forged = json!(format!("{}A", state.as_str().unwrap()));
    for reply in [
        retry(&mut ana, "INC-0002", state.clone(), yes()).await,
        retry(&mut ben, "INC-0001", state.clone(), yes()).await,
        retry(&mut ana, "INC-0001", forged, yes()).await,
        retry(&mut ana, "INC-0001", json!(""), yes()).await,
    ] {
        assert_eq!(reply["error"]["code"], -32602);
    }
    assert!(is_open(&data, "INC-0001") && is_open(&data, "INC-0002"));
}

#[tokio::test]
async fn an_expired_state_is_refused() {
    let data = data();
    let mut ana = connect(&data, Era::Stateless, "Ana", Duration::from_millis(1)).await;
    let state = ask(&mut ana, "INC-0001").await;
    std::thread::sleep(Duration::from_millis(500));
    let reply = retry(&mut ana, "INC-0001", state, yes()).await;
    assert_eq!(reply["error"]["code"], -32602);
    assert!(is_open(&data, "INC-0001"));
}
// ANCHOR_END: attacks

#[tokio::test]
async fn a_state_does_not_hide_its_content() {
    use rmcp::model::RequestStateCodec;
    let mut ana = connect(&data(), Era::Stateless, "Ana", LONG).await;
    let state = ask(&mut ana, "INC-0001").await;
    let wrong_key = RequestStateCodec::try_new([8; 32]).unwrap();
    assert!(wrong_key.open(state.as_str().unwrap()).is_err());
    assert!(RequestStateCodec::try_new([7; 31]).is_err());
    // `"notes":0` in base64url: whoever holds the state can read it.
    assert!(state.as_str().unwrap().contains("Im5vdGVzIjow"), "{state}");
}

#[tokio::test]
async fn a_valid_state_can_be_used_twice_so_the_domain_must_refuse() {
    let data = data();
    let mut ana = connect(&data, Era::Stateless, "Ana", LONG).await;
    let state = ask(&mut ana, "INC-0001").await;
    retry(&mut ana, "INC-0001", state.clone(), yes()).await;
    let reply = retry(&mut ana, "INC-0001", state, yes()).await;
    assert_eq!(reply["result"]["isError"], true);
    assert_eq!(
        reply["result"]["content"][0]["text"],
        "incident `INC-0001` is already closed"
    );
}

#[tokio::test]
async fn the_user_is_asked_again_when_something_is_missing_or_new() {
    let data = data();
    let mut ana = connect(&data, Era::Stateless, "Ana", LONG).await;
    let state = ask(&mut ana, "INC-0001").await;
    let mut params = close("INC-0001");
    params["requestState"] = state.clone();
    let reply = ana.request("tools/call", params).await.unwrap();
    assert_eq!(reply["result"]["resultType"], "input_required");
    let reply = retry(&mut ana, "INC-0001", Value::Null, yes()).await;
    assert_eq!(reply["result"]["resultType"], "input_required");
    data.incidents.annotate("INC-0001", "It is back.").unwrap();
    let reply = retry(&mut ana, "INC-0001", state, yes()).await;
    assert_eq!(reply["result"]["resultType"], "input_required");
    assert!(is_open(&data, "INC-0001"));

    let mut ana = connect(&data, Era::Handshake, "Ana", LONG).await;
    let id = ana.send("tools/call", close("INC-0002")).await.unwrap();
    let question = ana.next().await.unwrap();
    data.incidents.annotate("INC-0002", "It is back.").unwrap();
    ana.answer(&question, yes()).await.unwrap();
    let reply = ana.reply(id).await.unwrap();
    assert_eq!(reply["result"]["isError"], true, "{reply}");
    assert_eq!(
        reply["result"]["content"][0]["text"],
        "a note was added while the user was asked; call the tool again"
    );
    assert!(is_open(&data, "INC-0002"));
}

#[tokio::test]
async fn a_client_that_shows_no_forms_is_told_so() {
    for era in [Era::Handshake, Era::Stateless] {
        for capabilities in [json!({}), json!({ "elicitation": { "url": {} } })] {
            let desk = Desk::new(data(), &KEY, "Ana", LONG).unwrap();
            let mut ana = Caller::connect(desk, era, capabilities).await.unwrap();
            let reply = ana.request("tools/call", close("INC-0001")).await.unwrap();
            assert_eq!(reply["result"]["isError"], true);
        }
    }
}

struct Mixed {
    tool_router: ToolRouter<Self>,
}

#[tool_router]
impl Mixed {
    #[tool]
    async fn asks_with_a_request(&self, context: RequestContext<RoleServer>) -> String {
        match context
            .peer
            .elicit::<lantern_close::Closing>("Close?")
            .await
        {
            Ok(_) => "answered".into(),
            Err(error) => error.to_string(),
        }
    }

    #[tool]
    async fn knows_its_client(&self, context: RequestContext<RoleServer>) -> String {
        let info = context.peer.peer_info().is_some();
        let capabilities = context.client_capabilities().is_some();
        format!("peer_info {info}, client_capabilities {capabilities}")
    }

    #[tool]
    async fn asks_with_a_result(&self) -> CallToolResponse {
        InputRequiredResult::from_request_state("state").into()
    }
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Mixed {}

#[tokio::test]
async fn each_way_to_ask_is_refused_in_the_other_era() {
    let capabilities = json!({ "elicitation": {} });
    let mixed = || Mixed {
        tool_router: Mixed::tool_router(),
    };
    let mut caller = Caller::connect(mixed(), Era::Stateless, capabilities.clone())
        .await
        .unwrap();
    let params = json!({ "name": "asks_with_a_request" });
    let reply = caller.request("tools/call", params).await.unwrap();
    let text = reply["result"]["content"][0]["text"].as_str().unwrap();
    assert!(
        text.contains("return InputRequiredResult instead"),
        "{text}"
    );

    let mut caller = Caller::connect(mixed(), Era::Handshake, capabilities)
        .await
        .unwrap();
    let params = json!({ "name": "asks_with_a_result" });
    let reply = caller.request("tools/call", params).await.unwrap();
    assert_eq!(reply["error"]["code"], -32600);
}

#[tokio::test]
async fn only_a_handshake_fills_in_the_peer_info() {
    for (era, expected) in [
        (Era::Handshake, "peer_info true, client_capabilities true"),
        (Era::Stateless, "peer_info false, client_capabilities true"),
    ] {
        let mixed = Mixed {
            tool_router: Mixed::tool_router(),
        };
        let mut caller = Caller::connect(mixed, era, json!({})).await.unwrap();
        let params = json!({ "name": "knows_its_client" });
        let reply = caller.request("tools/call", params).await.unwrap();
        assert_eq!(reply["result"]["content"][0]["text"], expected);
    }
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct ByReference {
    root_cause: RootCause,
}

#[test]
fn an_enum_that_is_not_inline_makes_no_form() {
    assert!(ElicitationSchema::from_type::<ByReference>().is_err());
    assert!(ElicitationSchema::from_type::<lantern_close::Closing>().is_ok());
}
