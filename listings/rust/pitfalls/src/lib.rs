//! The mistakes that chapters 1 and 2 warn of, one per example.
//!
//! Every example compiles. With the feature `broken` it holds the mistake and is refused;
//! `tests/refused.rs` compares the reason with the one that the chapters give.
