//! A client without TLS compiles, and fails when it connects to an `https` address.

use std::error::Error;

use rmcp::ServiceExt;
use rmcp::transport::StreamableHttpClientTransport;

#[tokio::test]
async fn only_the_debug_form_of_the_error_names_the_scheme() {
    let transport = StreamableHttpClientTransport::from_uri("https://127.0.0.1:1/mcp");
    let error = ().serve(transport).await.unwrap_err();
    let cause = "invalid URL, scheme is not http";
    let shown = error.to_string();
    assert!(shown.contains("error sending request for url"), "{shown}");
    assert!(!shown.contains(cause), "{shown}");
    assert!(error.source().is_none());
    assert!(format!("{error:?}").contains(cause), "{error:?}");
}
