//! A client that asks for more when a tool needs more, and gives up when it does not get it.

use lantern_login::{AnyError, Client, UserAgent};
use reqwest::Url;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::transport::auth::{AuthClient, AuthorizationCallback, WWWAuthenticateParams};

pub struct StepUp {
    pub http: AuthClient<reqwest::Client>,
    pub user: UserAgent,
    /// How often one call may ask the user.
    pub attempts: usize,
}

impl StepUp {
    // ANCHOR: call
    /// Calls a tool; a challenge for more scopes becomes a login, and then the call is repeated.
    pub async fn call(
        &self,
        client: &Client,
        request: CallToolRequestParams,
    ) -> Result<CallToolResult, AnyError> {
        for _ in 0..self.attempts {
            let error = match client.call_tool(request.clone()).await {
                Ok(result) => return Ok(result),
                Err(error) => error,
            };
            match error.auth_challenge().and_then(missing_scope) {
                Some(scope) => self.ask_for(&scope).await?,
                None => return Err(error.into()),
            }
        }
        Ok(client.call_tool(request).await?)
    }
    // ANCHOR_END: call

    // ANCHOR: ask
    /// Sends the user to the login page for what is granted already and `scope`.
    async fn ask_for(&self, scope: &str) -> Result<(), AnyError> {
        let manager = self.http.auth_manager.lock().await;
        let page = manager.request_scope_upgrade(scope).await?;
        drop(manager); // other requests need the token while the user thinks
        let callback = self.user.visit(&page).await?;
        let callback = AuthorizationCallback::from_redirect_url(&callback)?;
        let manager = self.http.auth_manager.lock().await;
        manager
            .exchange_code_for_token_with_issuer(
                &callback.code,
                &callback.csrf_token,
                callback.issuer.as_deref(),
            )
            .await?;
        Ok(())
    }
    // ANCHOR_END: ask

    /// What the current token may do, sorted.
    pub async fn scopes(&self) -> String {
        let mut scopes = self
            .http
            .auth_manager
            .lock()
            .await
            .get_current_scopes()
            .await;
        scopes.sort();
        scopes.join(" ")
    }
}

// ANCHOR: missing
/// The scopes that a 403 asks for; `None` when more scopes would not help.
fn missing_scope(challenge: &str) -> Option<String> {
    // Relative URLs of the challenge would be resolved against this; only the scope is read here.
    let base = Url::parse("http://localhost/").ok()?;
    let params = WWWAuthenticateParams::parse(challenge, &base);
    params.is_insufficient_scope().then_some(params.scope)?
}
// ANCHOR_END: missing
