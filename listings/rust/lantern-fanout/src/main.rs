//! Counts the events of all 24 services on one connection, with three limits.

use std::error::Error;
use std::time::Duration;

use lantern_core::Dataset;
use lantern_fanout::{BusyDesk, DeskClient, Limits, count_everywhere, lifecycles};
use tokio::time::Instant;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    let services = Dataset::generate(7, 3).logs.services();
    for (revision, lifecycle) in lifecycles() {
        println!("{revision}");
        println!("  limit  virtual time  peak  first answer  all events");
        for at_once in [1, 4, 24] {
            let desk = BusyDesk::new(Dataset::generate(7, 3));
            let limits = Limits {
                at_once,
                deadline: Duration::from_secs(1),
            };
            let client = DeskClient::in_memory(desk.clone(), (), lifecycle.clone(), limits).await?;

            let start = Instant::now();
            let answers = count_everywhere(&client, services).await;
            let elapsed = start.elapsed().as_millis();

            let first = answers[0].0;
            let mut events = 0;
            for (_service, count) in answers {
                events += count?.parse::<usize>()?;
            }
            let peak = desk.peak();
            println!("  {at_once:>5}  {elapsed:>9} ms  {peak:>4}  {first:<12}  {events:>10}");
        }
    }
    Ok(())
}
