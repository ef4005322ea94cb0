use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use lantern_load::lane::Lane;
use lantern_load::{Effort, Server, machine, median, memory, round, serve_lane};

/// Odd, so that there is a round in the middle.
const ROUNDS: usize = 5;
const EFFORT: Effort = Effort {
    connections: 8,
    calls: 300,
};
const SESSIONS: usize = 1_000;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("serve") {
        let lane = arguments.next().and_then(|name| Lane::named(&name));
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(serve_lane(lane.ok_or("no such lane")?))?;
        return Ok(());
    }
    if cfg!(debug_assertions) {
        return Err("figures of a debug build say nothing: use --release".into());
    }
    // One thread: the other cores are the server's.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let report = runtime.block_on(measure())?;
    print!("{report}");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("measurements");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("loopback.txt"), report)?;
    Ok(())
}

// ANCHOR: measure
async fn measure() -> Result<String, Box<dyn Error + Send + Sync>> {
    let program = std::env::current_exe()?;
    let mut report = machine::describe().join("\n");
    let Effort { connections, calls } = EFFORT;
    writeln!(
        report,
        "\nload per lane: {connections} connections, {ROUNDS} rounds of {calls} calls each; \
         the median round\n"
    )?;
    let mut servers = Vec::new();
    for lane in Lane::ALL {
        servers.push((lane, Server::start(&program, lane).await?, Vec::new()));
    }
    // Lanes take turns, so that a busy minute of the machine hits them all.
    for _ in 0..ROUNDS {
        for (lane, server, rounds) in &mut servers {
            rounds.push(round(server, *lane, EFFORT).await?);
        }
    }
    writeln!(
        report,
        "{:<32}{:>9}{:>9}{:>9}{:>7}",
        "lane", "calls/s", "p50 us", "p99 us", "ratio"
    )?;
    let mut first = None;
    for (lane, _, rounds) in servers {
        let middle = median(rounds).ok_or("no rounds")?;
        let rate = middle.calls_per_second;
        let ratio = rate / *first.get_or_insert(rate);
        let (p50, p99) = (middle.p50.as_micros(), middle.p99.as_micros());
        writeln!(
            report,
            "{:<32}{rate:>9.0}{p50:>9}{p99:>9}{ratio:>7.2}",
            lane.name()
        )?;
    }
    writeln!(
        report,
        "\nmemory after {SESSIONS} sessions, or calls without a session, KiB for each"
    )?;
    for lane in [Lane::StatelessJson, Lane::Session] {
        let server = Server::start(&program, lane).await?;
        let bytes = memory(&server, lane, SESSIONS).await?;
        writeln!(report, "{:<32}{:>9.1}", lane.name(), bytes / 1024.0)?;
    }
    Ok(report)
}
// ANCHOR_END: measure
