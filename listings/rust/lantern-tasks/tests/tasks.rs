//! Every claim of the chapter about tasks; both eras where a client could tell a difference.

use std::sync::Arc;
use std::time::Duration;

use lantern_core::Dataset;
use lantern_scan::caller::Caller;
use lantern_tasks::{Desk, MAX_RUNNING, Office};
use lantern_tools::wire::Era;
use rmcp::RoleServer;
use rmcp::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CreateTaskResult, ErrorData,
    TaskStatus,
};
use rmcp::service::RequestContext;
use rmcp::task_manager::{TaskManager, TaskOptions};
use serde_json::{Value, json};

const ERAS: [Era; 2] = [Era::Handshake, Era::Stateless];

fn office() -> Arc<Office> {
    Office::new(Dataset::generate(7, 3), 300_000)
}

async fn connect(office: &Arc<Office>, era: Era, name: &str) -> Caller {
    let capabilities = json!({
        "elicitation": {},
        "extensions": { "io.modelcontextprotocol/tasks": {} },
    });
    Caller::connect(Desk::new(office, name), era, capabilities)
        .await
        .unwrap()
}

fn scan() -> Value {
    json!({ "name": "scan_archive", "arguments": { "text": "timed out" } })
}

/// Starts a scan and tells its id in the form that `tasks/get` wants.
async fn start(caller: &mut Caller) -> Value {
    let reply = caller.request("tools/call", scan()).await.unwrap();
    assert_eq!(reply["result"]["resultType"], "task");
    assert_eq!(reply["result"]["status"], "working");
    json!({ "taskId": reply["result"]["taskId"] })
}

async fn get(caller: &mut Caller, id: &Value) -> Value {
    let reply = caller.request("tasks/get", id.clone()).await.unwrap();
    reply["result"].clone()
}

