use std::error::Error;

use lantern_replicas::{Common, Pair};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    for common in [Common::Nothing, Common::Sessions, Common::SessionsAndData] {
        println!("in common: {common:?}");
        let mut pair = Pair::start(common)?;
        let count = json!({ "service": "payments" });
        let stateless = pair.stateless("count_events", count.clone()).await?;
        println!("  stateless call      {}", stateless.says());
        let session = pair.in_session("count_events", count).await?;
        println!("  call in a session   {}", session.says());
        let incident = json!({ "service": "payments", "title": "cards are declined" });
        for _ in 0..2 {
            let opened = pair.stateless("open_incident", incident.clone()).await?;
            println!("  open an incident    {}", opened.says());
        }
    }
    Ok(())
}
