use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::{env, io};

use axum::Router;
use lantern_conformance::fixtures::Fixtures;
use lantern_conformance::suite::{Report, baseline, is_installed, run};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> io::Result<ExitCode> {
    let mut words = env::args().skip(1);
    let revision = words.next().ok_or(io::ErrorKind::InvalidInput)?;
    let baseline = words
        .next()
        .map_or_else(|| baseline(&revision), PathBuf::from);
    if !is_installed() {
        eprintln!("the suite is not installed: run `npm ci --prefix lantern-conformance`");
        return Ok(ExitCode::from(3));
    }

    // ANCHOR: serve
    let sessions = Arc::new(LocalSessionManager::default());
    let fixtures = Fixtures::default();
    let config = StreamableHttpServerConfig::default();
    let mcp = StreamableHttpService::new(move || Ok(fixtures.clone()), sessions, config);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/mcp", listener.local_addr()?);
    tokio::spawn(
        async move { axum::serve(listener, Router::new().nest_service("/mcp", mcp)).await },
    );
    // ANCHOR_END: serve

    let report = run(&url, &revision, &baseline).await?;
    print(&revision, &report);
    Ok(if report.accepted {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn print(revision: &str, report: &Report) {
    let failures = report.required.values();
    let passing = failures.filter(|failures| failures.is_empty()).count();
    let all = report.required.len();
    println!("{revision}: {passing} of {all} required scenarios pass");
    for (scenario, failures) in &report.required {
        for entry in report.stale(scenario) {
            println!("  {entry:<48} passes, but the baseline lists it");
        }
        let unlisted = report.unlisted(scenario);
        if !unlisted.is_empty() {
            println!("  {scenario:<48} FAILS");
        } else if !failures.is_empty() {
            println!("  {scenario:<48} fails, as the baseline says");
        }
        for (check, reason) in unlisted {
            println!("    {check}: {reason}");
        }
    }
    println!(
        "the suite {} this",
        if report.accepted {
            "accepts"
        } else {
            "rejects"
        }
    );
}
