//! The scan as a task: it outlives its request and its connection.

mod job;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lantern_core::Dataset;
use lantern_scan::ScanArgs;
use lantern_tools::ToolFailure;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    CallToolResponse, CancelTaskParams, ClientCapabilities, CreateTaskResult, GetTaskParams,
    GetTaskResult, Implementation, ServerCapabilities, ServerConfig, UpdateTaskParams,
};
use rmcp::service::RequestContext;
use rmcp::task_manager::{TaskManager, TaskOptions};
use rmcp::{ErrorData, RoleServer, ServerHandler, tool, tool_handler, tool_router};

use job::Job;

// ANCHOR: office
/// What lives as long as the process: the data, and each caller's tasks.
pub struct Office {
    data: Dataset,
    ttl_ms: u64,
    managers: Mutex<HashMap<String, TaskManager>>,
}

impl Office {
    pub fn new(data: Dataset, ttl_ms: u64) -> Arc<Self> {
        Arc::new(Self {
            data,
            ttl_ms,
            managers: Mutex::default(),
        })
    }

    /// The tasks of one caller. Another caller's manager has never heard of them.
    fn tasks_of(&self, caller: &str) -> TaskManager {
        self.lock().entry(caller.into()).or_default().clone()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, TaskManager>> {
        self.managers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The server for one connection of one caller.
pub struct Desk {
    office: Arc<Office>,
    tasks: TaskManager,
    tool_router: ToolRouter<Self>,
}

impl Desk {
    pub fn new(office: &Arc<Office>, caller: &str) -> Self {
        Self {
            office: Arc::clone(office),
            tasks: office.tasks_of(caller),
            tool_router: Self::tool_router(),
        }
    }
}
// ANCHOR_END: office

/// How many scans one caller may have at a time.
pub const MAX_RUNNING: usize = 3;

#[tool_router]
impl Desk {
    // ANCHOR: tool
    /// Search the whole archive for a text. Slow: it reads every segment.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn scan_archive(
        &self,
        Parameters(args): Parameters<ScanArgs>,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ToolFailure> {
        let job = Job::new(&self.office, args.text);
        let client = context.client_capabilities().unwrap_or_default();
        if !client.supports_tasks() {
            return tokio::select! {
                biased;
                () = context.ct.cancelled() => Err(ToolFailure::ForTheModel("cancelled".into())),
                result = job.run() => Ok(result.map_err(ToolFailure::ForTheClient)?.into()),
            };
        }
        // Counting and starting are one step: no other call of this caller comes in between.
        let _counting = self.office.lock();
        if self.tasks.running_task_count() >= MAX_RUNNING {
            let text = format!("{MAX_RUNNING} scans run already; wait until one has ended");
            return Err(ToolFailure::ForTheModel(text));
        }
        let options = TaskOptions::new()
            .with_ttl_ms(self.office.ttl_ms)
            .with_poll_interval_ms(200)
            .with_status_message("nothing read yet");
        let may_ask = shows_forms(&client);
        let task = self
            .tasks
            .spawn(options, |task| Box::pin(job.run_as_task(task, may_ask)));
        Ok(CreateTaskResult::new(task).into())
    }
    // ANCHOR_END: tool
}

// ANCHOR: forms
/// An elicitation capability without a mode means forms, as before there were modes.
fn shows_forms(client: &ClientCapabilities) -> bool {
    let elicitation = client.elicitation.as_ref();
    elicitation.is_some_and(|modes| modes.form.is_some() || modes.url.is_none())
}
// ANCHOR_END: forms

// ANCHOR: handler
#[tool_handler(router = self.tool_router)]
impl ServerHandler for Desk {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_tasks()
            .build();
        let name = Implementation::new("lantern", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(capabilities).with_server_info(name)
    }

    async fn get_task(
        &self,
        request: GetTaskParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetTaskResult, ErrorData> {
        Ok(GetTaskResult::new(self.tasks.get_task(&request.task_id)?))
    }

    async fn update_task(
        &self,
        request: UpdateTaskParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        let answers = request.input_responses;
        self.tasks.update_task(&request.task_id, answers)
    }

    async fn cancel_task(
        &self,
        request: CancelTaskParams,
        _: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.tasks.cancel_task(&request.task_id)
    }
}
// ANCHOR_END: handler
