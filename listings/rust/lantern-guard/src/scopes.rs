//! Which permission a message needs. One table, and what it does not name needs everything.

use std::collections::BTreeSet;

pub const READ: &str = "incidents:read";
pub const WRITE: &str = "incidents:write";
pub const SCAN: &str = "archive:scan";
const ALL: [&str; 3] = [READ, WRITE, SCAN];

// ANCHOR: needed
/// The scopes that a JSON-RPC message needs, all of them at once.
pub fn needed(method: &str, tool: Option<&str>) -> &'static [&'static str] {
    match method {
        "tools/call" => tool.map_or(&ALL, needed_by_tool),
        "initialize" | "ping" | "server/discover" | "tools/list" => &[READ],
        "completion/complete" | "prompts/get" | "prompts/list" => &[READ],
        "resources/list" | "resources/read" | "resources/templates/list" => &[READ],
        "resources/subscribe" | "resources/unsubscribe" | "subscriptions/listen" => &[READ],
        // The call that made the task needed the scopes; whose task it is, the handler decides.
        "tasks/cancel" | "tasks/get" | "tasks/update" => &[READ],
        "" => &[READ], // a reply
        _ if method.starts_with("notifications/") => &[READ],
        _ => &ALL, // a method that nobody classified
    }
}

pub fn needed_by_tool(tool: &str) -> &'static [&'static str] {
    match tool {
        "count_events" | "search_events" | "summarize_errors" | "whoami" => &[READ],
        "open_incident" | "annotate_incident" | "close_incident" => &[WRITE],
        "scan_archive" => &[SCAN],
        _ => &ALL, // a tool that nobody classified
    }
}

/// Who may write may also read; no other scope implies another.
pub fn covers(granted: &BTreeSet<String>, scope: &str) -> bool {
    granted.contains(scope) || (scope == READ && granted.contains(WRITE))
}
// ANCHOR_END: needed
