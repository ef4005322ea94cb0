//! `()` is a client only if the feature `client` of rmcp is on.

use rmcp::ServiceExt;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (transport, _server) = tokio::io::duplex(64);
    drop(().serve(transport));
}
