//! What each lifecycle mode costs, request by request.

use std::future::pending;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use lantern_lifecycles::{Report, Server, auto, discover, measure, start};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ProtocolVersion,
};
use rmcp::service::RequestContext;
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ClientLifecycleMode, ClientServiceExt, ErrorData, RoleServer, ServerHandler};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::{Instant, advance, pause, resume, timeout};

fn statuses(report: &Report) -> Vec<u16> {
    report.posts.iter().map(|post| post.status).collect()
}

fn methods(report: &Report) -> Vec<Option<&str>> {
    let posts = report.posts.iter();
    posts.map(|post| post.mcp_method.as_deref()).collect()
}

#[tokio::test]
async fn initialize_takes_three_posts_and_a_session_with_its_stream() {
    let report = measure(Server::Current, ClientLifecycleMode::Initialize)
        .await
        .unwrap();
    assert_eq!(report.version, ProtocolVersion::V_2025_11_25);
    assert!(report.session);
    assert_eq!(statuses(&report), [200, 202, 200]);
    assert_eq!(methods(&report), [None, None, None]);
    assert_eq!(report.others, ["DELETE", "GET"]);
}

#[tokio::test]
async fn discover_and_auto_take_two_posts_and_nothing_else() {
    for lifecycle in [discover(), auto()] {
        let report = measure(Server::Current, lifecycle).await.unwrap();
        assert_eq!(report.version, ProtocolVersion::V_2026_07_28);
        assert!(!report.session);
        assert_eq!(statuses(&report), [200, 200]);
        assert_eq!(
            methods(&report),
            [Some("server/discover"), Some("tools/call")]
        );
        assert!(report.others.is_empty());
        for post in &report.posts {
            assert_eq!(post.version.as_deref(), Some("2026-07-28"));
        }
    }
}

#[tokio::test]
async fn auto_falls_back_at_an_old_server_for_the_price_of_one_post() {
    let report = measure(Server::Old, auto()).await.unwrap();
    assert_eq!(report.version, ProtocolVersion::V_2025_11_25);
    assert!(report.session);
    assert_eq!(statuses(&report), [400, 200, 202, 200]);
}

#[tokio::test]
async fn discover_does_not_fall_back() {
    let error = measure(Server::Old, discover()).await.err().unwrap();
    let expected = "server/discover rejected with HTTP 400";
    assert!(error.to_string().contains(expected), "{error}");
}

#[tokio::test]
async fn auto_does_not_fall_back_at_a_server_that_refuses_the_version() {
    let error = measure(Server::Capped, auto()).await.err().unwrap();
    assert!(
        error.to_string().contains("no compatible protocol version"),
        "{error}"
    );
    let handshake = measure(Server::Capped, ClientLifecycleMode::Initialize);
    let report = handshake.await.unwrap();
    assert_eq!(report.version, ProtocolVersion::V_2025_11_25);
    assert!(report.session);
}

#[tokio::test]
async fn an_older_version_among_the_preferred_ones_is_spoken_without_a_session() {
    let lifecycle = ClientLifecycleMode::Auto {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28, ProtocolVersion::V_2025_11_25],
        legacy_version: None,
    };
    let report = measure(Server::Capped, lifecycle).await.unwrap();
    assert_eq!(report.version, ProtocolVersion::V_2025_11_25);
    assert!(!report.session);
    assert_eq!(statuses(&report), [400, 200, 200]);
    let left_over = Some("server/discover");
    assert_eq!(
        methods(&report)[2],
        left_over,
        "the third POST is tools/call"
    );
}

#[tokio::test]
async fn the_old_server_serves_no_request_of_the_new_era() {
    let (url, _log) = start(Server::Old).await.unwrap();
    for method in ["server/discover", "tools/call", "tools/list"] {
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let arguments = json!({ "service": "tax" });
        let params = json!({ "_meta": meta, "name": "count_events", "arguments": arguments });
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let status = post(&url, method, &request.to_string()).await;
        assert_eq!(status, "HTTP/1.1 400 Bad Request", "{method}");
    }
}

