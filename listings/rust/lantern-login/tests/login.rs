//! What the client sends, and what it refuses.

use lantern_login::world::World;
use lantern_login::{AnyError, UserAgent, authorized, call, connect, log_in, text};
use lantern_test_as::{
    BATCH_CLIENT, BATCH_SECRET, Behaviour, CLIENT_ID, Exchange, REDIRECT_URI, SUBJECT,
};
use rmcp::ServiceExt;
use rmcp::transport::auth::{
    AuthError, AuthorizationManager, AuthorizationRequest, ClientCredentialsConfig, OAuthState,
    WWWAuthenticateParams,
};
use rmcp::transport::streamable_http_client::{
    StreamableHttpClientTransport, StreamableHttpClientTransportConfig,
};
use serde_json::json;

fn request() -> AuthorizationRequest {
    AuthorizationRequest::new(REDIRECT_URI)
        .with_preregistered_client(CLIENT_ID)
        .with_initial_scope_selection()
}

/// A client that has sent its user to the login page, and the page's redirect.
async fn before_callback(world: &World) -> (OAuthState, reqwest::Url) {
    let mut state = OAuthState::new(world.desk.as_str(), None).await.unwrap();
    state.start_authorization(request()).await.unwrap();
    let page = state.get_authorization_url().await.unwrap();
    let callback = UserAgent::new().unwrap().visit(&page).await.unwrap();
    (state, callback.parse().unwrap())
}

fn replace(url: &reqwest::Url, name: &str, value: Option<&str>) -> String {
    let mut changed = url.clone();
    let rest: Vec<_> = url.query_pairs().filter(|(key, _)| key != name).collect();
    changed.query_pairs_mut().clear().extend_pairs(rest);
    if let Some(value) = value {
        changed.query_pairs_mut().append_pair(name, value);
    }
    changed.into()
}

fn token_requests(exchanges: &[Exchange]) -> Vec<&Exchange> {
    exchanges
        .iter()
        .filter(|exchange| exchange.path == "/token")
        .collect()
}

// ANCHOR: refused
#[tokio::test]
async fn a_redirect_that_was_tampered_with_is_refused_before_the_code_is_sent() {
    let world = World::start().await.unwrap();
    for (name, value, expected) in [
        ("state", Some("another"), "Authorization state not found"),
        ("iss", Some("http://127.0.0.1:1"), "issuer mismatch"),
        ("iss", None, "missing required issuer"),
    ] {
        let (mut state, callback) = before_callback(&world).await;
        let forged = replace(&callback, name, value);
        world.journal.take();
        let error = state.handle_callback_url(&forged).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{name}: {error}");
        assert!(token_requests(&world.journal.take()).is_empty(), "{name}");

        // The honest redirect still works: the forged one has not used up the verifier.
        state.handle_callback_url(callback.as_str()).await.unwrap();
    }
}
// ANCHOR_END: refused

async fn start_with(behaviour: Behaviour) -> (World, Result<(), AuthError>) {
    let world = World::start_with(behaviour, |_| {}).await.unwrap();
    let mut state = OAuthState::new(world.desk.as_str(), None).await.unwrap();
    let outcome = state.start_authorization(request()).await;
    (world, outcome)
}

#[tokio::test]
async fn a_server_without_s256_is_refused() {
    let (_world, outcome) = start_with(Behaviour {
        challenge_methods: Some(vec!["plain"]),
        ..Behaviour::default()
    })
    .await;
    assert!(
        matches!(outcome, Err(AuthError::PkceUnsupported)),
        "{outcome:?}"
    );
}

// ANCHOR: silent
/// The specification says MUST refuse; rmcp 3.11.0 logs a warning and goes on.
#[tokio::test]
async fn a_server_that_does_not_mention_pkce_is_not_refused() {
    let (_world, outcome) = start_with(Behaviour {
        challenge_methods: None,
        ..Behaviour::default()
    })
    .await;
    assert!(outcome.is_ok(), "{outcome:?}");
}
// ANCHOR_END: silent

