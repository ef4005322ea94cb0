//! Prints how each ending looks from both sides, in both revisions.

use std::error::Error;
use std::time::Duration;

use lantern_core::Dataset;
use lantern_deadlines::{Ending, ScanDesk, connect, run};
use lantern_fanout::lifecycles;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    for ending in Ending::ALL {
        println!("{ending:?}");
        let mut reports = Vec::new();
        for (_revision, lifecycle) in lifecycles() {
            let desk = ScanDesk::new(Dataset::generate(7, 3));
            let client = connect(desk.clone(), lifecycle).await?;
            let outcome = match run(&client, ending).await {
                Some(Ok(found)) => found,
                Some(Err(error)) => error.to_string(),
                None => "went away".to_owned(),
            };
            // Time for a scan that nobody stopped to reach its end.
            tokio::time::sleep(Duration::from_secs(60)).await;
            reports.push(format!("  client: {outcome}\n  server: {}", desk.seen()));
        }
        reports.dedup(); // both revisions say the same, or you see both
        println!("{}", reports.join("\n"));
    }
    Ok(())
}
