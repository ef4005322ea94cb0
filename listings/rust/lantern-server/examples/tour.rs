//! A day in the life of the service, in virtual time and without a network.

#[path = "../tests/support/mod.rs"]
mod support;

use std::error::Error;
use std::io;
use std::time::Duration;

use lantern_server::{Config, Lantern, Limits, drain, log};
use serde_json::json;
use support::{call, get, send};
use tokio::time::sleep;

// ANCHOR: tour
/// The clock stands still from the start: sleeping costs nothing, and durations are exact.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing::subscriber::set_global_default(log::subscriber(log::PRODUCTION, io::stdout, false)?)?;
    let config = Config {
        limits: Limits {
            segment: Duration::from_millis(250),
            ..Limits::default()
        },
        drain: Duration::from_secs(2),
        ..Config::default()
    };
    let Lantern {
        router, stopping, ..
    } = Lantern::new(&config)?;

    println!("== calls");
    let scan = || call("scan_archive", json!({ "text": "upstream" }));
    for request in [
        call("count_events", json!({ "service": "payments" })),
        call("count_events", json!({ "service": "payrolls" })),
        call("reboot", json!({})),
        scan(),
    ] {
        println!("{}", send(&router, request).await.says());
    }

    println!("== metrics");
    let page = send(&router, get("/metrics")).await.text;
    print!("{page}");

    println!("== stop, half a second after a scan of three seconds began");
    let (asked, busy) = (router.clone(), router);
    let late = tokio::spawn(async move {
        sleep(Duration::from_millis(4_500)).await; // /readyz says no, the listener is still open
        println!("{}", send(&asked, get("/readyz")).await.text);
        send(&busy, scan()).await.says()
    });
    drain(&stopping, |_| ()).await;
    println!("{}", late.await?);
    Ok(())
}
// ANCHOR_END: tour
