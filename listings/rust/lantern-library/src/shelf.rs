//! What the library holds, without any MCP in it: texts, and a channel that tells what changed.

use lantern_core::{Dataset, DeskError, Filter, Incident};
use tokio::sync::broadcast;

use crate::Address;

/// The data and the news about it. All connections of a process share one shelf.
pub struct Shelf {
    pub data: Dataset,
    changes: broadcast::Sender<String>,
}

impl Shelf {
    pub fn new(data: Dataset) -> Self {
        Self {
            data,
            changes: broadcast::Sender::new(16),
        }
    }

    /// The URIs of incidents, as they change from now on.
    pub fn changes(&self) -> broadcast::Receiver<String> {
        self.changes.subscribe()
    }

    pub fn annotate(&self, id: &str, text: &str) -> Result<Incident, DeskError> {
        let incident = self.data.incidents.annotate(id, text)?;
        // An error means that nobody listens.
        let _ = self.changes.send(Address::Incident { id }.to_string());
        Ok(incident)
    }

    pub fn log(&self, service: &str, day: u16) -> Result<String, DeskError> {
        let filter = Filter {
            service,
            days: Some((day, day)),
            ..Filter::default()
        };
        let events = self.data.logs.search(&filter, usize::MAX)?;
        let line = |event: &lantern_core::LogEvent| format!("{} {}\n", event.at, event.message);
        Ok(events.iter().map(line).collect())
    }

    pub fn holds(&self, uri: &str) -> bool {
        match Address::parse(uri) {
            Some(Address::Runbook { slug }) => self.data.runbooks.get(slug).is_some(),
            Some(Address::Incident { id }) => self.data.incidents.get(id).is_ok(),
            Some(Address::Log { service, day }) => {
                self.data.logs.check_service(service).is_ok() && day < self.data.logs.days()
            }
            None => false,
        }
    }
}
