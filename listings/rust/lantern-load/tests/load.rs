use std::path::Path;
use std::time::Duration;

use lantern_load::lane::Lane;
use lantern_load::raw::Connection;
use lantern_load::{Effort, Round, Server, machine, memory, percentile, round, spread};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_lantern-load"))
}

// ANCHOR: forms
#[tokio::test]
async fn every_lane_gets_the_same_answer_in_its_own_form() {
    for lane in Lane::ALL {
        let server = Server::start(program(), lane).await.unwrap();
        let mut connection = Connection::open(server.port).await.unwrap();
        let call = lane.prepare(&mut connection).await.unwrap();
        let answer = connection.exchange(&call).await.unwrap();
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains(r#""text":"payments: "#));
        assert_eq!(answer.body.contains("data:"), !lane.json(), "{lane:?}");
        let text = String::from_utf8(call).unwrap();
        assert_eq!(text.contains("mcp-session-id"), lane.sessions());
    }
}
// ANCHOR_END: forms

#[tokio::test]
async fn a_round_measures_every_lane() {
    let effort = Effort {
        connections: 2,
        calls: 20,
    };
    for lane in Lane::ALL {
        let server = Server::start(program(), lane).await.unwrap();
        let seen = round(&server, lane, effort).await.unwrap();
        assert!(seen.calls_per_second > 0.0);
        assert!(Duration::ZERO < seen.p50 && seen.p50 <= seen.p99);
    }
}

#[tokio::test]
async fn an_error_is_not_counted_as_an_answer() {
    // A call of 2025-11-25 outside of a session, where there are sessions.
    let server = Server::start(program(), Lane::Session).await.unwrap();
    let effort = Effort {
        connections: 1,
        calls: 5, // too few for a call that goes ahead
    };
    let error = round(&server, Lane::LegacyJson, effort).await.unwrap_err();
    assert!(error.to_string().starts_with("status 400: "), "{error}");
}

#[tokio::test]
async fn names_of_headers_have_no_case_and_their_values_keep_theirs() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let head = "HTTP/1.1 200 OK\r\nMCP-Session-ID: AbC:1\r\n";
        for rest in [
            "CONTENT-LENGTH: 2\r\n\r\nok",
            "Transfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        ] {
            stream.read_u8().await.unwrap();
            let answer = format!("{head}{rest}");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let mut connection = Connection::open(port).await.unwrap();
    for body in ["ok", "2\r\nok\r\n0\r\n\r\n"] {
        let answer = connection.exchange(b"?").await.unwrap();
        assert_eq!(answer.session.as_deref(), Some("AbC:1"));
        assert_eq!(answer.body, body);
    }
    server.await.unwrap();
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn sessions_cost_memory_that_calls_without_a_session_do_not() {
    let mut costs = Vec::new();
    for lane in [Lane::StatelessJson, Lane::Session] {
        let server = Server::start(program(), lane).await.unwrap();
        costs.push(memory(&server, lane, 400).await.unwrap());
    }
    assert!(
        costs[1] > 1024.0,
        "a session holds channels and a task: {costs:?}"
    );
    assert!(costs[1] > 3.0 * costs[0], "{costs:?}");
}

#[test]
fn percentiles_are_values_that_occurred() {
    let values: Vec<_> = (1..=200).map(Duration::from_micros).collect();
    assert_eq!(percentile(&values, 50), Duration::from_micros(100));
    assert_eq!(percentile(&values, 99), Duration::from_micros(198));
    assert_eq!(percentile(&values[..1], 99), Duration::from_micros(1));
    assert_eq!(percentile(&[], 50), Duration::ZERO);
}

#[test]
fn the_spread_is_the_slowest_the_middle_and_the_fastest_round() {
    let round = |calls_per_second| Round {
        calls_per_second,
        p50: Duration::ZERO,
        p99: Duration::ZERO,
    };
    let rounds = vec![round(3.0), round(1.0), round(2.0)];
    assert_eq!(spread(rounds), Some([1.0, 2.0, 3.0].map(round)));
    assert_eq!(spread(Vec::new()), None);
}

#[test]
fn dates_are_counted_from_1970() {
    assert_eq!(machine::date(0), "1970-01-01");
    assert_eq!(machine::date(59), "1970-03-01");
    assert_eq!(machine::date(11_016), "2000-02-29");
    assert_eq!(machine::date(20_779), "2026-11-22");
}
