/// Everything that can go wrong at the desk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    #[error("there is no service `{0}`")]
    UnknownService(String),
    #[error("there is no incident `{0}`")]
    UnknownIncident(String),
    #[error("days {from} to {to} are not a window of a data set of {days} days")]
    InvalidWindow { from: u16, to: u16, days: u16 },
    #[error("incident `{0}` is already closed")]
    AlreadyClosed(String),
    #[error("storage: {0}")]
    Storage(String),
}
