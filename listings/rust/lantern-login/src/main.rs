//! The whole dance, one numbered line for each request.

use lantern_login::world::World;
use lantern_login::{AnyError, UserAgent, authorized, call, connect, log_in, text};
use lantern_test_as::{CLIENT_ID, REDIRECT_URI};
use serde_json::json;

// ANCHOR: main
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), AnyError> {
    let world = World::start().await?;
    let user = UserAgent::new()?;

    let refused = connect(reqwest::Client::new(), &world.desk).await;
    let refused = refused.err().ok_or("the desk is open to everyone")?;
    let challenge = refused
        .auth_challenge()
        .ok_or("a refusal without a challenge")?;

    let manager = log_in(&world.desk, challenge, CLIENT_ID, REDIRECT_URI, &user).await?;
    let client = connect(authorized(manager), &world.desk).await?;
    let answer = client.call_tool(call("whoami", json!({}))).await?;

    println!("{}", world.journal.lines().join("\n"));
    println!("\nwhoami: {}", text(&answer));
    client.cancel().await?;
    Ok(())
}
// ANCHOR_END: main
