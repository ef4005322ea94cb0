//! Everything an operator can say, read once and checked before the first connection.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet};
use lantern_guard::{Guard, GuardConfig};
use rmcp::transport::streamable_http_server::session::SessionStore;

use crate::Limits;

/// Who may call.
#[derive(Debug, Clone, Default)]
pub enum Access {
    /// Everyone who reaches the address. Only for loopback.
    #[default]
    Open,
    /// Callers with a token of the issuer for the public URL.
    Guarded { guard: GuardConfig, keys: JwkSet },
}

// ANCHOR: config
#[derive(Debug, Clone)]
pub struct Config {
    pub bind: SocketAddr,
    pub access: Access,
    /// Whether clients of 2025-11-25 get a session. It ties them to this process.
    pub sessions: bool,
    /// Where other replicas find the sessions that this one opened.
    pub session_store: Option<Arc<dyn SessionStore>>,
    /// Whether an answer that is one message is sent as JSON rather than as an event stream.
    pub json: bool,
    /// Whether small packets leave at once (`TCP_NODELAY`). Off only to measure what that is worth.
    pub nodelay: bool,
    pub body_limit: usize,
    pub limits: Limits,
    /// How long `/readyz` says no before the listener closes.
    pub settle: Duration,
    /// How long running calls may take once the listener is closed.
    pub drain: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            access: Access::Open,
            sessions: false,
            session_store: None,
            json: true,
            nodelay: true,
            body_limit: 256 * 1024,
            limits: Limits::default(),
            settle: Duration::from_secs(5),
            drain: Duration::from_secs(20),
        }
    }
}
// ANCHOR_END: config

impl Config {
    // ANCHOR: read
    /// Reads the variables whose names start with `LANTERN_`.
    ///
    /// # Errors
    /// Everything that is wrong, not just the first mistake.
    pub fn from_vars(
        vars: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Vec<String>> {
        let mut config = Self::default();
        let mut mistakes = Vec::new();
        let (mut url, mut issuer, mut keys) = (None, None, None);
        for (name, value) in vars {
            let Some(key) = name.strip_prefix("LANTERN_") else {
                continue;
            };
            let read = match key {
                "BIND" => set(&mut config.bind, value.parse().ok()),
                "SESSIONS" => set(&mut config.sessions, switch(&value)),
                "JSON" => set(&mut config.json, switch(&value)),
                "BODY_BYTES" => set(&mut config.body_limit, at_least_one(&value)),
                "MAX_CALLS" => set(&mut config.limits.calls, at_least_one(&value)),
                "MAX_STREAMS" => set(&mut config.limits.streams, at_least_one(&value)),
                "CALL_SECONDS" => set(&mut config.limits.deadline, some_seconds(&value)),
                "SEGMENT_MILLIS" => set(&mut config.limits.segment, millis(&value)),
                "SETTLE_SECONDS" => set(&mut config.settle, seconds(&value)),
                "DRAIN_SECONDS" => set(&mut config.drain, seconds(&value)),
                "URL" => set(&mut url, Some(Some(value.clone()))),
                "ISSUER" => set(&mut issuer, Some(Some(value.clone()))),
                "KEYS" => read_keys(&value).map(|set| keys = Some(set)),
                _ => Err("is not a setting"),
            };
            if let Err(problem) = read {
                mistakes.push(format!("{name}=`{value}` {problem}"));
            }
        }
        match (url, issuer, keys) {
            (Some(url), Some(issuer), Some(keys)) => {
                let guard = GuardConfig::new(&url, &issuer);
                if let Err(problem) = Guard::new(guard.clone(), &keys) {
                    mistakes.push(format!("LANTERN_URL=`{url}`: {problem}"));
                }
                config.access = Access::Guarded { guard, keys };
            }
            (None, None, None) if config.bind.ip().is_loopback() => {}
            (None, None, None) => mistakes.push(format!(
                "{} is not a loopback address: set LANTERN_URL, LANTERN_ISSUER and LANTERN_KEYS",
                config.bind
            )),
            _ => {
                mistakes.push("LANTERN_URL, LANTERN_ISSUER and LANTERN_KEYS belong together".into())
            }
        }
        mistakes.sort();
        if mistakes.is_empty() {
            Ok(config)
        } else {
            Err(mistakes)
        }
    }
    // ANCHOR_END: read
}

fn set<T>(slot: &mut T, value: Option<T>) -> Result<(), &'static str> {
    *slot = value.ok_or("cannot be read")?;
    Ok(())
}

fn switch(value: &str) -> Option<bool> {
    match value {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn at_least_one(value: &str) -> Option<usize> {
    let number: u32 = value.parse().ok()?; // a semaphore cannot count as far as a usize
    usize::try_from(number).ok().filter(|number| *number > 0)
}

fn seconds(value: &str) -> Option<Duration> {
    value.parse().ok().map(Duration::from_secs)
}

fn some_seconds(value: &str) -> Option<Duration> {
    seconds(value).filter(|time| !time.is_zero())
}

fn millis(value: &str) -> Option<Duration> {
    value.parse().ok().map(Duration::from_millis)
}

/// Reads a set with a key that the guard can use: it verifies EdDSA, and finds keys by their `kid`.
fn read_keys(path: &str) -> Result<JwkSet, &'static str> {
    let text = fs::read_to_string(path).map_err(|_| "is not a readable file")?;
    let set: Option<JwkSet> = serde_json::from_str(&text).ok();
    set.filter(|set| set.keys.iter().any(is_usable))
        .ok_or("is not a JSON Web Key Set with a key for EdDSA that has a `kid`")
}

fn is_usable(key: &Jwk) -> bool {
    key.common.key_id.is_some() && matches!(key.algorithm, AlgorithmParameters::OctetKeyPair(_))
}
