//! Who hears about which failure: the table in `errors.rs`, and the same table seen from the wire.

use lantern_core::{Dataset, DeskError, Incidents, RootCause};
use lantern_tools::wire::{Era, Wire};
use lantern_tools::{Desk, ToolFailure};
use serde_json::{Value, json};

fn desk() -> Desk {
    Desk::new(Dataset::generate(7, 3))
}

/// `Some(text)` for the model, `None` for a protocol error. No `_` arm: a new variant must decide.
fn text_for_the_model(error: &DeskError) -> Option<&'static str> {
    match error {
        DeskError::UnknownService(_) => Some("there is no service `payment`"),
        DeskError::UnknownIncident(_) => Some("there is no incident `INC-9999`"),
        DeskError::InvalidWindow { .. } => {
            Some("days 2 to 1 are not a window of a data set of 3 days")
        }
        DeskError::AlreadyClosed(_) => Some("incident `INC-0001` is already closed"),
        DeskError::Storage(_) => None,
    }
}

fn every_variant() -> [(DeskError, &'static str, Value); 5] {
    [
        (
            DeskError::UnknownService("payment".into()),
            "count_events",
            json!({ "service": "payment" }),
        ),
        (
            DeskError::UnknownIncident("INC-9999".into()),
            "annotate_incident",
            json!({ "id": "INC-9999", "text": "looking" }),
        ),
        (
            DeskError::InvalidWindow {
                from: 2,
                to: 1,
                days: 3,
            },
            "summarize_errors",
            json!({ "service": "tax", "from_day": 2, "to_day": 1 }),
        ),
        (
            DeskError::AlreadyClosed("INC-0001".into()),
            "annotate_incident",
            json!({ "id": "INC-0001", "text": "late" }),
        ),
        (
            DeskError::Storage("disk /dev/sda1 is full".into()),
            "open_incident",
            json!({ "service": "tax", "title": "one more" }),
        ),
    ]
}

#[test]
fn every_variant_has_one_audience() {
    for (error, ..) in every_variant() {
        let expected = text_for_the_model(&error);
        match ToolFailure::from(error.clone()) {
            ToolFailure::ForTheModel(text) => assert_eq!(Some(text.as_str()), expected),
            ToolFailure::ForTheClient(data) => {
                assert_eq!(None, expected, "{error}");
                assert_eq!(data.code.0, -32603);
                assert!(!data.message.contains("/dev/sda1"), "details stay at home");
            }
        }
    }
}

#[tokio::test]
async fn every_variant_reaches_its_audience_over_the_wire() {
    let desk = desk();
    let incidents = &desk.data.incidents;
    incidents.close("INC-0001", RootCause::Software).unwrap();
    while incidents.open("tax", "again").unwrap().id != format!("INC-{:04}", Incidents::CAPACITY) {}

    for era in [Era::Handshake, Era::Stateless] {
        let mut wire = Wire::connect(desk.clone(), era).await.unwrap();
        for (error, tool, arguments) in every_variant() {
            let reply = wire.call(tool, arguments).await.unwrap();
            match text_for_the_model(&error) {
                Some(text) => {
                    assert_eq!(reply["result"]["isError"], true, "{era:?} {reply}");
                    assert_eq!(reply["result"]["content"][0]["text"], text);
                    assert!(reply["result"].get("structuredContent").is_none());
                }
                None => assert_eq!(
                    reply,
                    json!({ "error": { "code": -32603, "message": "the desk's storage failed" } })
                ),
            }
        }
    }
}

#[tokio::test]
async fn arguments_that_do_not_fit_are_told_to_the_model() {
    let mut wire = Wire::connect(desk(), Era::Handshake).await.unwrap();
    for (arguments, problem) in [
        (json!({}), "missing field `service`"),
        (
            json!({ "service": 7 }),
            "invalid type: integer `7`, expected a string",
        ),
        (
            json!({ "service": "tax", "levle": "warn" }),
            "unknown field `levle`",
        ),
        (
            json!({ "service": "tax", "level": "fatal" }),
            "unknown variant `fatal`",
        ),
    ] {
        let reply = wire.call("count_events", arguments).await.unwrap();
        let text = reply["result"]["content"][0]["text"].as_str().unwrap();
        assert!(
            text.starts_with("failed to deserialize parameters: "),
            "{text}"
        );
        assert!(text.contains(problem), "{text}");
        assert_eq!(reply["result"]["isError"], true);
    }
}

#[tokio::test]
async fn a_schema_limit_is_not_enforced_for_you() {
    let desk = Desk::new(Dataset::generate(7, 30)); // more than 50 events of each service
    let mut wire = Wire::connect(desk, Era::Handshake).await.unwrap();
    let arguments = json!({ "service": "payments", "text": "", "limit": 1000 });
    let reply = wire.call("search_events", arguments).await.unwrap();
    assert_eq!(
        reply["result"]["isError"], false,
        "the schema says maximum 50"
    );
    let events = &reply["result"]["structuredContent"]["events"];
    assert_eq!(events.as_array().unwrap().len(), 50, "the tool says so too");
}

#[tokio::test]
async fn an_unknown_tool_is_invalid_params_not_method_not_found() {
    let mut wire = Wire::connect(desk(), Era::Handshake).await.unwrap();
    let reply = wire.call("count_event", json!({})).await.unwrap();
    assert_eq!(
        reply,
        json!({ "error": { "code": -32602, "message": "tool not found" } })
    );
}
