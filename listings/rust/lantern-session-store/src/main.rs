use std::error::Error;
use std::sync::Arc;

use lantern_session_store::{Outcome, Shelf, restart};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    print("no store", &restart(None, true).await?);
    print("no store, no new handshake", &restart(None, false).await?);
    print(
        "a store",
        &restart(Some(Arc::new(Shelf::default())), true).await?,
    );
    Ok(())
}

fn print(title: &str, outcome: &Outcome) {
    println!("{title}");
    println!(
        "  answer after the restart: {}",
        outcome.answer.as_deref().unwrap_or("none")
    );
    println!("  sessions opened: {}", outcome.sessions_opened);
    println!(
        "  a POST got 404: {}",
        if outcome.not_found { "yes" } else { "no" }
    );
}
