use std::error::Error;

use lantern_interop::CLIENTS;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut reference = None;
    println!("{:<43}{:<13}answers", "client", "revision");
    for (name, client) in CLIENTS {
        let report = client.run().await?;
        let same = match &reference {
            None => "the reference",
            Some(answers) if *answers == report.answers => "the same",
            Some(_) => "different",
        };
        println!("{name:<43}{:<13}{same}", report.revision);
        reference.get_or_insert(report.answers);
    }
    if let Some(answers) = reference {
        println!("\n{answers:#}");
    }
    Ok(())
}
