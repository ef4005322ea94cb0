// Sampling is deprecated by SEP-2577 and still part of both revisions.
#![allow(deprecated)]

use std::sync::{Arc, Mutex};

use rmcp::model::{
    ClientCapabilities, ClientConfig, CreateMessageRequestParams, CreateMessageResult,
    ElicitRequestParams, ElicitResult, ElicitationAction, ErrorCode, Implementation,
    SamplingMessage,
};
use rmcp::service::RequestContext;
use rmcp::{ClientHandler, ErrorData, RoleClient};
use serde_json::json;

/// What the scripted user does with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum User {
    FillsIn,
    Declines,
    Closes,
}

/// A client with a scripted model and a scripted user. It writes down what was said.
#[derive(Clone)]
pub struct Assistant {
    user: User,
    most_tokens: u32,
    transcript: Arc<Mutex<Vec<String>>>,
}

impl Assistant {
    pub fn new(user: User) -> Self {
        Self {
            user,
            most_tokens: 200,
            transcript: Arc::default(),
        }
    }

    /// A wish for a longer text is refused.
    pub fn with_most_tokens(mut self, most_tokens: u32) -> Self {
        self.most_tokens = most_tokens;
        self
    }

    pub fn transcript(&self) -> Vec<String> {
        self.transcript.lock().expect("no poison").clone()
    }

    fn write_down(&self, who: &str, what: &str) {
        let line = format!("{who}: {what}");
        self.transcript.lock().expect("no poison").push(line);
    }
}

// ANCHOR: handler
impl ClientHandler for Assistant {
    fn get_info(&self) -> ClientConfig {
        let capabilities = ClientCapabilities::builder()
            .enable_sampling()
            .enable_elicitation()
            .build();
        let name = Implementation::new("lantern-assistant", env!("CARGO_PKG_VERSION"));
        ClientConfig::new(capabilities, name)
    }

    async fn create_message(
        &self,
        wish: CreateMessageRequestParams,
        _context: RequestContext<RoleClient>,
    ) -> Result<CreateMessageResult, ErrorData> {
        let blocks = wish
            .messages
            .iter()
            .flat_map(|message| message.content.iter());
        let texts = blocks.filter_map(|block| block.as_text());
        let prompt: String = texts.map(|text| text.text.as_str()).collect();
        self.write_down("desk asks the model", &prompt);
        if wish.max_tokens > self.most_tokens {
            let refusal = "User rejected sampling request";
            return Err(ErrorData::new(ErrorCode(-1), refusal, None));
        }
        let reply = "Accounts lost a dependency; logins were slow.";
        self.write_down("model", reply);
        let message = SamplingMessage::assistant_text(reply);
        Ok(
            CreateMessageResult::new(message, "scripted-model".to_owned())
                .with_stop_reason(CreateMessageResult::STOP_REASON_END_TURN),
        )
    }

    async fn create_elicitation(
        &self,
        form: ElicitRequestParams,
        _context: RequestContext<RoleClient>,
    ) -> Result<ElicitResult, ErrorData> {
        let ElicitRequestParams::FormElicitationParams { message, .. } = form else {
            return Ok(ElicitResult::new(ElicitationAction::Decline));
        };
        self.write_down("desk asks the user", &message);
        self.write_down("user", &format!("{:?}", self.user));
        Ok(match self.user {
            User::FillsIn => ElicitResult::new(ElicitationAction::Accept)
                .with_content(json!({ "root_cause": "dependency", "confirm": true })),
            User::Declines => ElicitResult::new(ElicitationAction::Decline),
            User::Closes => ElicitResult::new(ElicitationAction::Cancel),
        })
    }
}
// ANCHOR_END: handler
