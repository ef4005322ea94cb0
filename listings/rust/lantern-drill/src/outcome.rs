//! How a request can end.

use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Answered,
    /// A tool result that says: the server stops, call again.
    SentAway,
    /// A status of 500 or more.
    Failed,
    /// No answer, or not the answer to this request.
    Lost,
    Busy,
    Unauthorized,
    TooLarge,
    DoorClosed,
    StreamEnded,
    StreamBroken,
}

impl Outcome {
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Answered, "call: answered with its result"),
        (Self::SentAway, "call: told to call again, server stops"),
        (Self::Failed, "call: answered with a 5xx"),
        (Self::Lost, "call: lost"),
        (Self::Busy, "refused: all slots taken"),
        (Self::Unauthorized, "refused: expired token, 401"),
        (Self::TooLarge, "refused: oversized body, 413"),
        (Self::DoorClosed, "refused: the door is closed"),
        (Self::StreamEnded, "stream: ended with its final result"),
        (Self::StreamBroken, "stream: broken off"),
    ];

    // ANCHOR: judge
    /// What the answer to call `id` means for its caller.
    pub fn of_call(id: usize, status: u16, body: &str) -> Self {
        let message: Value = serde_json::from_str(body).unwrap_or_default();
        let result = &message["result"];
        let text = result["content"][0]["text"].as_str().unwrap_or_default();
        match status {
            401 => Self::Unauthorized,
            413 => Self::TooLarge,
            500.. => Self::Failed,
            200 if message["id"] != id => Self::Lost,
            200 if result["isError"] != true && !text.is_empty() => Self::Answered,
            200 if text.starts_with("the server stops") => Self::SentAway,
            200 if text.starts_with("the server is busy") => Self::Busy,
            _ => Self::Lost,
        }
    }

    /// Whether the last message of a stream is the response to the request that opened it.
    pub fn of_stream(id: usize, events: &str) -> Self {
        let data = events.lines().filter_map(|line| line.strip_prefix("data:"));
        let message = data
            .filter_map(|data| serde_json::from_str::<Value>(data).ok())
            .next_back();
        match message {
            Some(last) if last["id"] == id && last["result"].is_object() => Self::StreamEnded,
            _ => Self::StreamBroken,
        }
    }
    // ANCHOR_END: judge
}
