//! Lantern's tools in two modules, and a switch that takes the writing ones away.

mod server;
mod tools;

pub use server::Desk;
