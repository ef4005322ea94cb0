use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jsonwebtoken::jwk::JwkSet;
use serde_json::{Value, json};

use crate::Verifier;
use crate::scopes::{self, READ};

/// What an operator has to say.
#[derive(Debug, Clone)]
pub struct GuardConfig {
    /// The URL of the MCP endpoint as clients write it: the audience of every token.
    pub resource: String,
    /// The authorization server whose tokens are accepted.
    pub issuer: String,
    /// Published as `scopes_supported`: the least that is useful, not all there is.
    pub advertised: Vec<String>,
    /// The bytes of a body that the guard reads, and the MCP endpoint behind it; more get 413.
    /// 4 MiB unless you say otherwise, like rmcp's own `max_request_body_bytes`.
    pub body_limit: usize,
}

impl GuardConfig {
    pub fn new(resource: &str, issuer: &str) -> Self {
        Self {
            resource: resource.into(),
            issuer: issuer.into(),
            advertised: vec![READ.into()],
            body_limit: 4 * 1024 * 1024,
        }
    }
}

/// Stands in front of the MCP endpoint and lets nothing through without a token for it.
pub struct Guard {
    config: GuardConfig,
    uri: Uri,
    metadata_path: String,
    metadata_url: String,
    verifier: Verifier,
}

impl Guard {
    /// # Errors
    /// When the resource is not an absolute URL, or has a query or a fragment.
    pub fn new(config: GuardConfig, keys: &JwkSet) -> Result<Self, &'static str> {
        let uri: Uri = config
            .resource
            .parse()
            .map_err(|_| "the resource is not a URL")?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("the resource needs a scheme and a host");
        };
        if uri.query().is_some() || config.resource.contains('#') {
            return Err("the resource has a query or a fragment");
        }
        // RFC 9728, section 3.1: the well-known part stands between host and path.
        let suffix = if uri.path() == "/" { "" } else { uri.path() };
        let metadata_path = format!("/.well-known/oauth-protected-resource{suffix}");
        Ok(Self {
            metadata_url: format!("{scheme}://{authority}{metadata_path}"),
            metadata_path,
            verifier: Verifier::new(&config.issuer, &config.resource, keys),
            config,
            uri,
        })
    }

    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// Host and port of the public URL: what the `Host` header must say.
    pub fn authority(&self) -> String {
        self.uri
            .authority()
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    pub fn body_limit(&self) -> usize {
        self.config.body_limit
    }

    pub fn metadata_path(&self) -> &str {
        &self.metadata_path
    }

    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    // ANCHOR: metadata
    /// The protected resource metadata (RFC 9728).
    pub fn metadata(&self) -> Value {
        json!({
            "resource": self.config.resource,
            "authorization_servers": [self.config.issuer],
            "scopes_supported": self.config.advertised,
            "bearer_methods_supported": ["header"],
        })
    }
    // ANCHOR_END: metadata

    // ANCHOR: check
    /// The middleware.
    pub async fn check(State(guard): State<Arc<Self>>, request: Request, next: Next) -> Response {
        match guard.admit(request).await {
            Ok(request) => next.run(request).await,
            Err(refusal) => guard.refuse(&refusal),
        }
    }

    async fn admit(&self, request: Request) -> Result<Request, Refusal> {
        let (mut parts, body) = request.into_parts();
        let token = bearer_token(&parts)?;
        let caller = self.verifier.verify(token).map_err(Refusal::InvalidToken)?;
        let body = to_bytes(body, self.config.body_limit)
            .await
            .map_err(|_| Refusal::TooLarge)?;
        let (needed, body) = read_message(body)?;
        if !needed.iter().all(|scope| caller.may(scope)) {
            return Err(Refusal::InsufficientScope(needed));
        }
        // The token ends here. What is behind the guard knows the caller and cannot pass the token on.
        parts.headers.remove(AUTHORIZATION);
        parts.headers.insert(CONTENT_LENGTH, body.len().into());
        parts.extensions.insert(caller);
        Ok(Request::from_parts(parts, Body::from(body)))
    }
    // ANCHOR_END: check

    // ANCHOR: refuse
    fn refuse(&self, refusal: &Refusal) -> Response {
        let (status, error, description, scope) = match refusal {
            Refusal::NoToken => (StatusCode::UNAUTHORIZED, None, None, READ.into()),
            Refusal::InvalidToken(why) => {
                let error = Some("invalid_token");
                (StatusCode::UNAUTHORIZED, error, Some(*why), READ.into())
            }
            Refusal::InsufficientScope(needed) => {
                let error = Some("insufficient_scope");
                (StatusCode::FORBIDDEN, error, None, needed.join(" "))
            }
            Refusal::Malformed(why) => return (StatusCode::BAD_REQUEST, *why).into_response(),
            Refusal::TooLarge => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        };
        let mut params = Vec::new();
        params.extend(error.map(|error| format!("error=\"{error}\"")));
        params.extend(description.map(|text| format!("error_description=\"{text}\"")));
        params.push(format!("scope=\"{scope}\""));
        params.push(format!("resource_metadata=\"{}\"", self.metadata_url));
        let challenge = format!("Bearer {}", params.join(", "));
        (status, [(WWW_AUTHENTICATE, challenge)]).into_response()
    }
    // ANCHOR_END: refuse
}

/// Why a request does not get through.
enum Refusal {
    NoToken,
    InvalidToken(&'static str),
    InsufficientScope(&'static [&'static str]),
    Malformed(&'static str),
    TooLarge,
}

// ANCHOR: bearer
fn bearer_token(parts: &Parts) -> Result<&str, Refusal> {
    let query = parts.uri.query().unwrap_or_default();
    if query
        .split('&')
        .any(|pair| pair.starts_with("access_token="))
    {
        return Err(Refusal::Malformed("a token has no place in a URL"));
    }
    let mut values = parts.headers.get_all(AUTHORIZATION).iter();
    match (values.next(), values.next()) {
        (Some(_), Some(_)) => Err(Refusal::Malformed("more than one Authorization header")),
        (value, _) => value
            .and_then(|value| value.to_str().ok()?.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or(Refusal::NoToken),
    }
}
// ANCHOR_END: bearer

// ANCHOR: message
/// What the message needs, and the message written anew.
fn read_message(body: Bytes) -> Result<(&'static [&'static str], Bytes), Refusal> {
    if body.is_empty() {
        return Ok((&[READ], body)); // GET and DELETE
    }
    let message: Value = serde_json::from_slice(&body)
        .ok()
        .filter(Value::is_object)
        .ok_or(Refusal::Malformed("the body is not one JSON object"))?;
    let method = message["method"].as_str().unwrap_or_default();
    let needed = scopes::needed(method, message["params"]["name"].as_str());
    // The server behind the guard must read the message exactly as the guard has read it.
    Ok((needed, Bytes::from(message.to_string())))
}
// ANCHOR_END: message
