//! A token that may read, a tool that writes, and what happens between them.

use lantern_login::world::World;
use lantern_login::{AnyError, UserAgent, authorized, call, connect, log_in};
use lantern_step_up::StepUp;
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
    let http = authorized(manager);
    let client = connect(http.clone(), &world.desk).await?;
    let step_up = StepUp {
        http,
        user,
        attempts: 2,
    };
    println!("before: {}\n", step_up.scopes().await);
    world.journal.take();

    let arguments = json!({ "service": "payments", "title": "cards declined" });
    let incident = step_up
        .call(&client, call("open_incident", arguments))
        .await?;
    println!("{}", world.journal.lines().join("\n"));
    let incident = incident.structured_content.unwrap_or_default();
    println!("\n{}: {}", incident["id"], incident["notes"][0]["text"]);
    println!("after: {}\n", step_up.scopes().await);

    step_up
        .http
        .auth_manager
        .lock()
        .await
        .refresh_token()
        .await?;
    println!("{}", world.journal.lines().join("\n"));
    println!("\nrefreshed: {}", step_up.scopes().await);
    client.cancel().await?;
    Ok(())
}
// ANCHOR_END: main
