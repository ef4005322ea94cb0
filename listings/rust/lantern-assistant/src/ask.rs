//! One question to the client, in whichever way the client's revision allows.

// Sampling is deprecated by SEP-2577 and still part of both revisions.
#![allow(deprecated)]

use rmcp::RoleServer;
use rmcp::model::{
    InputRequest, InputRequests, InputRequiredResult, InputResponses, ProtocolVersion,
};
use rmcp::service::RequestContext;
use serde::Serialize;
use serde_json::Value;

// ANCHOR: ask
/// What came of a question to the client.
pub enum Asked {
    Answer(Value),
    /// Return this; the client answers and calls again.
    AskFirst(InputRequiredResult),
}

/// Asks the client. In 2026-07-28, what stands before this in a tool runs again after the answer.
pub async fn ask(
    context: &RequestContext<RoleServer>,
    responses: Option<&InputResponses>,
    key: &str,
    question: InputRequest,
) -> Result<Asked, String> {
    if let Some(answer) = responses.and_then(|responses| responses.get(key)) {
        return Ok(Asked::Answer(answer.clone()));
    }
    if context.protocol_version() >= Some(ProtocolVersion::V_2026_07_28) {
        let questions = InputRequests::from([(key.to_owned(), question)]);
        let ask_first = InputRequiredResult::from_input_requests(questions);
        return Ok(Asked::AskFirst(ask_first));
    }
    if context.meta.protocol_version().is_some() {
        // An older revision without a handshake: there is no session that an answer could use.
        return Err("this client can be asked in revision 2026-07-28 only".to_owned());
    }
    let peer = &context.peer;
    match question {
        InputRequest::CreateMessage(request) => answer(peer.create_message(request.params).await),
        InputRequest::Elicitation(request) => answer(peer.create_elicitation(request.params).await),
        _ => Err("the desk does not ask this".to_owned()),
    }
}
// ANCHOR_END: ask

fn answer<T: Serialize, E: ToString>(reply: Result<T, E>) -> Result<Asked, String> {
    let reply = reply.map_err(|error| error.to_string())?;
    let answer = serde_json::to_value(reply).map_err(|error| error.to_string())?;
    Ok(Asked::Answer(answer))
}
