use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use lantern_load::lane::Lane;
use lantern_load::{Effort, Server, machine, memory, round, serve_lane, spread};

/// Odd, so that there is a round in the middle.
const ROUNDS: usize = 9;
const CONNECTIONS: usize = 8;
const CALLS: usize = 2_000;
/// A delayed call takes two hundred times as long.
const DELAYED_CALLS: usize = 50;
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
    writeln!(
        report,
        "\nrounds     {ROUNDS}, each of {CONNECTIONS} connections with {CALLS} calls \
         (delayed: {DELAYED_CALLS})\n\
         shown      the median round, and the calls/s of the slowest and the fastest\n"
    )?;
    let mut servers = Vec::new();
    for lane in Lane::ALL {
        servers.push((lane, Server::start(&program, lane).await?, Vec::new()));
    }
    // Lanes take turns, so that a busy minute of the machine hits them all.
    for _ in 0..ROUNDS {
        for (lane, server, rounds) in &mut servers {
            let calls = if lane.nodelay() { CALLS } else { DELAYED_CALLS };
            let effort = Effort {
                connections: CONNECTIONS,
                calls,
            };
            rounds.push(round(server, *lane, effort).await?);
        }
    }
    writeln!(
        report,
        "{:<31}{:>8}{:>9}{:>9}{:>8}{:>8}{:>7}",
        "lane", "calls/s", "slowest", "fastest", "p50 us", "p99 us", "ratio"
    )?;
    let mut first = None;
    for (lane, _, rounds) in servers {
        let [slowest, middle, fastest] = spread(rounds).ok_or("no rounds")?;
        let rate = middle.calls_per_second;
        let ratio = rate / *first.get_or_insert(rate);
        let (p50, p99) = (middle.p50.as_micros(), middle.p99.as_micros());
        writeln!(
            report,
            "{:<31}{rate:>8.0}{:>9.0}{:>9.0}{p50:>8}{p99:>8}{ratio:>7.3}",
            lane.name(),
            slowest.calls_per_second,
            fastest.calls_per_second,
        )?;
    }
    writeln!(
        report,
        "\nmemory after {SESSIONS} sessions, or calls without a session, KiB for each"
    )?;
    for lane in [Lane::StatelessJson, Lane::Session] {
        let server = Server::start(&program, lane).await?;
        let bytes = memory(&server, lane, SESSIONS).await?;
        writeln!(report, "{:<31}{:>8.1}", lane.name(), bytes / 1024.0)?;
    }
    Ok(report)
}
// ANCHOR_END: measure
