//! A server with the fixtures that the conformance suite looks for, and a program that runs the suite on it.

pub mod fixtures;
pub mod suite;