/// The status line of one stateless request, written by hand.
async fn post(url: &str, method: &str, body: &str) -> String {
    let host = url.trim_start_matches("http://").trim_end_matches("/mcp");
    let mut stream = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST /mcp HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
         Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n\
         Mcp-Method: {method}\r\nMcp-Name: count_events\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + body).as_bytes()).await.unwrap();
    let mut lines = BufReader::new(stream).lines();
    lines.next_line().await.unwrap().unwrap()
}

async fn address_of(app: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

#[tokio::test(start_paused = true)]
async fn on_a_pipe_auto_waits_ten_seconds_for_an_answer() {
    let (near, far) = tokio::io::duplex(4096);
    tokio::spawn(().serve_with_lifecycle(near, auto()));
    let mut lines = BufReader::new(far).lines();
    let probe = lines.next_line().await.unwrap().unwrap();
    assert!(probe.contains("server/discover"));
    let start = Instant::now();
    let fallback = lines.next_line().await.unwrap().unwrap();
    assert!(fallback.contains("initialize"));
    assert_eq!(start.elapsed().as_secs(), 10);
}

#[tokio::test]
async fn over_http_auto_waits_for_ever() {
    let (arrived, mut arrivals) = unbounded_channel();
    let silent = Router::new().fallback(move || {
        arrived.send(()).unwrap();
        pending::<()>()
    });
    let url = address_of(silent).await;
    let transport = StreamableHttpClientTransport::from_uri(url);
    let client = tokio::spawn(().serve_with_lifecycle(transport, auto()));

    assert_eq!(arrivals.recv().await, Some(()));
    pause();
    advance(Duration::from_secs(3600)).await;
    resume();
    let handshake = timeout(Duration::from_secs(1), arrivals.recv()).await;
    assert!(handshake.is_err(), "a second request left the client");
    assert!(!client.is_finished());
}

/// A server that asks for the client's folders in the middle of a call.
struct Asker;

impl ServerHandler for Asker {
    async fn call_tool(
        &self,
        _call: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        #[allow(deprecated)] // roots are deprecated by SEP-2577; any request to the client will do
        let folders = context.peer.list_roots().await;
        let text = folders.map_or_else(|error| error.to_string(), |_| "asked".to_owned());
        Ok(CallToolResult::success(vec![ContentBlock::text(text)]).into())
    }
}

#[tokio::test]
async fn without_a_session_the_answer_to_a_server_request_is_refused() {
    let (answered, mut statuses) = unbounded_channel();
    let count = move |request: Request, next: Next| {
        let answered = answered.clone();
        async move {
            let response = next.run(request).await;
            answered.send(response.status().as_u16()).unwrap();
            response
        }
    };
    let mcp = StreamableHttpService::new(
        || Ok(Asker),
        Arc::new(LocalSessionManager::default()),
        StreamableHttpServerConfig::default(),
    );
    let app = Router::new()
        .nest_service("/mcp", mcp)
        .layer(from_fn(count));
    let transport = StreamableHttpClientTransport::from_uri(address_of(app).await);
    let older = ClientLifecycleMode::Discover {
        preferred_versions: vec![ProtocolVersion::V_2025_11_25],
    };
    let client = ().serve_with_lifecycle(transport, older).await.unwrap();

    let mut call = pin!(client.call_tool(CallToolRequestParams::new("anything")));
    let mut seen = Vec::new();
    while seen.len() < 3 {
        tokio::select! {
            outcome = &mut call => panic!("{outcome:?}"),
            Some(status) = statuses.recv() => seen.push(status),
        }
    }
    // The probe, the call with its open stream, and the answer that finds no session.
    assert_eq!(seen, [200, 200, 400]);
    assert!(timeout(Duration::from_secs(1), call).await.is_err());
}
