use std::error::Error;
use std::ffi::OsString;
use std::io;

use lantern_server::{Config, Lantern, log, serve};
use rmcp::ServiceExt;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing::subscriber::set_global_default(log::subscriber(log::PRODUCTION, io::stderr, true)?)?;
    log::report_panics();
    let text = |value: OsString| value.to_string_lossy().into_owned();
    let vars = std::env::vars_os().map(|(name, value)| (text(name), text(value)));
    let config = Config::from_vars(vars).map_err(|mistakes| mistakes.join("\n"))?;
    let lantern = Lantern::new(&config)?;
    if std::env::args().any(|argument| argument == "--stdio") {
        lantern
            .desk
            .serve(rmcp::transport::stdio())
            .await?
            .waiting()
            .await?;
        return Ok(());
    }
    let listener = TcpListener::bind(config.bind).await?;
    // Who reads that the service listens may stop it at once: the handlers have to be there.
    let signal = asked_to_stop()?;
    let address = listener.local_addr()?.to_string();
    tracing::info!(address, "listening");
    serve(lantern, listener, signal).await?;
    Ok(())
}

// ANCHOR: signals
/// Orchestrators send SIGTERM, people press Ctrl-C.
#[cfg(unix)]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
// ANCHOR_END: signals

#[cfg(not(unix))]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
