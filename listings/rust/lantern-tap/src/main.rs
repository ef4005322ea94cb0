//! Taps the server's end of a connection, first of a pipe in memory, then of a Unix socket.

use std::error::Error;

use lantern_core::Dataset;
use lantern_tap::{Frames, Tap};
use lantern_tools::Desk;
use rmcp::model::CallToolRequestParams;
use rmcp::{ClientLifecycleMode, ClientServiceExt, ServiceExt};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::UnixStream;

const LIMIT: usize = 4096;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (near, far) = tokio::io::duplex(1024);
    println!("a pipe in memory");
    show(near, far, "payments".to_owned()).await?;

    let (near, far) = UnixStream::pair()?;
    println!("a Unix socket");
    show(near, far, "payments".to_owned()).await?;

    let (near, far) = UnixStream::pair()?;
    println!("a Unix socket, and a frame that is too long");
    show(near, far, "x".repeat(2 * LIMIT)).await
}

// ANCHOR: show
/// Runs one session over the two ends and prints what the tap saw.
async fn show<S>(near: S, far: S, service: String) -> Result<(), Box<dyn Error>>
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    let frames = Frames::default();
    let (reader, writer) = tokio::io::split(far);
    let tap = Tap::new(reader, writer, LIMIT, frames.clone());
    let server = tokio::spawn(async {
        let running = Desk::new(Dataset::generate(7, 3)).serve(tap).await?;
        Ok::<_, Box<dyn Error + Send + Sync>>(running.waiting().await?)
    });

    let client = ().serve_with_lifecycle(near, ClientLifecycleMode::Initialize).await?;
    let arguments = json!({ "service": service });
    let call = CallToolRequestParams::new("count_events")
        .with_arguments(arguments.as_object().cloned().unwrap_or_default());
    let answer = client.call_tool(call).await;
    client.cancel().await?;
    let quit = server.await?.map_err(|error| error.to_string())?;

    for frame in frames.all() {
        println!("  {frame}");
    }
    println!(
        "  client: {}",
        if answer.is_ok() {
            "answered"
        } else {
            "connection lost"
        }
    );
    println!("  server: {quit:?}");
    Ok(())
}
// ANCHOR_END: show