#[tokio::test]
async fn a_server_that_calls_itself_by_another_name_is_refused() {
    let (_world, outcome) = start_with(Behaviour {
        issuer_in_metadata: Some("https://login.example.org".into()),
        ..Behaviour::default()
    })
    .await;
    assert!(
        matches!(outcome, Err(AuthError::AuthorizationServerMismatch { .. })),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_resource_that_is_not_the_url_you_use_is_refused() {
    let world = World::start_with(Behaviour::default(), |config| {
        config.resource = config.resource.replace("127.0.0.1", "localhost");
    })
    .await
    .unwrap();
    let challenge = connect(reqwest::Client::new(), &world.desk)
        .await
        .unwrap_err();
    let challenge = challenge.auth_challenge().unwrap().to_owned();
    let mut state = OAuthState::new(world.desk.as_str(), None).await.unwrap();
    let error = state
        .start_authorization(request().with_challenge(challenge))
        .await
        .unwrap_err();
    assert!(
        matches!(error, AuthError::ProtectedResourceMetadataInvalid { .. }),
        "{error}"
    );
    assert!(error.to_string().contains("resource mismatch"), "{error}");
}

// ANCHOR: hosts
#[test]
fn metadata_may_live_elsewhere_but_not_on_your_own_machine() {
    for (desk, metadata, allowed) in [
        (
            "https://desk.example.com/mcp",
            "https://desk.example.com/metadata",
            true,
        ),
        (
            "https://desk.example.com/mcp",
            "https://meta.example.net/desk",
            true,
        ),
        (
            "https://desk.example.com/mcp",
            "http://meta.example.net/desk",
            false,
        ),
        (
            "https://desk.example.com/mcp",
            "https://127.0.0.1/metadata",
            false,
        ),
        (
            "https://desk.example.com/mcp",
            "https://10.0.0.9/metadata",
            false,
        ),
        ("https://10.0.0.8/mcp", "https://10.0.0.9/metadata", false),
        ("https://10.0.0.8/mcp", "https://10.0.0.8/metadata", true),
        (
            "http://127.0.0.1:8000/mcp",
            "http://127.0.0.1:9000/metadata",
            true,
        ),
    ] {
        let challenge = format!("Bearer resource_metadata=\"{metadata}\"");
        let params = WWWAuthenticateParams::parse(&challenge, &desk.parse().unwrap());
        assert_eq!(
            params.resource_metadata_url.is_some(),
            allowed,
            "{metadata}"
        );
    }
}
// ANCHOR_END: hosts

// ANCHOR: resource
#[tokio::test]
async fn the_resource_and_the_pkce_pair_travel_with_the_right_requests() {
    let world = World::start().await.unwrap();
    let (mut state, callback) = before_callback(&world).await;
    state.handle_callback_url(callback.as_str()).await.unwrap();
    state.refresh_token().await.unwrap();

    let exchanges = world.journal.take();
    let page = exchanges
        .iter()
        .find(|exchange| exchange.path == "/authorize")
        .unwrap();
    assert_eq!(page.params["code_challenge_method"], "S256");
    assert_eq!(page.params["resource"], world.desk);
    let [exchange, refresh] = token_requests(&exchanges)[..] else {
        panic!("two token requests");
    };
    assert!(exchange.params.contains_key("code_verifier"));
    assert_eq!(exchange.params["resource"], world.desk);
    assert_eq!(refresh.params["grant_type"], "refresh_token");
    assert_eq!(refresh.params["resource"], world.desk);
    assert!(!refresh.params.contains_key("scope"));
}
// ANCHOR_END: resource

// ANCHOR: least
#[tokio::test]
async fn the_default_asks_for_every_scope_in_sight() {
    let world = World::start_with(Behaviour::default(), |config| {
        config.advertised = vec!["incidents:write".into(), "archive:scan".into()];
    })
    .await
    .unwrap();
    let challenge = connect(reqwest::Client::new(), &world.desk)
        .await
        .unwrap_err();
    let challenge = challenge.auth_challenge().unwrap().to_owned();
    let by_default = AuthorizationRequest::new(REDIRECT_URI).with_preregistered_client(CLIENT_ID);
    for (request, scope) in [
        (
            by_default.clone(),
            "incidents:read incidents:write archive:scan",
        ),
        (by_default.with_initial_scope_selection(), "incidents:read"),
    ] {
        let mut state = OAuthState::new(world.desk.as_str(), None).await.unwrap();
        state
            .start_authorization(request.with_challenge(&challenge))
            .await
            .unwrap();
        let page: reqwest::Url = state
            .get_authorization_url()
            .await
            .unwrap()
            .parse()
            .unwrap();
        let asked = page
            .query_pairs()
            .find(|(name, _)| name == "scope")
            .unwrap()
            .1;
        assert_eq!(asked, scope);
    }
}
// ANCHOR_END: least

#[tokio::test]
async fn without_a_challenge_the_client_finds_the_metadata_by_itself() {
    let world = World::start().await.unwrap();
    let (mut state, callback) = before_callback(&world).await;
    let paths: Vec<_> = world
        .journal
        .take()
        .into_iter()
        .map(|exchange| exchange.path)
        .collect();
    let expected = [
        "/mcp",
        "/.well-known/oauth-protected-resource/mcp",
        "/.well-known/oauth-authorization-server",
        "/authorize",
    ];
    assert_eq!(paths, expected);
    state.handle_callback_url(callback.as_str()).await.unwrap();
}

async fn logged_in(world: &World) -> Result<AuthorizationManager, AnyError> {
    let refused = connect(reqwest::Client::new(), &world.desk)
        .await
        .unwrap_err();
    assert!(refused.is_authorization_required());
    let challenge = refused.auth_challenge().unwrap();
    log_in(
        &world.desk,
        challenge,
        CLIENT_ID,
        REDIRECT_URI,
        &UserAgent::new()?,
    )
    .await
}

#[tokio::test]
async fn the_handshake_of_2025_11_25_works_with_the_same_login() {
    let world = World::start().await.unwrap();
    let uri = || StreamableHttpClientTransportConfig::with_uri(world.desk.as_str());
    let transport = StreamableHttpClientTransport::with_client(reqwest::Client::new(), uri());
    let refused = ().serve(transport).await.unwrap_err();
    assert!(refused.auth_challenge().is_some());
    let http = authorized(logged_in(&world).await.unwrap());
    let transport = StreamableHttpClientTransport::with_client(http, uri());
    let client = ().serve(transport).await.unwrap();
    let answer = client.call_tool(call("whoami", json!({}))).await.unwrap();
    assert_eq!(
        text(&answer),
        format!("{SUBJECT} via {CLIENT_ID}: incidents:read")
    );
}

// ANCHOR: rejected
#[tokio::test]
async fn a_rejected_token_is_refreshed_once_and_nobody_notices() {
    let world = World::start().await.unwrap();
    let http = authorized(logged_in(&world).await.unwrap());
    let client = connect(http, &world.desk).await.unwrap();
    world.auth.rotate_key();
    world.guard.verifier().replace_keys(&world.auth.jwks());
    world.journal.take();

    let answer = client
        .call_tool(call("count_events", json!({ "service": "tax" })))
        .await;
    assert!(text(&answer.unwrap()).starts_with("tax: "));
    let steps = world.journal.take();
    let steps: Vec<_> = steps
        .iter()
        .map(|step| (step.path.as_str(), step.status))
        .collect();
    assert_eq!(steps, [("/mcp", 401), ("/token", 200), ("/mcp", 200)]);
}
// ANCHOR_END: rejected

#[tokio::test]
async fn secrets_do_not_show_in_debug_output() {
    let world = World::start().await.unwrap();
    let manager = logged_in(&world).await.unwrap();
    let token = manager.get_access_token().await.unwrap();
    let (_, tokens) = manager.get_credentials().await.unwrap();
    let debug = format!("{tokens:?}");
    assert!(!debug.contains(&token), "{debug}");
    assert!(!format!("{:?}", authorized(manager)).contains(&token));
}

// ANCHOR: batch
#[tokio::test]
async fn a_job_without_a_user_logs_in_with_its_secret() {
    let world = World::start().await.unwrap();
    let mut state = OAuthState::new(world.desk.as_str(), None).await.unwrap();
    let config = ClientCredentialsConfig::ClientSecret {
        client_id: BATCH_CLIENT.into(),
        client_secret: BATCH_SECRET.into(),
        scopes: vec!["archive:scan".into(), "incidents:read".into()],
        resource: Some(world.desk.clone()),
    };
    assert!(!format!("{config:?}").contains(BATCH_SECRET));
    state.authenticate_client_credentials(config).await.unwrap();
    let manager = state.into_authorization_manager().unwrap();
    let client = connect(authorized(manager), &world.desk).await.unwrap();
    let answer = client.call_tool(call("whoami", json!({}))).await.unwrap();
    let expected = "lantern-batch via lantern-batch: archive:scan incidents:read";
    assert_eq!(text(&answer), expected);
}
// ANCHOR_END: batch
