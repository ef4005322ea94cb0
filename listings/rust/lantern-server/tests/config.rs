use lantern_server::{Access, Config};
use lantern_test_as::{Behaviour, TestAs};
use serde_json::{Value, json};

fn read(vars: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Config::from_vars(vars.iter().map(owned).collect::<Vec<_>>())
}

#[test]
fn without_settings_the_service_is_open_and_on_loopback() {
    let config = read(&[("HOME", "/nowhere")]).unwrap();
    assert!(config.bind.ip().is_loopback());
    assert!(matches!(config.access, Access::Open));
    assert!(!config.sessions);
}

// ANCHOR: mistakes
#[test]
fn all_mistakes_are_reported_at_once() {
    let mistakes = read(&[
        ("LANTERN_BIND", "0.0.0.0:8080"),
        ("LANTERN_BIDN", "127.0.0.1:1"),
        ("LANTERN_MAX_CALLS", "0"),
        ("LANTERN_SESSIONS", "yes"),
    ])
    .unwrap_err();
    assert_eq!(
        mistakes,
        [
            "0.0.0.0:8080 is not a loopback address: \
             set LANTERN_URL, LANTERN_ISSUER and LANTERN_KEYS",
            "LANTERN_BIDN=`127.0.0.1:1` is not a setting",
            "LANTERN_MAX_CALLS=`0` cannot be read",
            "LANTERN_SESSIONS=`yes` cannot be read",
        ]
    );
}
// ANCHOR_END: mistakes

#[test]
fn half_a_guard_is_no_guard() {
    let mistakes = read(&[("LANTERN_ISSUER", "https://login.example.com")]).unwrap_err();
    assert_eq!(
        mistakes,
        ["LANTERN_URL, LANTERN_ISSUER and LANTERN_KEYS belong together"]
    );
}

#[test]
fn a_deadline_of_zero_and_a_number_beyond_reason_are_mistakes() {
    let mistakes = read(&[
        ("LANTERN_CALL_SECONDS", "0"),
        ("LANTERN_MAX_CALLS", "18446744073709551615"),
        ("LANTERN_MAX_STREAMS", "0"),
    ])
    .unwrap_err();
    assert_eq!(mistakes.len(), 3);
}

// ANCHOR: links
/// What Kubernetes adds to every container if a Service is called `lantern`.
#[test]
fn variables_of_a_service_with_this_name_stop_the_start() {
    let mistakes = read(&[
        ("LANTERN_SERVICE_HOST", "10.0.0.11"),
        ("LANTERN_PORT", "tcp://10.0.0.11:8080"),
    ]);
    assert_eq!(mistakes.unwrap_err().len(), 2);
}
// ANCHOR_END: links

/// Reads the settings of a guard and `more`, with a key file that contains `keys`.
fn guarded(name: &str, keys: &Value, more: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let name = format!("lantern-{name}-{}.json", std::process::id());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, keys.to_string()).unwrap();
    let mut settings = vec![
        ("LANTERN_URL", "https://desk.example.com/mcp"),
        ("LANTERN_ISSUER", "https://login.example.com"),
        ("LANTERN_KEYS", path.to_str().unwrap()),
    ];
    settings.extend(more);
    let config = read(&settings);
    std::fs::remove_file(&path).unwrap();
    config
}

/// The keys of an issuer that signs as the guard wants it.
fn issued() -> Value {
    let issuer = TestAs::new("https://login.example.com", Behaviour::default());
    serde_json::to_value(issuer.jwks()).unwrap()
}

#[test]
fn a_key_set_that_can_verify_nothing_is_a_mistake() {
    let mut nameless = issued();
    nameless["keys"][0].as_object_mut().unwrap().remove("kid");
    let rsa = json!({ "kty": "RSA", "kid": "1", "n": "AQAB", "e": "AQAB" });
    for useless in [json!({ "keys": [] }), json!({ "keys": [&rsa] }), nameless] {
        let mistakes = guarded("useless", &useless, &[]).unwrap_err();
        let what = "is not a JSON Web Key Set with a key for EdDSA that has a `kid`";
        assert!(mistakes.iter().any(|mistake| mistake.ends_with(what)));
    }
    // One key is enough, whatever else is in the set.
    let mut mixed = issued();
    mixed["keys"].as_array_mut().unwrap().insert(0, rsa);
    assert!(guarded("mixed", &mixed, &[]).is_ok());
}

#[test]
fn a_public_url_that_is_none_is_among_the_mistakes() {
    let more = [("LANTERN_URL", "/mcp"), ("LANTERN_JSON", "maybe")];
    assert_eq!(
        guarded("issued", &issued(), &more).unwrap_err(),
        [
            "LANTERN_JSON=`maybe` cannot be read",
            "LANTERN_URL=`/mcp`: the resource needs a scheme and a host",
        ]
    );
}
