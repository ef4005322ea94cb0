//! One tool, switched off in the field `tool_router`, on two servers that differ in one attribute.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use lantern_tools::wire::{Era, Wire};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use serde_json::json;

static ROUTERS_BUILT: AtomicUsize = AtomicUsize::new(0);

macro_rules! desk_with_one_tool {
    ($name:ident) => {
        struct $name {
            tool_router: ToolRouter<Self>,
        }

        #[tool_router(router = generated)]
        impl $name {
            /// Delete the archive.
            #[tool]
            fn purge_archive(&self) -> String {
                "purged".into()
            }

            fn tool_router() -> ToolRouter<Self> {
                ROUTERS_BUILT.fetch_add(1, Ordering::Relaxed);
                Self::generated()
            }
        }

        impl $name {
            fn switched_off() -> Self {
                let tool_router = Self::tool_router();
                let mut desk = Self { tool_router };
                desk.tool_router.disable_route("purge_archive");
                desk
            }
        }
    };
}

// ANCHOR: attributes
desk_with_one_tool!(ByDefault);
desk_with_one_tool!(ByField);

#[tool_handler]
impl ServerHandler for ByDefault {}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for ByField {}
// ANCHOR_END: attributes

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    report("#[tool_handler]", ByDefault::switched_off()).await?;
    report(
        "#[tool_handler(router = self.tool_router)]",
        ByField::switched_off(),
    )
    .await
}

async fn report(attribute: &str, server: impl ServerHandler) -> io::Result<()> {
    ROUTERS_BUILT.store(0, Ordering::Relaxed);
    let mut wire = Wire::connect(server, Era::Handshake).await?;
    let first = wire.call("purge_archive", json!({})).await?;
    for _ in 1..1000 {
        wire.call("purge_archive", json!({})).await?;
    }
    println!("{attribute}");
    println!("  switched-off tool: {first}");
    println!(
        "  routers built for 1,000 calls: {}",
        ROUTERS_BUILT.load(Ordering::Relaxed)
    );
    Ok(())
}
