//! Headers of tokens that no honest server writes, signed with a key that the verifier knows.

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use lantern_guard::{Guard, GuardConfig, Verifier};
use lantern_test_as::SigningKey;
use serde_json::{Value, json};

const DESK: &str = "https://desk.example.com/mcp";
const ISSUER: &str = "https://login.example.com";
/// What PKCS #8 puts in front of the 32 bytes of an Ed25519 key (RFC 8410, section 7).
const PKCS8_HEADER: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

fn key(seed: u8) -> EncodingKey {
    EncodingKey::from_ed_der(&[&PKCS8_HEADER[..], &[seed; 32]].concat())
}

fn public(key: &EncodingKey, id: Option<&str>) -> Jwk {
    let mut public = Jwk::from_encoding_key(key, Algorithm::EdDSA).unwrap();
    public.common.key_id = id.map(str::to_owned);
    public
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "operator-7", "aud": DESK, "client_id": "lantern-cli",
        "scope": "incidents:read", "exp": 9_000_000_000_u64,
    })
}

/// A verifier with one key, and what it says about a token with this header.
fn verify(change: impl FnOnce(&mut Header), signed_with: u8) -> Result<(), &'static str> {
    let keys = JwkSet {
        keys: vec![public(&key(1), Some("key-1"))],
    };
    let verifier = Verifier::new(ISSUER, DESK, &keys);
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some("at+jwt".into());
    header.kid = Some("key-1".into());
    change(&mut header);
    let token = encode(&header, &claims(), &key(signed_with)).unwrap();
    verifier.verify(&token).map(|_| ())
}

#[test]
fn both_names_of_the_type_are_accepted_and_no_other() {
    for (typ, accepted) in [
        ("at+jwt", true),
        ("AT+JWT", true),
        ("application/at+jwt", true),
        ("jwt", false),
        ("text/at+jwt", false),
        ("dpop+jwt", false),
        ("logout+jwt", false),
    ] {
        let outcome = verify(|header| header.typ = Some(typ.into()), 1);
        assert_eq!(outcome.is_ok(), accepted, "{typ}");
    }
    assert!(verify(|header| header.typ = None, 1).is_err());
}

#[test]
fn a_token_chooses_neither_its_key_nor_its_rules() {
    assert!(verify(|_| (), 1).is_ok());
    assert!(verify(|_| (), 2).is_err(), "signed with another key");
    assert!(verify(|header| header.kid = None, 1).is_err());
    assert!(verify(|header| header.kid = Some("key-2".into()), 1).is_err());
    assert!(verify(|header| header.crit = Some(vec!["exp".into()]), 1).is_err());
    let brings_its_key = |header: &mut Header| {
        header.jwk = Some(public(&key(2), Some("key-1")));
        header.jku = Some("https://evil.example/jwks".into());
    };
    assert!(verify(brings_its_key, 2).is_err());
}

#[test]
fn a_published_key_without_a_name_or_without_keys_at_all_verifies_nothing() {
    let server = SigningKey::generate("key-1");
    let token = server.sign("at+jwt", &claims());
    let verifier = Verifier::new(ISSUER, DESK, &JwkSet { keys: vec![] });
    assert!(verifier.verify(&token).is_err());
    let mut nameless = server.public().clone();
    nameless.common.key_id = None;
    verifier.replace_keys(&JwkSet {
        keys: vec![nameless],
    });
    assert!(verifier.verify(&token).is_err());
    verifier.replace_keys(&JwkSet {
        keys: vec![server.public().clone()],
    });
    assert!(verifier.verify(&token).is_ok());
}

#[test]
fn a_scope_is_a_whole_word() {
    let server = SigningKey::generate("key-1");
    let keys = JwkSet {
        keys: vec![server.public().clone()],
    };
    let verifier = Verifier::new(ISSUER, DESK, &keys);
    let may_scan = |scope: Value| {
        let mut claims = claims();
        claims["scope"] = scope;
        let caller = verifier.verify(&server.sign("at+jwt", &claims));
        caller.is_ok_and(|caller| caller.may("archive:scan"))
    };
    assert!(may_scan(json!("incidents:read archive:scan")));
    for scope in [
        json!(""),
        json!("archive:scanner"),
        json!("archive"),
        json!("ARCHIVE:SCAN"),
        json!("incidents:read,archive:scan"),
        json!(["archive:scan"]),
        Value::Null,
    ] {
        assert!(!may_scan(scope.clone()), "{scope}");
    }
}

#[test]
fn a_resource_is_a_url_without_query_and_fragment() {
    let keys = JwkSet { keys: vec![] };
    let path = |resource: &str| {
        let guard = Guard::new(GuardConfig::new(resource, ISSUER), &keys);
        guard.map(|guard| guard.metadata_path().to_owned())
    };
    let well_known = "/.well-known/oauth-protected-resource";
    assert_eq!(path("https://desk.example.com").unwrap(), well_known);
    assert_eq!(path("https://desk.example.com/").unwrap(), well_known);
    assert_eq!(path(DESK).unwrap(), format!("{well_known}/mcp"));
    for resource in [
        "mcp",
        "/mcp",
        "desk.example.com/mcp",
        "https://a/b?c",
        "https://a/b#c",
    ] {
        assert!(path(resource).is_err(), "{resource}");
    }
}
