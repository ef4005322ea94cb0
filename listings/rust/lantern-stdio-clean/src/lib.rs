//! One server that logs in three ways, and two readers of what it writes.

pub mod readers;

use std::error::Error;

use lantern_core::Dataset;
use lantern_tools::Desk;
use rmcp::ServiceExt;
use rmcp::transport::stdio;

/// Where the server's log goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logging {
    /// `println!`: into the protocol.
    Println,
    /// `tracing_subscriber::fmt()` as it comes: also into the protocol.
    Subscriber,
    /// The same subscriber with its writer set to standard error.
    Stderr,
}

impl Logging {
    pub const ALL: [Self; 3] = [Self::Println, Self::Subscriber, Self::Stderr];

    pub fn name(self) -> &'static str {
        match self {
            Self::Println => "println",
            Self::Subscriber => "subscriber",
            Self::Stderr => "stderr",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|logging| logging.name() == name)
    }

    // ANCHOR: logging
    fn start(self) {
        match self {
            Self::Println => {}
            Self::Subscriber => tracing_subscriber::fmt().with_ansi(false).init(),
            Self::Stderr => tracing_subscriber::fmt()
                .with_writer(std::io::stderr)
                .with_ansi(false)
                .init(),
        }
    }

    fn say(self, text: &str) {
        match self {
            Self::Println => println!("INFO {text}"),
            Self::Subscriber | Self::Stderr => tracing::info!("{text}"),
        }
    }
    // ANCHOR_END: logging
}

// ANCHOR: serve
/// Serves the desk over stdio until the client closes the pipe.
pub async fn serve(logging: Logging) -> Result<(), Box<dyn Error>> {
    logging.start();
    let desk = Desk::new(Dataset::generate(7, 3));
    let running = desk.serve(stdio()).await?;
    logging.say("a client is connected");
    running.waiting().await?;
    Ok(())
}
// ANCHOR_END: serve
