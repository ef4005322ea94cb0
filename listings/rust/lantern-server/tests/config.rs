use lantern_server::{Access, Config};

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
