//! Prints how each ending looks from both sides.

use std::error::Error;
use std::time::Duration;

use lantern_core::Dataset;
use lantern_deadlines::{Ending, ScanDesk, connect, run};
use lantern_fanout::lifecycles;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    for (revision, lifecycle) in lifecycles() {
        println!("{revision}");
        for ending in Ending::ALL {
            let desk = ScanDesk::new(Dataset::generate(7, 3));
            let client = connect(desk.clone(), lifecycle.clone()).await?;
            let outcome = match run(&client, ending).await {
                Some(Ok(found)) => found,
                Some(Err(error)) => error.to_string(),
                None => "nothing: gone".to_owned(),
            };
            // Time for a scan that nobody stopped to reach its end.
            tokio::time::sleep(Duration::from_secs(60)).await;
            println!("  {ending:?}");
            println!("    client: {outcome}");
            println!("    server: {}", desk.seen());
        }
    }
    Ok(())
}