/// Polls until the task waits for an answer or has ended.
async fn settle(caller: &mut Caller, id: &Value) -> Value {
    for _ in 0..20 {
        let state = get(caller, id).await;
        if state["status"] != "working" {
            return state;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("the task neither asks nor ends");
}

async fn answer(caller: &mut Caller, id: &Value, answer: Value) -> Value {
    let mut params = id.clone();
    params["inputResponses"] = json!({ "skip": answer });
    let reply = caller.request("tasks/update", params).await.unwrap();
    assert_eq!(reply.get("error"), None);
    settle(caller, id).await
}

#[tokio::test(start_paused = true)]
async fn a_declined_question_gives_the_same_result_as_a_plain_call() {
    for era in ERAS {
        let office = office();
        let mut plain = Caller::connect(Desk::new(&office, "Ana"), era, json!({}))
            .await
            .unwrap();
        let reply = plain.request("tools/call", scan()).await.unwrap();
        let mut ana = connect(&office, era, "Ana").await;
        let id = start(&mut ana).await;
        assert_eq!(settle(&mut ana, &id).await["status"], "input_required");
        let state = answer(&mut ana, &id, json!({ "action": "decline" })).await;
        assert_eq!(state["status"], "completed");
        let found = &reply["result"]["structuredContent"];
        assert_eq!(&state["result"]["structuredContent"], found);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_changes_the_rest_of_the_scan() {
    let mut ana = connect(&office(), Era::Stateless, "Ana").await;
    let mut found = Vec::new();
    for reply in [
        json!({ "action": "decline" }),
        json!({ "action": "accept", "content": { "service": "orders" } }),
    ] {
        let id = start(&mut ana).await;
        settle(&mut ana, &id).await;
        let state = answer(&mut ana, &id, reply).await;
        found.push(
            state["result"]["structuredContent"]["found"]
                .as_u64()
                .unwrap(),
        );
    }
    assert!(found[1] < found[0], "{found:?}");
}

#[tokio::test(start_paused = true)]
async fn a_failure_for_the_model_completes_and_a_protocol_error_fails() {
    let mut ana = connect(&office(), Era::Stateless, "Ana").await;
    let id = start(&mut ana).await;
    settle(&mut ana, &id).await;
    let wrong = json!({ "action": "accept", "content": { "service": "gate" } });
    let state = answer(&mut ana, &id, wrong).await;
    assert_eq!(state["status"], "completed");
    assert_eq!(state["result"]["isError"], true);
    assert_eq!(
        state["result"]["content"][0]["text"],
        "there is no service `gate`"
    );

    let id = start(&mut ana).await;
    settle(&mut ana, &id).await;
    let state = answer(&mut ana, &id, json!({ "action": "accept" })).await;
    assert_eq!(state["status"], "failed");
    assert_eq!(state["error"]["code"], -32602);
}

#[tokio::test(start_paused = true)]
async fn a_task_can_be_cancelled_at_work_and_in_its_question() {
    for era in ERAS {
        let mut ana = connect(&office(), era, "Ana").await;
        for pause in [100, 2_000] {
            let id = start(&mut ana).await;
            tokio::time::sleep(Duration::from_millis(pause)).await;
            ana.request("tasks/cancel", id.clone()).await.unwrap();
            assert_eq!(settle(&mut ana, &id).await["status"], "cancelled");
        }
        let id = start(&mut ana).await;
        settle(&mut ana, &id).await;
        let state = answer(&mut ana, &id, json!({ "action": "cancel" })).await;
        assert_eq!(state["status"], "cancelled");
    }
}

#[tokio::test(start_paused = true)]
async fn the_ttl_ends_a_task_and_then_forgets_it_in_real_time() {
    let office = Office::new(Dataset::generate(7, 3), 250);
    let mut ana = connect(&office, Era::Stateless, "Ana").await;
    let id = start(&mut ana).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    std::thread::sleep(Duration::from_millis(300));
    let state = get(&mut ana, &id).await;
    assert_eq!(state["status"], "failed");
    assert_eq!(state["error"]["code"], -32603);
    std::thread::sleep(Duration::from_millis(300));
    let reply = ana.request("tasks/get", id).await.unwrap();
    assert_eq!(reply["error"]["code"], -32602);
}

#[tokio::test(start_paused = true)]
async fn paused_time_expires_no_task() {
    let mut ana = connect(&office(), Era::Stateless, "Ana").await;
    let id = start(&mut ana).await;
    tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
    assert_eq!(get(&mut ana, &id).await["status"], "input_required");
}

#[tokio::test(start_paused = true)]
async fn a_task_outlives_its_connection_but_not_its_owner() {
    for era in ERAS {
        let office = office();
        let mut ana = connect(&office, era, "Ana").await;
        let id = start(&mut ana).await;
        drop(ana);
        let mut ana = connect(&office, era, "Ana").await;
        let mut ben = connect(&office, era, "Ben").await;
        assert_eq!(settle(&mut ana, &id).await["status"], "input_required");
        let unknown = json!({ "taskId": "00000000-0000-4000-8000-000000000000" });
        for method in ["tasks/get", "tasks/cancel", "tasks/update"] {
            let mut errors = Vec::new();
            for id in [&id, &unknown] {
                let mut params = id.clone();
                params["inputResponses"] = json!({ "skip": { "action": "decline" } });
                let reply = ben.request(method, params).await.unwrap();
                let text = reply["error"].to_string();
                errors.push(text.replace(id["taskId"].as_str().unwrap(), "id"));
            }
            assert_eq!(errors[0], errors[1]);
            assert!(errors[0].contains("-32602"));
        }
        assert_eq!(get(&mut ana, &id).await["status"], "input_required");
    }
}

#[tokio::test(start_paused = true)]
async fn a_manager_made_for_each_connection_forgets_every_task() {
    let mut ana = connect(&office(), Era::Stateless, "Ana").await;
    let id = start(&mut ana).await;
    let mut ana = connect(&office(), Era::Stateless, "Ana").await;
    let reply = ana.request("tasks/get", id).await.unwrap();
    assert_eq!(reply["error"]["code"], -32602);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_shows_no_forms_is_not_asked() {
    for elicitation in [Value::Null, json!({ "url": {} })] {
        let mut capabilities = json!({ "extensions": { "io.modelcontextprotocol/tasks": {} } });
        if !elicitation.is_null() {
            capabilities["elicitation"] = elicitation;
        }
        let desk = Desk::new(&office(), "Ana");
        let mut ana = Caller::connect(desk, Era::Stateless, capabilities)
            .await
            .unwrap();
        let id = start(&mut ana).await;
        assert_eq!(settle(&mut ana, &id).await["status"], "completed");
    }
}

#[tokio::test(start_paused = true)]
async fn one_caller_cannot_start_scans_without_end() {
    let office = office();
    let mut ana = connect(&office, Era::Stateless, "Ana").await;
    for _ in 0..MAX_RUNNING {
        start(&mut ana).await;
    }
    let reply = ana.request("tools/call", scan()).await.unwrap();
    assert_eq!(reply["result"]["isError"], true);
    let mut ben = connect(&office, Era::Stateless, "Ben").await;
    start(&mut ben).await;
}

struct Careless(TaskManager);

impl ServerHandler for Careless {
    async fn call_tool(
        &self,
        _: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let task = self.0.spawn(TaskOptions::new(), |_| {
            Box::pin(async { Ok(CallToolResult::success(Vec::new())) })
        });
        Ok(CreateTaskResult::new(task).into())
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_without_the_extension_never_sees_a_task() {
    for era in ERAS {
        let server = Careless(TaskManager::new());
        let mut caller = Caller::connect(server, era, json!({})).await.unwrap();
        let reply = caller.request("tools/call", scan()).await.unwrap();
        assert_eq!(reply["error"]["code"], -32021);
        let desk = Desk::new(&office(), "Ana");
        let mut caller = Caller::connect(desk, era, json!({})).await.unwrap();
        let params = json!({ "taskId": "any" });
        let reply = caller.request("tasks/get", params).await.unwrap();
        assert_eq!(reply["error"]["code"], -32021);
    }
}

#[tokio::test]
async fn a_panicking_task_stays_at_work_until_its_ttl() {
    // A manager for each: the first look at an overdue task is the one that ends it.
    for (ttl_ms, expected) in [(300_000, TaskStatus::Working), (250, TaskStatus::Failed)] {
        let tasks = TaskManager::new();
        let options = TaskOptions::new().with_ttl_ms(ttl_ms);
        let task = tasks.spawn(options, |_| Box::pin(async { panic!("the work panics") }));
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        std::thread::sleep(Duration::from_millis(300));
        let seen = tasks.get_task(&task.task_id).unwrap().status();
        assert_eq!(seen, expected);
    }
}
