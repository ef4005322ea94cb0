//! A load generator for one tool call, and the server it loads in a process of its own.

pub mod lane;
pub mod machine;
pub mod raw;

use std::error::Error;
use std::io;
use std::process::Stdio;
use std::time::{Duration, Instant};

use lantern_server::{Config, Lantern, serve};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, ChildStdin, Command};
use tokio::task::JoinSet;

use lane::Lane;
use raw::Connection;

type Failure = Box<dyn Error + Send + Sync>;

/// How hard a round is.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    pub connections: usize,
    /// Calls of each connection; a tenth of them goes ahead unmeasured.
    pub calls: usize,
}

/// What one round showed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    pub calls_per_second: f64,
    pub p50: Duration,
    pub p99: Duration,
}

// ANCHOR: round
/// Every connection sends its calls one after another; all connections send at the same time.
pub async fn round(server: &Server, lane: Lane, effort: Effort) -> Result<Round, Failure> {
    let mut ready = Vec::new();
    for _ in 0..effort.connections {
        let mut connection = Connection::open(server.port).await?;
        let call = lane.prepare(&mut connection).await?;
        for _ in 0..effort.calls / 10 {
            expect_result(connection.exchange(&call).await?)?;
        }
        ready.push((connection, call));
    }
    let began = Instant::now();
    let mut workers = JoinSet::new();
    for (mut connection, call) in ready {
        workers.spawn(async move {
            let mut latencies = Vec::with_capacity(effort.calls);
            for _ in 0..effort.calls {
                let sent = Instant::now();
                let answer = connection.exchange(&call).await?;
                latencies.push(sent.elapsed());
                expect_result(answer)?;
            }
            Ok::<_, Failure>(latencies)
        });
    }
    let mut latencies = Vec::new();
    while let Some(worker) = workers.join_next().await {
        latencies.extend(worker??);
    }
    let took = began.elapsed();
    latencies.sort();
    Ok(Round {
        calls_per_second: latencies.len() as f64 / took.as_secs_f64(),
        p50: percentile(&latencies, 50),
        p99: percentile(&latencies, 99),
    })
}
// ANCHOR_END: round

/// A fast error is not a fast answer.
fn expect_result(answer: raw::Answer) -> Result<(), Failure> {
    if answer.status == 200 && answer.body.contains(r#""text":"payments: "#) {
        Ok(())
    } else {
        Err(format!("status {}: {}", answer.status, answer.body).into())
    }
}

/// The value that `percent` of the sorted values do not exceed (nearest rank).
pub fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// The slowest round, the one in the middle and the fastest, by calls per second.
pub fn spread(mut rounds: Vec<Round>) -> Option<[Round; 3]> {
    rounds.sort_by(|a, b| a.calls_per_second.total_cmp(&b.calls_per_second));
    let middle = rounds.get(rounds.len() / 2).copied()?;
    Some([*rounds.first()?, middle, *rounds.last()?])
}

// ANCHOR: memory
/// What `count` sessions, or `count` calls without one, leave behind in the server: bytes for each.
pub async fn memory(server: &Server, lane: Lane, count: usize) -> Result<f64, Failure> {
    let mut connection = Connection::open(server.port).await?;
    for _ in 0..50 {
        let call = lane.prepare(&mut connection).await?;
        expect_result(connection.exchange(&call).await?)?;
    }
    let before = server.resident_bytes()?;
    for _ in 0..count {
        let call = lane.prepare(&mut connection).await?;
        expect_result(connection.exchange(&call).await?)?;
    }
    let grown = server.resident_bytes()?.saturating_sub(before);
    Ok(grown as f64 / count as f64)
}
// ANCHOR_END: memory

/// A server in a process of its own. It stops when this value is dropped.
pub struct Server {
    pub port: u16,
    child: Child,
    _stdin: Option<ChildStdin>,
}

impl Server {
    /// `program` is the program of this package.
    pub async fn start(program: &std::path::Path, lane: Lane) -> Result<Self, Failure> {
        let mut child = Command::new(program)
            .args(["serve", lane.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let stdout = child.stdout.take().ok_or("no stdout")?;
        let line = BufReader::new(stdout).lines().next_line().await?;
        let port = line.ok_or("the server did not start")?.parse()?;
        let stdin = child.stdin.take();
        Ok(Self {
            port,
            child,
            _stdin: stdin,
        })
    }

    fn resident_bytes(&self) -> io::Result<u64> {
        machine::resident_bytes(self.child.id().unwrap_or_default())
    }
}

// ANCHOR: serve
/// The process that is loaded: it prints its port and serves until its stdin closes.
pub async fn serve_lane(lane: Lane) -> io::Result<()> {
    let config = Config {
        sessions: lane.sessions(),
        json: lane.json(),
        nodelay: lane.nodelay(),
        settle: Duration::ZERO,
        ..Config::default()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    let parent_is_gone = async {
        let _ = tokio::io::stdin().read_to_end(&mut Vec::new()).await;
    };
    serve(Lantern::new(&config)?, listener, parent_is_gone).await
}
// ANCHOR_END: serve
