//! Every claim of the chapter about prompts and completion.

use lantern_core::Dataset;
use lantern_prompts::Desk;
use lantern_tools::wire::{Era, Wire};
use rmcp::handler::server::router::prompt::PromptRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CompletionInfo, PromptMessage, Role};
use rmcp::{ServerHandler, prompt, prompt_handler, prompt_router};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

const ERAS: [Era; 2] = [Era::Handshake, Era::Stateless];

async fn get(wire: &mut Wire, name: &str, arguments: Value) -> Value {
    let params = json!({ "name": name, "arguments": arguments });
    wire.request("prompts/get", params).await.unwrap()
}

async fn complete(
    wire: &mut Wire,
    prompt: &str,
    argument: &str,
    value: &str,
    filled: Value,
) -> Value {
    let params = json!({
        "ref": { "type": "ref/prompt", "name": prompt },
        "argument": { "name": argument, "value": value },
        "context": { "arguments": filled },
    });
    wire.request("completion/complete", params).await.unwrap()
}

#[tokio::test]
async fn one_handler_offers_tools_prompts_and_completions() {
    let capabilities = Desk::new(Dataset::generate(7, 3)).get_info().capabilities;
    assert!(capabilities.completions.is_some());
    for era in ERAS {
        let mut wire = Wire::connect(Desk::new(Dataset::generate(7, 3)), era)
            .await
            .unwrap();
        assert_eq!(wire.tools().await.unwrap().len(), 1);
        let list = wire.request("prompts/list", json!({})).await.unwrap();
        assert_eq!(list["result"]["prompts"].as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn the_macros_mark_their_lists_as_public_and_stale() {
    let desk = Desk::new(Dataset::generate(7, 3));
    let mut wire = Wire::connect(desk, Era::Stateless).await.unwrap();
    for method in ["tools/list", "prompts/list"] {
        let list = wire.request(method, json!({})).await.unwrap();
        assert_eq!(list["result"]["ttlMs"], 0, "{method}");
        assert_eq!(list["result"]["cacheScope"], "public", "{method}");
    }
}

#[tokio::test]
async fn a_failing_prompt_is_a_protocol_error() {
    for era in ERAS {
        let mut wire = Wire::connect(Desk::new(Dataset::generate(7, 3)), era)
            .await
            .unwrap();
        for (name, arguments) in [
            ("postmortem", json!({})),
            ("postmortem", json!({ "incident": "INC-0099" })),
            (
                "postmortem",
                json!({ "incident": "INC-0001", "service": "tax" }),
            ),
            (
                "postmortem",
                json!({ "incident": "INC-0001", "services": "tax" }),
            ),
            ("triage", json!({ "service": "taxes" })),
            ("none", json!({})),
        ] {
            let reply = get(&mut wire, name, arguments).await;
            assert_eq!(reply["error"]["code"], -32602, "{reply}");
        }
    }
}

#[tokio::test]
async fn completion_respects_prefix_and_filled_arguments() {
    let mut wire = Wire::connect(Desk::new(Dataset::generate(7, 3)), Era::Stateless)
        .await
        .unwrap();
    let pay = complete(&mut wire, "triage", "service", "pay", json!({})).await;
    assert_eq!(
        pay["result"]["completion"]["values"],
        json!(["payments", "payouts"])
    );
    let all = complete(&mut wire, "postmortem", "incident", "", json!({})).await;
    assert_eq!(all["result"]["completion"]["total"], 6);
    let one = complete(
        &mut wire,
        "postmortem",
        "incident",
        "",
        json!({ "service": "billing" }),
    )
    .await;
    assert_eq!(one["result"]["completion"]["total"], 1);
    let none = complete(
        &mut wire,
        "postmortem",
        "incident",
        "",
        json!({ "service": "tax" }),
    )
    .await;
    assert_eq!(none["result"]["completion"]["values"], json!([]));
    for (prompt, argument) in [("triage", "incident"), ("none", "service")] {
        let reply = complete(&mut wire, prompt, argument, "", json!({})).await;
        assert_eq!(reply["error"]["code"], -32602);
    }
}

#[tokio::test]
async fn no_more_than_a_hundred_values_are_sent() {
    let data = Dataset::generate(7, 3);
    for number in 0..200 {
        data.incidents
            .open("tax", &format!("complaint {number}"))
            .unwrap();
    }
    let mut wire = Wire::connect(Desk::new(data), Era::Stateless)
        .await
        .unwrap();
    let reply = complete(&mut wire, "postmortem", "incident", "INC-0", json!({})).await;
    let completion = &reply["result"]["completion"];
    assert_eq!(completion["values"].as_array().unwrap().len(), 100);
    assert_eq!(completion["total"], 206);
    assert_eq!(completion["hasMore"], true);
    let values = vec![String::new(); 101];
    assert!(CompletionInfo::with_pagination(values, None, true).is_err());
}

#[derive(Deserialize, JsonSchema)]
struct DayArgs {
    day: u16,
}

struct Trap {
    prompt_router: PromptRouter<Self>,
}

#[prompt_router]
impl Trap {
    #[prompt]
    fn day(&self, Parameters(args): Parameters<DayArgs>) -> Vec<PromptMessage> {
        vec![PromptMessage::new_text(Role::User, args.day.to_string())]
    }
}

// ANCHOR: replaced
#[prompt_handler(router = self.prompt_router)]
impl ServerHandler for Trap {
    async fn get_prompt(
        &self,
        _: rmcp::model::GetPromptRequestParams,
        _: rmcp::service::RequestContext<rmcp::RoleServer>,
    ) -> Result<rmcp::model::GetPromptResponse, rmcp::ErrorData> {
        let message = PromptMessage::new_text(Role::User, "written by hand");
        Ok(rmcp::model::GetPromptResult::new(vec![message]).into())
    }
}
// ANCHOR_END: replaced

#[tokio::test]
async fn the_macro_replaces_a_method_written_by_hand() {
    let trap = Trap {
        prompt_router: Trap::prompt_router(),
    };
    let mut wire = Wire::connect(trap, Era::Handshake).await.unwrap();
    let reply = get(&mut wire, "day", json!({ "day": 2 })).await;
    assert_eq!(reply["result"]["messages"][0]["content"]["text"], "2");
}

#[tokio::test]
async fn an_argument_that_is_no_string_cannot_be_filled_in() {
    let trap = Trap {
        prompt_router: Trap::prompt_router(),
    };
    let mut wire = Wire::connect(trap, Era::Handshake).await.unwrap();
    let reply = get(&mut wire, "day", json!({ "day": "2" })).await;
    assert_eq!(reply["error"]["code"], -32602);
}
