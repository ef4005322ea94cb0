//! More scopes when they are needed, and an end when they are not granted.

use lantern_login::world::World;
use lantern_login::{Client, UserAgent, authorized, call, connect, log_in};
use lantern_step_up::StepUp;
use lantern_test_as::{Behaviour, CLIENT_ID, REDIRECT_URI};
use rmcp::model::CallToolRequestParams;
use rmcp::transport::auth::{AuthError, ScopeUpgradeConfig};
use serde_json::json;

async fn start(behaviour: Behaviour) -> (World, Client, StepUp) {
    let world = World::start_with(behaviour, |_| {}).await.unwrap();
    let user = UserAgent::new().unwrap();
    let refused = connect(reqwest::Client::new(), &world.desk)
        .await
        .unwrap_err();
    let challenge = refused.auth_challenge().unwrap();
    let manager = log_in(&world.desk, challenge, CLIENT_ID, REDIRECT_URI, &user)
        .await
        .unwrap();
    let http = authorized(manager);
    let client = connect(http.clone(), &world.desk).await.unwrap();
    world.journal.take();
    let step_up = StepUp {
        http,
        user,
        attempts: 2,
    };
    (world, client, step_up)
}

fn open() -> CallToolRequestParams {
    call(
        "open_incident",
        json!({ "service": "tax", "title": "late" }),
    )
}

fn scan() -> CallToolRequestParams {
    call("scan_archive", json!({ "text": "disk" }))
}

#[tokio::test]
async fn a_step_up_keeps_what_was_granted_before() {
    let (world, client, step_up) = start(Behaviour::default()).await;
    assert_eq!(step_up.scopes().await, "incidents:read");
    step_up.call(&client, scan()).await.unwrap();
    step_up.call(&client, open()).await.unwrap();
    assert_eq!(
        step_up.scopes().await,
        "archive:scan incidents:read incidents:write"
    );
    let pages = world.journal.take();
    let pages = pages
        .iter()
        .filter(|exchange| exchange.path == "/authorize");
    let asked: Vec<_> = pages.map(|page| page.params["scope"].as_str()).collect();
    assert_eq!(
        asked,
        [
            "incidents:read archive:scan",
            "incidents:read archive:scan incidents:write"
        ]
    );
}

#[tokio::test]
async fn the_connection_survives_a_refusal() {
    let (_world, client, step_up) = start(Behaviour::default()).await;
    let error = client.call_tool(open()).await.unwrap_err();
    assert!(error.auth_challenge().unwrap().contains("incidents:write"));
    assert!(
        !error.is_authorization_required(),
        "a login would not help, more scopes would"
    );
    let read = call("count_events", json!({ "service": "tax" }));
    client.call_tool(read).await.unwrap();
    step_up.call(&client, open()).await.unwrap();
}

// ANCHOR: withheld
#[tokio::test]
async fn the_counter_of_the_sdk_does_not_stop_a_user_who_says_no() {
    let (world, client, step_up) = start(Behaviour {
        withheld: vec!["incidents:write"],
        ..Behaviour::default()
    })
    .await;
    let error = step_up.call(&client, open()).await.unwrap_err();
    assert!(error.to_string().contains("nsufficient scope"), "{error}");
    let steps = world.journal.take();
    let asked = steps
        .iter()
        .filter(|step| step.path == "/authorize")
        .count();
    let called = steps.iter().filter(|step| step.path == "/mcp").count();
    assert_eq!((asked, called), (2, 3), "the limit of StepUp");

    // Each login that ended with a token, of whatever scope, has set the counter back.
    let manager = step_up.http.auth_manager.lock().await;
    assert_eq!(manager.get_scope_upgrade_attempts().await, 0);
    assert!(manager.can_attempt_scope_upgrade().await);
}
// ANCHOR_END: withheld

#[tokio::test]
async fn the_counter_of_the_sdk_stops_logins_that_nobody_finishes() {
    let (_world, _client, step_up) = start(Behaviour::default()).await;
    let manager = step_up.http.auth_manager.lock().await;
    for _ in 0..ScopeUpgradeConfig::default().max_upgrade_attempts {
        manager
            .request_scope_upgrade("incidents:write")
            .await
            .unwrap();
    }
    let error = manager
        .request_scope_upgrade("incidents:write")
        .await
        .unwrap_err();
    assert!(matches!(error, AuthError::InvalidScope(_)), "{error}");
}

#[tokio::test]
async fn a_refresh_keeps_the_scopes_and_names_the_resource() {
    let (world, client, step_up) = start(Behaviour::default()).await;
    step_up.call(&client, open()).await.unwrap();
    let manager = step_up.http.auth_manager.lock().await;
    manager.refresh_token().await.unwrap();
    drop(manager);
    assert_eq!(step_up.scopes().await, "incidents:read incidents:write");
    let steps = world.journal.take();
    let refresh = steps.last().unwrap();
    assert_eq!(refresh.params["grant_type"], "refresh_token");
    assert_eq!(refresh.params["resource"], world.desk);
}
