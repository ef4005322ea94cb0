use std::error::Error;

use lantern_lifecycles::{Server, auto, discover, measure};
use rmcp::ClientLifecycleMode;
use rmcp::model::ProtocolVersion;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let either = ClientLifecycleMode::Auto {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28, ProtocolVersion::V_2025_11_25],
        legacy_version: None,
    };
    for (title, server, lifecycle) in [
        (
            "Initialize, current server",
            Server::Current,
            ClientLifecycleMode::Initialize,
        ),
        ("Discover, current server", Server::Current, discover()),
        ("Auto, current server", Server::Current, auto()),
        ("Auto, old server", Server::Old, auto()),
        ("Discover, old server", Server::Old, discover()),
        ("Auto, capped server", Server::Capped, auto()),
        ("Auto, both versions, capped server", Server::Capped, either),
    ] {
        println!("{title}");
        match measure(server, lifecycle).await {
            Ok(report) => {
                let session = if report.session { "yes" } else { "no" };
                println!(
                    "  version {}, {} POSTs to the first result, session {session}",
                    report.version,
                    report.posts.len()
                );
                for post in report.posts {
                    let name = post.mcp_method.as_deref().unwrap_or("-");
                    let version = post.version.as_deref().unwrap_or("-");
                    println!(
                        "  POST {} Mcp-Method {name}, version {version}",
                        post.status
                    );
                }
                if !report.others.is_empty() {
                    println!("  and {}", report.others.join(", "));
                }
            }
            Err(error) => println!("  failed: {error}"),
        }
    }
    Ok(())
}
