//! Which values an argument of a prompt can have.

use lantern_core::Incidents;
use rmcp::ErrorData;
use rmcp::model::{CompleteRequestParams, CompletionContext, Reference};

use crate::Desk;

impl Desk {
    // ANCHOR: candidates
    /// All values, before the text that the user has typed is taken into account.
    pub(crate) fn candidates(
        &self,
        request: &CompleteRequestParams,
    ) -> Result<Vec<String>, ErrorData> {
        let Reference::Prompt(prompt) = &request.r#ref else {
            return Err(ErrorData::invalid_params(
                "only prompts are completed",
                None,
            ));
        };
        match (prompt.name.as_str(), request.argument.name.as_str()) {
            ("triage" | "postmortem", "service") => {
                let services = self.data.logs.services().iter();
                Ok(services.map(ToString::to_string).collect())
            }
            ("postmortem", "incident") => self.incidents_about(request.context.as_ref()),
            (prompt, argument) => {
                let message = format!("prompt `{prompt}` has no argument `{argument}`");
                Err(ErrorData::invalid_params(message, None))
            }
        }
    }

    /// Ids of incidents; only those of one service if the user has chosen one already.
    fn incidents_about(
        &self,
        context: Option<&CompletionContext>,
    ) -> Result<Vec<String>, ErrorData> {
        let service = context.and_then(|context| context.get_argument("service"));
        let page = self.data.incidents.list_page(None, Incidents::CAPACITY);
        let page = page.map_err(crate::refused)?;
        let incidents = page.incidents.into_iter();
        Ok(incidents
            .filter(|incident| service.is_none_or(|service| incident.service == *service))
            .map(|incident| incident.id)
            .collect())
    }
    // ANCHOR_END: candidates
}
