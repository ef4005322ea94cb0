use std::env;
use std::error::Error;

use lantern_probe::probe;
use rmcp::ClientLifecycleMode;
use rmcp::model::ProtocolVersion;
use rmcp::transport::ConfigureCommandExt;
use tokio::process::Command;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut words = env::args().skip(1);
    let program = words.next().ok_or("say which server to start")?;
    let arguments: Vec<String> = words.collect();
    let server = || {
        Command::new(&program).configure(|command| {
            command.args(&arguments);
        })
    };

    println!("initialize, what serve() does");
    println!(
        "{}",
        probe(server(), ClientLifecycleMode::Initialize).await?
    );

    println!("discover");
    let discover = ClientLifecycleMode::Discover {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28],
    };
    println!("{}", probe(server(), discover).await?);
    Ok(())
}
