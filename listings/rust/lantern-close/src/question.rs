//! The question that is asked before an incident is closed, and the state that goes with it.

use std::time::Duration;

use lantern_core::{Incident, RootCause};
use lantern_tools::ToolFailure;
use rmcp::model::{
    ElicitRequest, ElicitRequestParams, ElicitResult, ElicitationAction, ElicitationSchema,
    InputRequest, InputRequiredResult, InputResponses, RequestStateCodec, RequestStateError,
    SealOptions,
};
use rmcp::{ErrorData, elicit_safe};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

// ANCHOR: closing
/// The causes as a form shows them: in place, and with their type spelled out.
#[derive(JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline, extend("type" = "string"))]
#[expect(dead_code, reason = "only its schema is used")]
enum Causes {
    Capacity,
    Configuration,
    Dependency,
    Software,
}

/// What the user fills in.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Closing {
    /// Why the incident happened.
    #[schemars(with = "Causes")]
    pub root_cause: RootCause,
    /// Close it now?
    pub confirmed: bool,
}

elicit_safe!(Closing);
// ANCHOR_END: closing

pub fn message(incident: &Incident) -> String {
    let Incident {
        id, title, notes, ..
    } = incident;
    format!("Close {id}: {title}? It has {} notes.", notes.len())
}

// ANCHOR: seal
/// What the user had before their eyes when they were asked.
#[derive(Serialize, Deserialize)]
struct Asked {
    notes: usize,
}

/// Asks in the answer to the call, and keeps nothing.
pub fn ask(
    codec: &RequestStateCodec,
    ttl: Duration,
    caller: &str,
    incident: &Incident,
) -> Result<InputRequiredResult, ErrorData> {
    let internal = |error: String| ErrorData::internal_error(error, None);
    let schema = ElicitationSchema::from_type::<Closing>();
    let question = ElicitRequest::new(ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: message(incident),
        requested_schema: schema.map_err(|error| internal(error.to_string()))?,
    });
    let requests = [("closing".into(), InputRequest::Elicitation(question))];
    let asked = Asked {
        notes: incident.notes.len(),
    };
    let binding = binding(caller, incident);
    let options = SealOptions::new().associated_data(&binding).ttl(ttl);
    let sealed = codec.seal_json_with(&asked, &options);
    let sealed = sealed.map_err(|error| internal(error.to_string()))?;
    Ok(InputRequiredResult::new(
        Some(requests.into()),
        Some(sealed),
    ))
}

/// The state is good for this caller, this tool and this incident, and for nothing else.
fn binding(caller: &str, incident: &Incident) -> Vec<u8> {
    format!("close_incident\0{caller}\0{}", incident.id).into_bytes()
}
// ANCHOR_END: seal

// ANCHOR: open
/// The user's answer; `None` when there is none to the question as it stands now.
pub fn answer(
    codec: &RequestStateCodec,
    caller: &str,
    incident: &Incident,
    state: Option<String>,
    answers: Option<InputResponses>,
) -> Result<Option<ElicitResult>, ErrorData> {
    let Some(state) = state else {
        return Ok(None);
    };
    let asked: Result<Asked, RequestStateError> =
        codec.open_json_with(&state, &binding(caller, incident));
    let asked = asked.map_err(|_| {
        let text = "the request state is not valid here; call the tool again without it";
        ErrorData::invalid_params(text, None)
    })?;
    let answer = answers.and_then(|mut answers| answers.remove("closing"));
    let Some(answer) = answer.filter(|_| asked.notes == incident.notes.len()) else {
        return Ok(None);
    };
    serde_json::from_value(answer)
        .map(Some)
        .map_err(|error| ErrorData::invalid_params(error.to_string(), None))
}
// ANCHOR_END: open

/// `None` when the user declined or went away.
pub fn filled_in(answer: ElicitResult) -> Result<Option<Closing>, ToolFailure> {
    if answer.action != ElicitationAction::Accept {
        return Ok(None);
    }
    serde_json::from_value(answer.content.unwrap_or_default())
        .map(Some)
        .map_err(|error| ToolFailure::ForTheModel(format!("the form was not filled in: {error}")))
}
