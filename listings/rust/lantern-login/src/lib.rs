//! An rmcp client that logs in.

pub mod world;

use std::error::Error;

use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use rmcp::model::{CallToolRequestParams, CallToolResult, ProtocolVersion};
use rmcp::service::{ClientInitializeError, RunningService};
use rmcp::transport::auth::{
    AuthClient, AuthError, AuthorizationManager, AuthorizationRequest, OAuthState,
};
use rmcp::transport::streamable_http_client::{
    StreamableHttpClient, StreamableHttpClientTransport, StreamableHttpClientTransportConfig,
};
use rmcp::{ClientLifecycleMode, ClientServiceExt, RoleClient};

pub type Client = RunningService<RoleClient, ()>;
pub type AnyError = Box<dyn Error + Send + Sync>;

/// Stands in for the user and the browser: it opens a page and reports where it was sent.
#[derive(Clone)]
pub struct UserAgent(reqwest::Client);

impl UserAgent {
    pub fn new() -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .build()?;
        Ok(Self(client))
    }

    /// The redirect back to the client: the whole URL, with `code`, `state` and `iss`.
    pub async fn visit(&self, url: &str) -> Result<String, AnyError> {
        let response = self.0.get(url).send().await?;
        let location = response
            .headers()
            .get(LOCATION)
            .ok_or("the page sent no redirect")?;
        Ok(location.to_str()?.to_owned())
    }
}

// ANCHOR: connect
/// Connects in revision 2026-07-28, with or without a token.
pub async fn connect<C>(http: C, desk: &str) -> Result<Client, ClientInitializeError>
where
    C: StreamableHttpClient,
{
    let config = StreamableHttpClientTransportConfig::with_uri(desk);
    let transport = StreamableHttpClientTransport::with_client(http, config);
    let lifecycle = ClientLifecycleMode::Discover {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28],
    };
    ().serve_with_lifecycle(transport, lifecycle).await
}
// ANCHOR_END: connect

// ANCHOR: log_in
/// Answers the challenge of a 401 with a login, and returns what holds the tokens.
pub async fn log_in(
    desk: &str,
    challenge: &str,
    client_id: &str,
    redirect_uri: &str,
    user: &UserAgent,
) -> Result<AuthorizationManager, AnyError> {
    let mut state = OAuthState::new(desk, None).await?;
    let request = AuthorizationRequest::new(redirect_uri)
        .with_preregistered_client(client_id)
        .with_initial_scope_selection()
        .with_challenge(challenge);
    state.start_authorization(request).await?;
    let callback = user.visit(&state.get_authorization_url().await?).await?;
    state.handle_callback_url(&callback).await?;
    let manager = state.into_authorization_manager();
    Ok(manager.ok_or(AuthError::AuthorizationRequired)?)
}
// ANCHOR_END: log_in

/// A tool's first line of text.
pub fn text(result: &CallToolResult) -> String {
    let block = result.content.first().and_then(|block| block.as_text());
    block.map_or_else(String::new, |text| text.text.clone())
}

/// An HTTP client that adds a token to each request and renews it when it must.
pub fn authorized(manager: AuthorizationManager) -> AuthClient<reqwest::Client> {
    AuthClient::new(reqwest::Client::new(), manager)
}

pub fn call(tool: &'static str, arguments: serde_json::Value) -> CallToolRequestParams {
    let arguments = arguments.as_object().cloned().unwrap_or_default();
    CallToolRequestParams::new(tool).with_arguments(arguments)
}
