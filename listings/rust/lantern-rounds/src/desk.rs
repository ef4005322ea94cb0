// Roots are deprecated by SEP-2577; one tool asks for them to be refused.
#![allow(deprecated)]

use std::sync::Arc;
use std::time::Duration;

use lantern_core::scan::Scan;
use lantern_core::{Dataset, DeskError, RootCause, Status};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, CreateTaskResult,
    ElicitRequest, ElicitRequestParams, ElicitationSchema, EnumSchema, GetTaskParams,
    GetTaskResult, InputRequest, InputRequests, InputRequiredResult, InputResponses,
    ListRootsRequest, RequestStateCodec, SealOptions, ServerCapabilities, ServerConfig,
    UpdateTaskParams,
};
use rmcp::service::RequestContext;
use rmcp::task_manager::{TaskContext, TaskExit, TaskManager, TaskOptions};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the desk must remember between the rounds of `close_incident`.
#[derive(Serialize, Deserialize)]
struct Remembered {
    root_cause: RootCause,
}

#[derive(Clone)]
pub struct RoundsDesk {
    data: Arc<Dataset>,
    codec: RequestStateCodec,
    tasks: TaskManager,
}

impl RoundsDesk {
    /// `key` must be the same on every replica, and at least 32 random bytes.
    pub fn new(data: Dataset, key: &[u8]) -> Result<Self, rmcp::model::RequestStateError> {
        Ok(Self {
            data: Arc::new(data),
            codec: RequestStateCodec::try_new(key)?,
            tasks: TaskManager::new(),
        })
    }

    // ANCHOR: close
    fn close_incident(&self, call: CallToolRequestParams) -> Result<CallToolResponse, ErrorData> {
        let id = argument(&call, "id")?.to_owned();
        let bound_to = format!("close_incident {id}");
        let answers = call.input_responses.unwrap_or_default();

        let Some(state) = call.request_state else {
            // Nobody is asked about an incident that cannot be closed.
            if let Err(error) = self.check_open(&id) {
                return Ok(failed(&error.to_string()));
            }
            let Some(cause) = accepted(&answers, "cause") else {
                return Ok(ask(
                    "cause",
                    "What was the root cause?",
                    cause_form()?,
                    None,
                ));
            };
            let root_cause = serde_json::from_value(cause["root_cause"].clone())
                .map_err(|error| ErrorData::invalid_params(error.to_string(), None))?;
            let options = SealOptions::new()
                .associated_data(bound_to.as_bytes())
                .ttl(Duration::from_secs(300));
            let state = self
                .codec
                .seal_json_with(&Remembered { root_cause }, &options);
            let state = state.map_err(|_| ErrorData::internal_error("cannot seal", None))?;
            return Ok(ask("confirm", "Close it?", confirm_form()?, Some(state)));
        };

        let remembered: Remembered = self
            .codec
            .open_json_with(&state, bound_to.as_bytes())
            .map_err(|_| ErrorData::invalid_params("invalid requestState", None))?;
        match accepted(&answers, "confirm") {
            Some(answer) if answer["confirm"] == true => {}
            _ => return Ok(failed("the user did not confirm")),
        }
        match self.data.incidents.close(&id, remembered.root_cause) {
            Ok(incident) => Ok(said(format!("{} is closed", incident.id))),
            Err(error) => Ok(failed(&error.to_string())),
        }
    }
    // ANCHOR_END: close

    fn check_open(&self, id: &str) -> Result<(), DeskError> {
        match self.data.incidents.get(id)?.status {
            Status::Open => Ok(()),
            Status::Closed => Err(DeskError::AlreadyClosed(id.into())),
        }
    }

