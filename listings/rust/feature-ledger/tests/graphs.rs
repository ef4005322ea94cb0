use feature_ledger::{Graph, SHAPES};

fn graph(shape: &str) -> Graph {
    Graph::of(shape).unwrap()
}

// ANCHOR: baseline
#[test]
fn a_stdio_server_carries_no_http_and_no_tokens() {
    let graph = graph("stdio-server");
    for heavy in ["hyper", "reqwest", "rustls", "jsonwebtoken", "axum"] {
        assert!(
            !graph.has(heavy),
            "{heavy} is in the graph of a stdio server"
        );
    }
}

#[test]
fn an_http_client_has_no_tls_until_you_ask_for_it() {
    let plain = graph("http-client");
    assert!(plain.has("reqwest") && !plain.has("rustls") && !plain.has("native-tls"));
    assert!(graph("https-client").has("rustls"));
}
// ANCHOR_END: baseline

#[test]
fn server_implies_schemars_and_the_async_pair() {
    let graph = graph("stdio-server");
    let features = graph.rmcp_features();
    assert!(features.contains("schemars") && features.contains("transport-async-rw"));
    assert!(graph.has("schemars") && !graph.rmcp_features().contains("client"));
}

#[test]
fn the_default_features_hold_a_server_and_no_client() {
    let graph = graph("as-shipped");
    let features = graph.rmcp_features();
    for expected in ["base64", "macros", "server"] {
        assert!(features.contains(expected));
    }
    assert!(!features.contains("client") && !features.contains("transport-io"));
}

#[test]
fn a_spawning_client_needs_neither_server_nor_schemars() {
    let graph = graph("spawning-client");
    assert!(!graph.has("schemars") && graph.has("process-wrap"));
    assert!(!graph.rmcp_features().contains("server"));
    assert!(graph.rmcp_features().contains("transport-async-rw"));
}

#[test]
fn http_on_the_client_and_tls_cost_most() {
    let [
        as_shipped,
        stdio,
        spawning,
        http_server,
        http_client,
        https_client,
    ] = SHAPES.map(|shape| graph(shape).crates());
    assert!(spawning < as_shipped && as_shipped <= stdio && stdio < http_server);
    assert!(http_server < http_client && http_client < https_client);
    let http_on_the_server = http_server - stdio;
    assert!(http_client - spawning > http_on_the_server);
    assert!(https_client - http_client > http_on_the_server);
}

#[test]
fn an_unknown_shape_is_cargos_error() {
    let error = Graph::of("no-such-shape").err().unwrap().to_string();
    assert!(error.contains("no-such-shape"), "{error}");
}
