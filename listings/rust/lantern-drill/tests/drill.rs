use std::time::Duration;

use lantern_drill::{CALLS, LATE, Outcome, Plan, Report, SHIPPED, STREAMS, drill};

/// What every drill has in common, whatever it breaks.
fn check(report: &Report) {
    assert_eq!(report.accepted, CALLS);
    assert_eq!(report.count(Outcome::Busy), 1);
    assert_eq!(report.count(Outcome::Unauthorized), 1);
    assert_eq!(report.count(Outcome::TooLarge), 1);
    assert_eq!(report.count(Outcome::DoorClosed), LATE);
    let all: usize = report.outcomes.values().sum();
    assert_eq!(all, CALLS + STREAMS + 3 + LATE, "each request ends once");
}

// ANCHOR: shipped
#[test]
fn the_shipped_configuration_loses_nothing() {
    let report = drill(SHIPPED).unwrap();
    check(&report);
    assert_eq!(report.count(Outcome::Answered), report.accepted);
    assert_eq!(report.count(Outcome::Failed), 0);
    assert_eq!(report.count(Outcome::StreamEnded), STREAMS);
    assert!(report.in_time);
    assert!(report.is_clean());
}

#[test]
fn without_drain_time_the_work_is_lost_but_nobody_is_left_in_the_dark() {
    let drain = Duration::ZERO;
    let report = drill(Plan { drain, ..SHIPPED }).unwrap();
    check(&report);
    assert_eq!(report.count(Outcome::Answered), 0);
    assert_eq!(report.count(Outcome::SentAway), CALLS);
    assert_eq!(report.count(Outcome::StreamEnded), STREAMS);
    assert!(!report.is_clean());
}
// ANCHOR_END: shipped

#[test]
fn a_grace_period_below_the_drain_time_ends_in_a_kill() {
    let grace = Duration::from_secs(10);
    let report = drill(Plan { grace, ..SHIPPED }).unwrap();
    check(&report);
    assert_eq!(report.count(Outcome::Answered), CALLS);
    assert!(!report.in_time);
    assert!(!report.is_clean());
}

#[test]
fn if_the_transport_goes_first_calls_fail_and_streams_break() {
    let plug_first = true;
    let report = drill(Plan {
        plug_first,
        ..SHIPPED
    })
    .unwrap();
    check(&report);
    assert_eq!(report.count(Outcome::Failed), CALLS);
    assert_eq!(report.count(Outcome::StreamBroken), STREAMS);
    assert!(!report.is_clean());
}

#[test]
fn an_answer_to_another_question_is_a_lost_one() {
    let answer = r#"{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"78"}]}}"#;
    assert_eq!(Outcome::of_call(7, 200, answer), Outcome::Answered);
    assert_eq!(Outcome::of_call(8, 200, answer), Outcome::Lost);
    assert_eq!(Outcome::of_call(7, 200, ""), Outcome::Lost);
    assert_eq!(Outcome::of_stream(7, ": ping\n\n"), Outcome::StreamBroken);
}
