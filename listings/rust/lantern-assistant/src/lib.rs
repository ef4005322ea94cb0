//! A desk that asks back, and a client that answers.

mod ask;
mod assistant;
mod desk;

pub use assistant::{Assistant, User};
pub use desk::AskingDesk;
