//! The mistakes that chapters 1 and 2 warn of, one per example.
//!
//! Every example compiles. With the feature `broken` it holds the mistake and is refused; the
//! mistake of `client_feature` is to leave out the feature `client`. `tests/refused.rs` compares
//! the reasons with those that the chapters give.
