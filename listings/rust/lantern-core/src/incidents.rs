use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Clock, DeskError, Filter, Level, LogStore, Timestamp};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Open,
    Closed,
}

/// Why an incident happened; asked for when it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RootCause {
    Capacity,
    Configuration,
    Dependency,
    Software,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Note {
    pub at: Timestamp,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Incident {
    pub id: String,
    pub service: String,
    pub title: String,
    pub status: Status,
    pub opened_at: Timestamp,
    pub notes: Vec<Note>,
    pub root_cause: Option<RootCause>,
}

impl Incident {
    fn close(&mut self, root_cause: RootCause) {
        self.status = Status::Closed;
        self.root_cause = Some(root_cause);
    }
}

/// A page of incidents; `next` is the id to continue after, `None` on the last page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IncidentPage {
    pub incidents: Vec<Incident>,
    pub next: Option<String>,
}

/// The incident book. It is shared between requests, so its methods take `&self`.
pub struct Incidents {
    book: Mutex<BTreeMap<String, Incident>>,
    logs: LogStore,
    clock: Arc<dyn Clock>,
}

impl Incidents {
    /// The book's capacity: one more is a `DeskError::Storage`.
    pub const CAPACITY: usize = 500;

    /// Starts the book with one incident for each of the first six services' first error.
    pub(crate) fn from_logs(logs: &LogStore, clock: Arc<dyn Clock>) -> Self {
        let incidents = Self {
            book: Mutex::default(),
            logs: logs.clone(),
            clock,
        };
        for service in &logs.services()[..6] {
            let filter = Filter {
                service,
                level: Some(Level::Error),
                ..Filter::default()
            };
            if let Ok([first]) = logs.search(&filter, 1).as_deref() {
                let _ = incidents.insert(service, &first.message, first.at);
            }
        }
        incidents
    }

    pub fn open(&self, service: &str, title: &str) -> Result<Incident, DeskError> {
        self.logs.check_service(service)?;
        self.insert(service, title, self.clock.now())
    }

    pub fn get(&self, id: &str) -> Result<Incident, DeskError> {
        self.lock()
            .get(id)
            .cloned()
            .ok_or_else(|| DeskError::UnknownIncident(id.into()))
    }

    /// Up to `limit` incidents in order of id, from the one after `after` on.
    pub fn list_page(&self, after: Option<&str>, limit: usize) -> Result<IncidentPage, DeskError> {
        let book = self.lock();
        let after = after.unwrap_or("");
        if !after.is_empty() && !book.contains_key(after) {
            return Err(DeskError::UnknownIncident(after.into()));
        }
        let mut rest = book
            .iter()
            .filter(|(id, _)| id.as_str() > after)
            .map(|(_, incident)| incident);
        let incidents: Vec<_> = rest.by_ref().take(limit).cloned().collect();
        let next = rest
            .next()
            .and(incidents.last())
            .map(|last| last.id.clone());
        Ok(IncidentPage { incidents, next })
    }

    pub fn annotate(&self, id: &str, text: &str) -> Result<Incident, DeskError> {
        let note = Note {
            at: self.clock.now(),
            text: text.into(),
        };
        self.change(id, |incident| incident.notes.push(note))
    }

    pub fn close(&self, id: &str, root_cause: RootCause) -> Result<Incident, DeskError> {
        self.change(id, |incident| incident.close(root_cause))
    }

    /// Closes an incident that has `notes` notes; `None` if it has got another one since.
    pub fn close_if(
        &self,
        id: &str,
        notes: usize,
        root_cause: RootCause,
    ) -> Result<Option<Incident>, DeskError> {
        let mut as_expected = false;
        let incident = self.change(id, |incident| {
            as_expected = incident.notes.len() == notes;
            if as_expected {
                incident.close(root_cause);
            }
        })?;
        Ok(as_expected.then_some(incident))
    }

    fn insert(
        &self,
        service: &str,
        title: &str,
        opened_at: Timestamp,
    ) -> Result<Incident, DeskError> {
        let mut book = self.lock();
        if book.len() >= Self::CAPACITY {
            return Err(DeskError::Storage(format!(
                "the book holds its {} incidents",
                Self::CAPACITY
            )));
        }
        let incident = Incident {
            id: format!("INC-{:04}", book.len() + 1),
            service: service.into(),
            title: title.into(),
            status: Status::Open,
            opened_at,
            notes: Vec::new(),
            root_cause: None,
        };
        book.insert(incident.id.clone(), incident.clone());
        Ok(incident)
    }

    fn change(&self, id: &str, edit: impl FnOnce(&mut Incident)) -> Result<Incident, DeskError> {
        let mut book = self.lock();
        let incident = book
            .get_mut(id)
            .ok_or_else(|| DeskError::UnknownIncident(id.into()))?;
        if incident.status == Status::Closed {
            return Err(DeskError::AlreadyClosed(id.into()));
        }
        edit(incident);
        Ok(incident.clone())
    }

    /// Every change is complete before the lock is released, so a poisoned book is still a good one.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Incident>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
