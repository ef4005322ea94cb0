use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::JwkSet;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use crate::SigningKey;

/// A public client: a program on a user's machine cannot keep a secret.
pub const CLIENT_ID: &str = "lantern-cli";
pub const REDIRECT_URI: &str = "http://127.0.0.1:8976/callback";
/// A confidential client: a job without a user.
pub const BATCH_CLIENT: &str = "lantern-batch";
pub const BATCH_SECRET: &str = "only-for-tests";
/// The one user, who is always logged in and always says yes.
pub const SUBJECT: &str = "operator-7";
pub const LIFETIME_SECS: u64 = 300;

type Params = HashMap<String, String>;

/// What the server does differently from a good one.
#[derive(Debug, Clone)]
pub struct Behaviour {
    /// `code_challenge_methods_supported` in the metadata; `None` leaves the field out.
    pub challenge_methods: Option<Vec<&'static str>>,
    /// `issuer` in the metadata, if it is not the server's own.
    pub issuer_in_metadata: Option<String>,
    /// Scopes that the user never grants.
    pub withheld: Vec<&'static str>,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            challenge_methods: Some(vec!["S256"]),
            issuer_in_metadata: None,
            withheld: Vec::new(),
        }
    }
}

/// Cloning is cheap, and clones are the same server.
#[derive(Clone)]
pub struct TestAs(Arc<Inner>);

struct Inner {
    issuer: String,
    behaviour: Behaviour,
    key: Mutex<SigningKey>,
    resources: Mutex<BTreeSet<String>>,
    codes: Mutex<HashMap<String, Grant>>,
    refresh_tokens: Mutex<HashMap<String, Grant>>,
}

#[derive(Clone)]
struct Grant {
    client: String,
    scope: String,
    resource: String,
    code_challenge: String,
}

impl TestAs {
    pub fn new(issuer: &str, behaviour: Behaviour) -> Self {
        Self(Arc::new(Inner {
            issuer: issuer.into(),
            behaviour,
            key: Mutex::new(SigningKey::generate("key-1")),
            resources: Mutex::default(),
            codes: Mutex::default(),
            refresh_tokens: Mutex::default(),
        }))
    }

    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// Tokens are issued for registered resources only.
    pub fn register_resource(&self, resource: &str) {
        self.0.resources.lock().unwrap().insert(resource.into());
    }

    pub fn jwks(&self) -> JwkSet {
        JwkSet {
            keys: vec![self.0.key.lock().unwrap().public().clone()],
        }
    }

    /// Throws the key away; tokens signed with it cannot be verified any more.
    pub fn rotate_key(&self) {
        *self.0.key.lock().unwrap() = SigningKey::generate("key-2");
    }

    /// The claims of an honest access token (RFC 9068).
    pub fn claims(&self, client: &str, scope: &str, resource: &str) -> Value {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs();
        let subject = if client == BATCH_CLIENT {
            client
        } else {
            SUBJECT
        };
        json!({
            "iss": self.0.issuer, "sub": subject, "aud": resource, "client_id": client,
            "scope": scope, "iat": now, "exp": now + LIFETIME_SECS, "jti": random_text(),
        })
    }

    /// Signs `claims` as a token of type `typ`, honest or not.
    pub fn sign(&self, typ: &str, claims: &Value) -> String {
        self.0.key.lock().unwrap().sign(typ, claims)
    }

    pub fn router(&self) -> Router {
        Router::new()
            .route("/.well-known/oauth-authorization-server", get(metadata))
            .route("/jwks", get(jwks))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(self.clone())
    }
}

async fn metadata(State(server): State<TestAs>) -> Json<Value> {
    let TestAs(inner) = &server;
    let issuer = &inner.issuer;
    let mut document = json!({
        "issuer": inner.behaviour.issuer_in_metadata.as_ref().unwrap_or(issuer),
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_post"],
        "authorization_response_iss_parameter_supported": true,
    });
    if let Some(methods) = &inner.behaviour.challenge_methods {
        document["code_challenge_methods_supported"] = json!(methods);
    }
    Json(document)
}

async fn jwks(State(server): State<TestAs>) -> Json<JwkSet> {
    Json(server.jwks())
}

