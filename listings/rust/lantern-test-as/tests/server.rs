//! The server is strict where a client's mistake would be a security hole.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use lantern_test_as::{BATCH_CLIENT, BATCH_SECRET, Behaviour, CLIENT_ID, REDIRECT_URI, TestAs};
use serde_json::Value;
use tower::ServiceExt;
use url::Url;

const ISSUER: &str = "http://127.0.0.1:1";
const DESK: &str = "http://127.0.0.1:2/mcp";
/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn server() -> TestAs {
    let server = TestAs::new(ISSUER, Behaviour::default());
    server.register_resource(DESK);
    server
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    let mut text = url::form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(pairs);
    text.finish()
}

async fn authorize(router: &Router, changes: &[(&str, &str)]) -> (StatusCode, Option<Url>) {
    let mut params = vec![
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", REDIRECT_URI),
        ("state", "s"),
        ("scope", "incidents:read"),
        ("resource", DESK),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        params.retain(|(known, _)| known != name);
        params.push((name, value));
    }
    let uri = format!("/authorize?{}", encoded(&params));
    let request = Request::get(uri).body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let location = response.headers().get(header::LOCATION);
    let location = location.map(|url| url.to_str().unwrap().parse().unwrap());
    (response.status(), location)
}

async fn token(router: &Router, params: &[(&str, &str)]) -> Value {
    let request = Request::post("/token")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(encoded(params)))
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    serde_json::from_slice(&to_bytes(response.into_body(), 65536).await.unwrap()).unwrap()
}

fn param(url: &Url, name: &str) -> Option<String> {
    let mut pairs = url.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

async fn code(router: &Router) -> String {
    let (status, location) = authorize(router, &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let location = location.unwrap();
    assert_eq!(param(&location, "iss").as_deref(), Some(ISSUER));
    param(&location, "code").unwrap()
}

async fn exchange(router: &Router, code: &str, verifier: &str, resource: &str) -> Value {
    let params = [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", REDIRECT_URI),
        ("code", code),
        ("code_verifier", verifier),
        ("resource", resource),
    ];
    token(router, &params).await
}

#[tokio::test]
async fn the_access_token_names_its_issuer_and_its_audience() {
    let server = server();
    let router = server.router();
    let answer = exchange(&router, &code(&router).await, VERIFIER, DESK).await;
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_audience(&[DESK]);
    validation.set_issuer(&[ISSUER]);
    let key = DecodingKey::from_jwk(&server.jwks().keys[0]).unwrap();
    let token = answer["access_token"].as_str().unwrap();
    let claims = decode::<Value>(token, &key, &validation).unwrap().claims;
    assert_eq!(claims["scope"], "incidents:read");
    // What RFC 9068 requires besides; `iss`, `aud` and `exp` were checked above.
    for claim in ["sub", "client_id", "iat", "jti"] {
        assert!(!claims[claim].is_null(), "{claim}");
    }
    server.rotate_key();
    let key = DecodingKey::from_jwk(&server.jwks().keys[0]).unwrap();
    assert!(decode::<Value>(token, &key, &validation).is_err());
}

#[tokio::test]
async fn a_code_works_once_and_only_with_its_verifier_and_resource() {
    let router = server().router();
    let first = code(&router).await;
    assert!(exchange(&router, &first, VERIFIER, DESK).await["access_token"].is_string());
    assert_eq!(
        exchange(&router, &first, VERIFIER, DESK).await["error"],
        "invalid_grant"
    );
    let stolen = code(&router).await;
    assert_eq!(
        exchange(&router, &stolen, "guessed", DESK).await["error"],
        "invalid_grant"
    );
    let other = code(&router).await;
    let answer = exchange(&router, &other, VERIFIER, "http://127.0.0.1:3/mcp").await;
    assert_eq!(answer["error"], "invalid_target");
}

#[tokio::test]
async fn an_answer_with_tokens_is_not_for_caches() {
    let router = server().router();
    let wrong = [("grant_type", "password")];
    for (params, status, cached) in [
        (&batch()[..], StatusCode::OK, Some("no-store")),
        (&wrong, StatusCode::BAD_REQUEST, None),
    ] {
        let request = Request::post("/token")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encoded(params)))
            .unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), status);
        let control = response.headers().get(header::CACHE_CONTROL);
        assert_eq!(control.map(|value| value.to_str().unwrap()), cached);
    }
}

fn batch() -> [(&'static str, &'static str); 5] {
    [
        ("grant_type", "client_credentials"),
        ("client_id", BATCH_CLIENT),
        ("client_secret", BATCH_SECRET),
        ("scope", "incidents:read"),
        ("resource", DESK),
    ]
}

#[tokio::test]
async fn a_job_without_its_secret_or_with_another_name_gets_nothing() {
    let router = server().router();
    assert!(token(&router, &batch()).await["access_token"].is_string());
    for (name, value, error) in [
        ("client_secret", "guessed", "invalid_client"),
        ("client_id", CLIENT_ID, "invalid_grant"),
        ("resource", "http://127.0.0.1:3/mcp", "invalid_target"),
    ] {
        let changed = batch().map(|(key, old)| (key, if key == name { value } else { old }));
        assert_eq!(token(&router, &changed).await["error"], error, "{name}");
    }
}

#[tokio::test]
async fn a_refresh_token_works_once() {
    let router = server().router();
    let answer = exchange(&router, &code(&router).await, VERIFIER, DESK).await;
    let old = answer["refresh_token"].as_str().unwrap();
    let params = [
        ("grant_type", "refresh_token"),
        ("client_id", CLIENT_ID),
        ("refresh_token", old),
        ("resource", DESK),
    ];
    let fresh = token(&router, &params).await;
    assert!(fresh["access_token"].is_string(), "{fresh}");
    assert_ne!(fresh["refresh_token"].as_str().unwrap(), old);
    assert_eq!(token(&router, &params).await["error"], "invalid_grant");
}

#[tokio::test]
async fn the_authorization_endpoint_refuses_what_it_must() {
    let router = server().router();
    let (status, location) = authorize(&router, &[("redirect_uri", "http://evil.example/")]).await;
    assert_eq!((status, location), (StatusCode::BAD_REQUEST, None));
    for (name, value, error) in [
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge", "", "invalid_request"),
        ("resource", "http://127.0.0.1:3/mcp", "invalid_target"),
    ] {
        let (_, location) = authorize(&router, &[(name, value)]).await;
        let location = location.unwrap();
        assert_eq!(param(&location, "error").as_deref(), Some(error));
        assert_eq!(param(&location, "code"), None);
    }
}
