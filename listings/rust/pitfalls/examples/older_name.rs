//! `ServerInfo` is the deprecated name of `ServerConfig`.
#![deny(deprecated)]

#[cfg(not(feature = "broken"))]
use rmcp::model::ServerConfig;
#[cfg(feature = "broken")]
use rmcp::model::ServerInfo as ServerConfig;

fn main() {
    println!("{:?}", ServerConfig::default());
}
