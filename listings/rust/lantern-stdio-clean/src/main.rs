//! Without an argument it starts itself as a server, once for each way of logging.

use std::env;
use std::error::Error;

use lantern_stdio_clean::readers::{ask_with_rmcp, first_bad_byte, stdout_of};
use lantern_stdio_clean::{Logging, serve};
use tokio::process::Command;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    if let Some(name) = env::args().nth(1) {
        let logging = Logging::named(&name).ok_or("one of println, subscriber, stderr")?;
        return serve(logging).await;
    }

    let this_program = env::current_exe()?;
    println!("{:<11} {:<20} rmcp client", "server", "strict reader");
    for logging in Logging::ALL {
        let server = || {
            let mut command = Command::new(&this_program);
            command.arg(logging.name());
            command
        };
        let strict = match first_bad_byte(&stdout_of(server()).await?) {
            Some(0) => "bad from byte 0".to_owned(),
            Some(_) => "bad after a message".to_owned(),
            None => "clean".to_owned(),
        };
        let forgiven = ask_with_rmcp(server()).await?;
        let log = if forgiven.logged_to_stderr {
            ", log on stderr"
        } else {
            ""
        };
        println!(
            "{:<11} {strict:<20} {}{log}",
            logging.name(),
            forgiven.answer
        );
    }
    Ok(())
}