    // ANCHOR: task
    /// The scan as a task: the answer to the call is a ticket.
    fn scan_archive(&self, context: &RequestContext<RoleServer>) -> CallToolResponse {
        let mut scan = Scan::new(&self.data.logs, "checksum");
        let work = move |task: TaskContext| async move {
            let mut found = 0;
            while let Some(step) = scan.next() {
                tokio::time::sleep(Duration::from_secs(1)).await;
                found = step.found_so_far;
                if step.done == 4 {
                    let form = confirm_form().map_err(TaskExit::Error)?;
                    let question = form_question("Leave out the service audit?", form);
                    let answer = task.request_input("skip", question).await?;
                    if answer["content"]["confirm"] == true {
                        scan.skip_service("audit");
                    }
                }
            }
            let found = ContentBlock::text(format!("{found} events"));
            Ok(CallToolResult::success(vec![found]))
        };
        if !context
            .client_capabilities()
            .is_some_and(|client| client.supports_tasks())
        {
            return failed("this needs a client with tasks");
        }
        let options = TaskOptions::new().with_poll_interval_ms(700);
        let task = self.tasks.spawn(options, |task| Box::pin(work(task)));
        CreateTaskResult::new(task).into()
    }
    // ANCHOR_END: task
}

impl ServerHandler for RoundsDesk {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_tasks()
            .build();
        ServerConfig::new(capabilities)
    }

    async fn call_tool(
        &self,
        call: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        match call.name.as_ref() {
            "close_incident" => self.close_incident(call),
            "scan_archive" => Ok(self.scan_archive(&context)),
            "never_satisfied" => Ok(ask("again", "Are you sure?", confirm_form()?, None)),
            "list_folders" => {
                let roots = InputRequest::ListRoots(ListRootsRequest::default());
                let questions = InputRequests::from([("roots".to_owned(), roots)]);
                Ok(InputRequiredResult::from_input_requests(questions).into())
            }
            _ => Err(ErrorData::invalid_params("tool not found", None)),
        }
    }

    async fn get_task(
        &self,
        task: GetTaskParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<GetTaskResult, ErrorData> {
        Ok(GetTaskResult::new(self.tasks.get_task(&task.task_id)?))
    }

    async fn update_task(
        &self,
        task: UpdateTaskParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.tasks.update_task(&task.task_id, task.input_responses)
    }

    async fn cancel_task(
        &self,
        task: rmcp::model::CancelTaskParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.tasks.cancel_task(&task.task_id)
    }
}

fn argument<'a>(call: &'a CallToolRequestParams, name: &str) -> Result<&'a str, ErrorData> {
    let value = call.arguments.as_ref().and_then(|args| args.get(name));
    let text = value.and_then(Value::as_str);
    text.ok_or_else(|| ErrorData::invalid_params(format!("`{name}` is missing"), None))
}

/// The content of an answer that the user accepted.
fn accepted<'a>(answers: &'a InputResponses, key: &str) -> Option<&'a Value> {
    let answer = answers.get(key)?;
    (answer["action"] == "accept").then(|| &answer["content"])
}

fn ask(
    key: &str,
    message: &str,
    form: ElicitationSchema,
    state: Option<String>,
) -> CallToolResponse {
    let questions = InputRequests::from([(key.to_owned(), form_question(message, form))]);
    InputRequiredResult::new(Some(questions), state).into()
}

fn form_question(message: &str, requested_schema: ElicitationSchema) -> InputRequest {
    let form = ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: message.to_owned(),
        requested_schema,
    };
    InputRequest::Elicitation(ElicitRequest::new(form))
}

fn cause_form() -> Result<ElicitationSchema, ErrorData> {
    let causes = ["capacity", "configuration", "dependency", "software"];
    let causes = EnumSchema::builder(causes.map(str::to_owned).to_vec()).build();
    let form = ElicitationSchema::builder().required_enum_schema("root_cause", causes);
    form.build()
        .map_err(|error| ErrorData::internal_error(error, None))
}

fn confirm_form() -> Result<ElicitationSchema, ErrorData> {
    let form = ElicitationSchema::builder().required_bool("confirm");
    form.build()
        .map_err(|error| ErrorData::internal_error(error, None))
}

fn said(text: String) -> CallToolResponse {
    CallToolResult::success(vec![ContentBlock::text(text)]).into()
}

fn failed(text: &str) -> CallToolResponse {
    CallToolResult::error(vec![ContentBlock::text(text)]).into()
}
