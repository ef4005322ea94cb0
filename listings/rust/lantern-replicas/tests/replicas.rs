use lantern_replicas::{Common, Pair};
use serde_json::{Value, json};

fn count() -> Value {
    json!({ "service": "payments" })
}

// ANCHOR: affinity
#[tokio::test]
async fn stateless_calls_need_no_affinity() {
    let mut pair = Pair::start(Common::Nothing).unwrap();
    for _ in 0..4 {
        let seen = pair.stateless("count_events", count()).await.unwrap();
        assert!(seen.says().starts_with("payments: "));
    }
}

#[tokio::test]
async fn a_session_needs_affinity_or_a_store() {
    let mut alone = Pair::start(Common::Nothing).unwrap();
    let seen = alone.in_session("count_events", count()).await.unwrap();
    assert_eq!(seen.status, 404);
    let mut sticky = Pair::start(Common::Nothing).unwrap().with_affinity();
    let seen = sticky.in_session("count_events", count()).await.unwrap();
    assert!(seen.says().starts_with("payments: "));
    let mut stored = Pair::start(Common::Sessions).unwrap();
    let seen = stored.in_session("count_events", count()).await.unwrap();
    assert!(seen.says().starts_with("payments: "));
}

#[tokio::test]
async fn shared_sessions_are_not_shared_data() {
    let incident = json!({ "service": "payments", "title": "cards are declined" });
    let mut ids = Vec::new();
    for common in [Common::Sessions, Common::SessionsAndData] {
        let mut pair = Pair::start(common).unwrap();
        for _ in 0..2 {
            let opened = pair.stateless("open_incident", incident.clone()).await;
            ids.push(opened.unwrap().says());
        }
    }
    assert_eq!(ids, ["INC-0007", "INC-0007", "INC-0007", "INC-0008"]);
}
// ANCHOR_END: affinity