// ANCHOR: authorize
async fn authorize(State(server): State<TestAs>, Query(params): Query<Params>) -> Response {
    let TestAs(inner) = &server;
    let param = |name: &str| params.get(name).map_or("", String::as_str);
    // An address that nobody registered gets no redirect, not even one with an error.
    if param("client_id") != CLIENT_ID || param("redirect_uri") != REDIRECT_URI {
        return (StatusCode::BAD_REQUEST, "unknown client or redirect_uri").into_response();
    }
    let mut back = Url::parse(REDIRECT_URI).expect("a constant URL");
    back.query_pairs_mut()
        .append_pair("iss", &inner.issuer)
        .append_pair("state", param("state"));
    let resource = param("resource");
    let outcome = if param("response_type") != "code"
        || param("code_challenge_method") != "S256"
        || param("code_challenge").is_empty()
    {
        ("error", "invalid_request".into())
    } else if !inner.resources.lock().unwrap().contains(resource) {
        ("error", "invalid_target".into())
    } else {
        let wanted = param("scope").split_whitespace();
        let granted: Vec<_> = wanted
            .filter(|scope| !inner.behaviour.withheld.contains(scope))
            .collect();
        let code = random_text();
        let grant = Grant {
            client: CLIENT_ID.into(),
            scope: granted.join(" "),
            resource: resource.into(),
            code_challenge: param("code_challenge").into(),
        };
        inner.codes.lock().unwrap().insert(code.clone(), grant);
        ("code", code)
    };
    back.query_pairs_mut().append_pair(outcome.0, &outcome.1);
    (StatusCode::SEE_OTHER, [(LOCATION, String::from(back))]).into_response()
}
// ANCHOR_END: authorize

async fn token(State(server): State<TestAs>, Form(params): Form<Params>) -> Response {
    match redeem(&server, &params) {
        Ok(grant) => {
            let answer = Json(issue(&server, grant));
            ([(CACHE_CONTROL, "no-store")], answer).into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response(),
    }
}

// ANCHOR: redeem
fn redeem(server: &TestAs, params: &Params) -> Result<Grant, &'static str> {
    let TestAs(inner) = server;
    let param = |name: &str| params.get(name).map_or("", String::as_str);
    let grant = match param("grant_type") {
        "authorization_code" => {
            // Taken out, not looked up: a code works once.
            let grant = inner.codes.lock().unwrap().remove(param("code"));
            let grant = grant.ok_or("invalid_grant")?;
            let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(param("code_verifier")));
            if challenge != grant.code_challenge || param("redirect_uri") != REDIRECT_URI {
                return Err("invalid_grant");
            }
            grant
        }
        "refresh_token" => {
            // A refresh token works once too; the answer brings its successor.
            let mut tokens = inner.refresh_tokens.lock().unwrap();
            let grant = tokens.remove(param("refresh_token"));
            grant.ok_or("invalid_grant")?
        }
        "client_credentials" => {
            if param("client_secret") != BATCH_SECRET {
                return Err("invalid_client");
            }
            if !inner.resources.lock().unwrap().contains(param("resource")) {
                return Err("invalid_target");
            }
            Grant {
                client: BATCH_CLIENT.into(),
                scope: param("scope").into(),
                resource: param("resource").into(),
                code_challenge: String::new(),
            }
        }
        _ => return Err("unsupported_grant_type"),
    };
    if param("client_id") != grant.client {
        return Err("invalid_grant");
    }
    if param("resource") != grant.resource {
        return Err("invalid_target");
    }
    Ok(grant)
}
// ANCHOR_END: redeem

fn issue(server: &TestAs, grant: Grant) -> Value {
    let claims = server.claims(&grant.client, &grant.scope, &grant.resource);
    let mut answer = json!({
        "access_token": server.sign("at+jwt", &claims),
        "token_type": "Bearer",
        "expires_in": LIFETIME_SECS,
        "scope": grant.scope,
    });
    if grant.client == CLIENT_ID {
        let refresh_token = random_text();
        answer["refresh_token"] = json!(refresh_token);
        let mut tokens = server.0.refresh_tokens.lock().unwrap();
        tokens.insert(refresh_token, grant);
    }
    answer
}

fn random_text() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}
