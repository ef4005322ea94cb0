//! Who ends what: handlers, streams and the server.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use lantern_http::counter::{Counter, Shared};
use lantern_http::probe::Ask;
use lantern_http::{app, desk, serve, start, tables};
use reqwest::{Client, Method, Response};
use rmcp::model::ProtocolVersion;
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::StreamableHttpServerConfig;
use rmcp::{RoleServer, tool, tool_router};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// For what must happen.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn one_handler_for_a_session_and_one_for_each_stateless_request() {
    let shared = Arc::new(Shared::default());
    let factory = {
        let shared = Arc::clone(&shared);
        move || Counter::new(&shared)
    };
    let app = app(factory, StreamableHttpServerConfig::default());
    let url = start(app, CancellationToken::new()).await.unwrap();
    let client = Client::new();
    let opened = Ask::handshake_era(&tables::initialize())
        .send(&client, &url)
        .await
        .unwrap();
    assert!(opened.session.is_some());
    assert_eq!(shared.built.load(Ordering::Relaxed), 1);
    for call in 1..=3 {
        let ask = Ask::stateless("tools/call", json!({ "name": "hit" }));
        let seen = ask.send(&client, &url).await.unwrap();
        assert_eq!(seen.says, format!("own 1, shared {call}"));
    }
    assert_eq!(shared.built.load(Ordering::Relaxed), 4);
}

struct Patient {
    events: UnboundedSender<&'static str>,
}

#[tool_router(server_handler)]
impl Patient {
    /// Wait until somebody cancels this call.
    #[tool]
    async fn wait(&self, context: RequestContext<RoleServer>) -> String {
        let _ = self.events.send("started");
        context.ct.cancelled().await;
        let stateless = context.protocol_version() == Some(ProtocolVersion::V_2026_07_28);
        let _ = self.events.send(if stateless {
            "cancelled"
        } else {
            "cancelled in its session"
        });
        "too late".into()
    }
}

// ANCHOR: disconnect
#[tokio::test]
async fn a_client_that_goes_away_cancels_its_stateless_request() {
    let (events, mut seen) = unbounded_channel();
    let factory = move || Patient {
        events: events.clone(),
    };
    let app = app(factory, StreamableHttpServerConfig::default());
    let url = start(app, CancellationToken::new()).await.unwrap();

    let request = tokio::spawn(async move {
        let ask = Ask::stateless("tools/call", json!({ "name": "wait" }));
        ask.send(&Client::new(), &url).await
    });
    assert_eq!(seen.recv().await, Some("started"));
    request.abort();
    let cancelled = timeout(PATIENCE, seen.recv()).await;
    assert_eq!(cancelled, Ok(Some("cancelled")));
}
// ANCHOR_END: disconnect

#[tokio::test]
async fn a_client_that_goes_away_does_not_cancel_a_call_of_its_session() {
    let (events, mut seen) = unbounded_channel();
    let factory = move || Patient {
        events: events.clone(),
    };
    let app = app(factory, StreamableHttpServerConfig::default());
    let url = start(app, CancellationToken::new()).await.unwrap();
    let client = Client::new();
    let opened = Ask::handshake_era(&tables::initialize())
        .send(&client, &url)
        .await
        .unwrap();
    let session = opened.session.unwrap();
    let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    let ready = Ask::handshake_era(&ready).with("mcp-session-id", &session);
    assert_eq!(ready.send(&client, &url).await.unwrap().status, 202);

    let params = json!({ "name": "wait" });
    let call = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": params });
    let in_session = Ask::handshake_era(&call).with("mcp-session-id", &session);
    // The stateless call is the yardstick: it comes later, so the server has noticed both clients' end.
    for ask in [in_session, Ask::stateless("tools/call", params)] {
        let url = url.clone();
        let request = tokio::spawn(async move { ask.send(&Client::new(), &url).await });
        assert_eq!(seen.recv().await, Some("started"));
        request.abort();
        assert!(request.await.unwrap_err().is_cancelled());
    }
    let cancelled = timeout(PATIENCE, seen.recv()).await;
    assert_eq!(cancelled, Ok(Some("cancelled")));
    assert_eq!(seen.try_recv(), Err(TryRecvError::Empty));

    // The call of the session was waiting all the time, and this is how it is cancelled.
    let params = json!({ "requestId": 2 });
    let cancel = json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": params });
    let cancel = Ask::handshake_era(&cancel).with("mcp-session-id", &session);
    assert_eq!(cancel.send(&client, &url).await.unwrap().status, 202);
    let cancelled = timeout(PATIENCE, seen.recv()).await;
    assert_eq!(cancelled, Ok(Some("cancelled in its session")));
}

// ANCHOR: shutdown
/// A server that was asked to stop while the stream of a session is open.
async fn asked_to_stop(config_knows: bool) -> (JoinHandle<io::Result<()>>, Response) {
    let shutdown = CancellationToken::new();
    let mut config = StreamableHttpServerConfig::default();
    if config_knows {
        config = config.with_cancellation_token(shutdown.child_token());
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    let server = tokio::spawn(serve(listener, desk(config), shutdown.clone()));

    let client = Client::new();
    let opened = Ask::handshake_era(&tables::initialize())
        .send(&client, &url)
        .await
        .unwrap();
    let stream = client
        .request(Method::GET, &url)
        .header("accept", "text/event-stream")
        .header("mcp-session-id", opened.session.unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(stream.status(), 200);
    shutdown.cancel();
    (server, stream)
}

#[tokio::test]
async fn an_open_stream_holds_up_the_shutdown_unless_the_config_has_the_token() {
    let (held_up, held_by) = asked_to_stop(false).await;
    let (server, _stream) = asked_to_stop(true).await;
    timeout(PATIENCE, server).await.unwrap().unwrap().unwrap();
    // The first server was asked earlier, and waits until its stream ends.
    assert!(!held_up.is_finished());
    drop(held_by);
    timeout(PATIENCE, held_up).await.unwrap().unwrap().unwrap();
}
// ANCHOR_END: shutdown
