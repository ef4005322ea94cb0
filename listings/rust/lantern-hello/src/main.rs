use std::error::Error;

use lantern_core::Dataset;
use lantern_hello::Hello;
use rmcp::ServiceExt;
use rmcp::transport::stdio;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let desk = Dataset::generate(7, 3);
    let running = Hello::new(desk).serve(stdio()).await?;
    running.waiting().await?;
    Ok(())
}
