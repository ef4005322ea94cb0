use lantern_server::{Access, Config};
use lantern_test_as::{Behaviour, TestAs};

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
    ])
    .unwrap_err();
    assert_eq!(mistakes.len(), 2);
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

#[test]
fn a_public_url_that_is_none_is_among_the_mistakes() {
    let keys = std::env::temp_dir().join(format!("lantern-keys-{}.json", std::process::id()));
    let settings = |url| {
        read(&[
            ("LANTERN_URL", url),
            ("LANTERN_ISSUER", "https://login.example.com"),
            ("LANTERN_KEYS", keys.to_str().unwrap()),
            ("LANTERN_JSON", "maybe"),
        ])
        .unwrap_err()
    };
    std::fs::write(&keys, r#"{"keys":[]}"#).unwrap();
    assert!(
        settings("/mcp")
            .iter()
            .any(|mistake| mistake.contains("with a key"))
    );
    let issuer = TestAs::new("https://login.example.com", Behaviour::default());
    std::fs::write(&keys, serde_json::to_string(&issuer.jwks()).unwrap()).unwrap();
    let mistakes = settings("/mcp");
    std::fs::remove_file(&keys).unwrap();
    assert_eq!(
        mistakes,
        [
            "LANTERN_JSON=`maybe` cannot be read",
            "LANTERN_URL=`/mcp`: the resource needs a scheme and a host",
        ]
    );
}
