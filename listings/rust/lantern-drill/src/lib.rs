//! A service at its limit is told to stop, and every request is accounted for.

mod caller;
mod clock;
mod outcome;

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Duration;

use lantern_guard::GuardConfig;
use lantern_server::{Access, Config, Lantern, Limits, serve};
use lantern_test_as::{Behaviour, TestAs};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use caller::{Caller, HOUR};
use clock::Held;
pub use outcome::Outcome;

pub type Failure = Box<dyn Error + Send + Sync>;

pub const CALLS: usize = 64;
pub const STREAMS: usize = 8;
pub const LATE: usize = 4;
/// A scan reads twelve segments, so it outlasts the five seconds in which the service settles.
/// Beyond fifteen, virtual time gets no faster than real time: rmcp sets the pings of open streams
/// by the real clock.
const SEGMENT: Duration = Duration::from_millis(850);
/// Bounds the two loops that wait for the service.
const ATTEMPTS: usize = 10_000;

// ANCHOR: plans
/// What is different from the configuration that ships.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub name: &'static str,
    pub drain: Duration,
    /// How long the orchestrator waits until it kills.
    pub grace: Duration,
    /// Cancel the transport at the signal, before anything else.
    pub plug_first: bool,
}

pub const SHIPPED: Plan = Plan {
    name: "as shipped",
    drain: Duration::from_secs(20),
    grace: Duration::from_secs(30),
    plug_first: false,
};

pub const PLANS: [Plan; 4] = [
    SHIPPED,
    Plan {
        name: "no drain",
        drain: Duration::ZERO,
        ..SHIPPED
    },
    Plan {
        name: "10 s grace",
        grace: Duration::from_secs(10),
        ..SHIPPED
    },
    Plan {
        name: "plug first",
        plug_first: true,
        ..SHIPPED
    },
];
// ANCHOR_END: plans

/// What the clients saw.
#[derive(Debug, Default)]
pub struct Report {
    /// Calls that ran when the signal came.
    pub accepted: usize,
    pub outcomes: BTreeMap<Outcome, usize>,
    /// Whether the service ended before an orchestrator would have killed it.
    pub in_time: bool,
}

impl Report {
    pub fn count(&self, outcome: Outcome) -> usize {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }

    fn add(&mut self, outcome: Outcome) {
        *self.outcomes.entry(outcome).or_default() += 1;
    }

    /// Every accepted call has its result, every stream its end, and nobody had to be killed.
    pub fn is_clean(&self) -> bool {
        self.count(Outcome::Answered) == self.accepted
            && self.count(Outcome::StreamEnded) == STREAMS
            && self.count(Outcome::Failed) == 0
            && self.in_time
    }
}

/// Runs one drill on loopback, with real sockets and a clock of its own.
pub fn drill(plan: Plan) -> Result<Report, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()?;
    runtime.block_on(run(plan))
}

// ANCHOR: run
async fn run(plan: Plan) -> Result<Report, Failure> {
    let mut report = Report::default();
    let held = Held::now();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let issuer = TestAs::new("https://login.example.com", Behaviour::default());
    let config = configure(plan, &address, &issuer);
    let lantern = Lantern::new(&config)?;
    let stopping = lantern.stopping.clone();
    let (stop, stopped) = oneshot::channel();
    let plug = stopping.clone();
    let signal = async move {
        let _ = stopped.await;
        if plan.plug_first {
            plug.pull_the_plug();
        }
    };
    let server = tokio::spawn(async move {
        let ended = serve(lantern, listener, signal).await;
        ended.map(|()| Instant::now())
    });

    // The service works at its limit, and refuses what it has to refuse.
    let caller = Caller::new(&address, &issuer, None)?;
    let mut open = JoinSet::new();
    for id in 0..STREAMS {
        open.spawn(caller.listen(id).await?.end());
    }
    for id in 0..CALLS {
        let caller = caller.clone();
        open.spawn(async move { caller.scan(id, "upstream").await });
    }
    report.accepted = until_running(&caller, CALLS).await?;
    report.add(caller.scan(CALLS, "upstream").await);
    report.add(caller.scan(CALLS, &"x".repeat(config.body_limit)).await);
    let expired = Caller::new(&address, &issuer, Some(3_600))?;
    report.add(expired.scan(CALLS, "upstream").await);
    let _half = caller.half_a_request().await?;

    // The signal. Time runs until the door closes, then stands still to try it.
    let began = Instant::now();
    stop.send(()).map_err(|()| "the service is gone")?;
    drop(held);
    stopping.listener.cancelled().await;
    let held = Held::now();
    until_refused(&address).await?;
    for id in 0..LATE {
        report.add(caller.scan(id, "upstream").await);
    }
    drop(held);

    while let Some(outcome) = open.join_next().await {
        report.add(outcome?);
    }
    let ended = timeout(HOUR, server).await???;
    report.in_time = ended.duration_since(began) < plan.grace;
    Ok(report)
}
// ANCHOR_END: run

fn configure(plan: Plan, address: &str, issuer: &TestAs) -> Config {
    let guard = GuardConfig::new(&format!("http://{address}/mcp"), issuer.issuer());
    let keys = issuer.jwks();
    Config {
        access: Access::Guarded { guard, keys },
        limits: Limits {
            calls: CALLS,
            segment: SEGMENT,
            ..Limits::default()
        },
        drain: plan.drain,
        ..Config::default()
    }
}

async fn until_running(caller: &Caller, calls: usize) -> Result<usize, Failure> {
    for _ in 0..ATTEMPTS {
        let running = caller.running().await?;
        if running >= calls {
            return Ok(running);
        }
    }
    Err("the calls never began".into())
}

async fn until_refused(address: &str) -> Result<(), Failure> {
    for _ in 0..ATTEMPTS {
        if TcpStream::connect(address).await.is_err() {
            return Ok(());
        }
    }
    Err("the door never closed".into())
}
