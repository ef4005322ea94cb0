use std::collections::HashSet;
use std::time::Duration;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CancelTaskParams, ElicitRequestParams,
    ElicitResult, GetTaskParams, InputRequest, InputRequests, InputResponses, Task, TaskPayload,
    UpdateTaskParams,
};
use rmcp::service::ServiceError;
use rmcp::{Peer, RoleClient};
use serde_json::Value;

// ANCHOR: errors
#[derive(Debug, thiserror::Error)]
pub enum DriveError {
    #[error(transparent)]
    Service(#[from] ServiceError),
    #[error("the server asks for `{0}`, and this client does not answer that")]
    Refused(String),
    #[error("the task ended without a result: {0}")]
    Task(String),
    #[error("the server sent an answer that this client does not know")]
    Unknown,
}
// ANCHOR_END: errors

/// Drives calls round by round. `user` fills in forms; `log` notes what happened.
pub struct Driver<U> {
    pub peer: Peer<RoleClient>,
    pub user: U,
    pub max_rounds: usize,
    pub log: Vec<String>,
}

impl<U: FnMut(&str) -> ElicitResult> Driver<U> {
    // ANCHOR: rounds
    pub async fn call(
        &mut self,
        mut call: CallToolRequestParams,
    ) -> Result<CallToolResult, DriveError> {
        for round in 1..=self.max_rounds {
            match self.peer.call_tool_once(call.clone()).await? {
                CallToolResponse::Complete(result) => {
                    self.log.push(format!("round {round}: complete"));
                    return Ok(result);
                }
                CallToolResponse::InputRequired(needed) => {
                    self.log.push(format!("round {round}: input required"));
                    let questions = needed.input_requests.unwrap_or_default();
                    let answers = self.answer(questions)?;
                    call.input_responses = (!answers.is_empty()).then_some(answers);
                    call.request_state = needed.request_state; // as it came, or gone
                }
                CallToolResponse::Task(ticket) => {
                    self.log.push(format!("round {round}: a task"));
                    return self.poll(ticket.task).await;
                }
                _ => return Err(DriveError::Unknown),
            }
        }
        let max_rounds = self.max_rounds;
        Err(ServiceError::InputRequiredRoundsExceeded { max_rounds }.into())
    }
    // ANCHOR_END: rounds

    // ANCHOR: answer
    /// Answers forms and nothing else. One question it does not know stops the whole call.
    fn answer(&mut self, questions: InputRequests) -> Result<InputResponses, DriveError> {
        let mut answers = InputResponses::new();
        for (key, question) in questions {
            let ElicitRequestParams::FormElicitationParams { message, .. } = form(question)? else {
                return Err(DriveError::Refused("elicitation/create by URL".to_owned()));
            };
            let answer = (self.user)(&message);
            self.log
                .push(format!("  {key}: {message} {:?}", answer.action));
            let answer = serde_json::to_value(answer).map_err(|_| DriveError::Unknown)?;
            answers.insert(key, answer);
        }
        Ok(answers)
    }
    // ANCHOR_END: answer

    // ANCHOR: poll
    async fn poll(&mut self, ticket: Task) -> Result<CallToolResult, DriveError> {
        let id = ticket.task_id;
        let mut interval = ticket.poll_interval_ms;
        let mut answered = HashSet::new();
        let mut last = String::new();
        for _poll in 0..100 {
            // The server asks, the client decides: 0 would burn all polls at once,
            // and the largest figure would sleep for ever.
            let wait = interval.unwrap_or(1000).clamp(100, 60_000);
            tokio::time::sleep(Duration::from_millis(wait)).await;
            let task = self.peer.get_task(GetTaskParams::new(&id)).await?.task;
            interval = task.task.poll_interval_ms.or(interval);
            let status = format!("  task: {:?}", task.status());
            if status != last {
                self.log.push(status.clone());
                last = status;
            }
            match task.payload {
                TaskPayload::Working => {}
                TaskPayload::InputRequired { mut input_requests } => {
                    // The status may lag behind an answer: no question is put twice.
                    input_requests.retain(|key, _| answered.insert(key.clone()));
                    if input_requests.is_empty() {
                        continue;
                    }
                    let answers = match self.answer(input_requests) {
                        Ok(answers) => answers,
                        Err(refused) => {
                            self.peer.cancel_task(CancelTaskParams::new(&id)).await?;
                            return Err(refused);
                        }
                    };
                    self.peer
                        .update_task(UpdateTaskParams::new(&id, answers))
                        .await?;
                }
                TaskPayload::Completed { result } => {
                    let result = serde_json::from_value(Value::Object(result));
                    return result.map_err(|_| DriveError::Unknown);
                }
                TaskPayload::Failed { error } => {
                    return Err(DriveError::Task(Value::Object(error).to_string()));
                }
                TaskPayload::Cancelled => return Err(DriveError::Task("cancelled".to_owned())),
                _ => return Err(DriveError::Unknown),
            }
        }
        self.peer.cancel_task(CancelTaskParams::new(&id)).await?;
        Err(DriveError::Task("too many polls".to_owned()))
    }
    // ANCHOR_END: poll
}

// ANCHOR: form
fn form(question: InputRequest) -> Result<ElicitRequestParams, DriveError> {
    match question {
        InputRequest::Elicitation(request) => Ok(request.params),
        other => {
            let question = serde_json::to_value(&other).unwrap_or_default();
            let method = question["method"].as_str().unwrap_or("something unknown");
            Err(DriveError::Refused(method.to_owned()))
        }
    }
}
// ANCHOR_END: form
