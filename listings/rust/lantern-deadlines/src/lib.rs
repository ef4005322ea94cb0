//! Ways to wait for a long call, and ways to stop waiting.

mod scan_desk;

use std::pin::pin;
use std::time::Duration;

use futures::StreamExt;
use lantern_fanout::text;
use rmcp::handler::client::progress::ProgressDispatcher;
use rmcp::model::{
    CallToolRequest, CallToolRequestParams, CancelledNotificationParam, ClientRequest,
    ProgressNotificationParam, ServerResult,
};
use rmcp::service::{
    NotificationContext, PeerRequestOptions, RequestHandle, RunningService, ServiceError,
};
use rmcp::{ClientHandler, ClientLifecycleMode, ClientServiceExt, RoleClient, ServiceExt};
use serde_json::json;
use tokio::time::timeout;

pub use scan_desk::{ScanDesk, Seen};

// ANCHOR: watcher
/// A client that hands each progress notification to the caller who waits for it.
#[derive(Clone, Default)]
pub struct Watcher {
    progress: ProgressDispatcher,
}

impl ClientHandler for Watcher {
    async fn on_progress(
        &self,
        progress: ProgressNotificationParam,
        _context: NotificationContext<RoleClient>,
    ) {
        self.progress.handle_notification(progress).await;
    }
}
// ANCHOR_END: watcher

pub type Client = RunningService<RoleClient, Watcher>;

pub async fn connect(
    desk: ScanDesk,
    lifecycle: ClientLifecycleMode,
) -> Result<Client, Box<dyn std::error::Error>> {
    let (client_end, server_end) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        if let Ok(running) = desk.serve(server_end).await {
            let _ = running.waiting().await;
        }
    });
    let watcher = Watcher::default();
    Ok(watcher.serve_with_lifecycle(client_end, lifecycle).await?)
}

fn scan_call() -> CallToolRequestParams {
    let args = json!({ "text": "checksum" });
    CallToolRequestParams::new("scan_archive")
        .with_arguments(args.as_object().cloned().unwrap_or_default())
}

// ANCHOR: send
/// Sends the request and comes back at once; the handle is the wait.
pub async fn start_scan(
    client: &Client,
    options: PeerRequestOptions,
) -> Result<RequestHandle<RoleClient>, ServiceError> {
    let request = ClientRequest::CallToolRequest(CallToolRequest::new(scan_call()));
    client.send_cancellable_request(request, options).await
}

async fn finish(handle: RequestHandle<RoleClient>) -> Result<String, ServiceError> {
    match handle.await_response().await? {
        ServerResult::CallToolResult(result) => Ok(text(&result)),
        _ => Err(ServiceError::UnexpectedResponse),
    }
}
// ANCHOR_END: send

/// How the wait for one scan is to end.
#[derive(Debug, Clone, Copy)]
pub enum Ending {
    /// Nothing limits the wait.
    Patience,
    /// 1.5 s, although the server reports progress every second.
    Timeout,
    /// 1.5 s without news.
    TimeoutWithReset,
    /// 1.5 s without news, and 6.5 s in all.
    MaxTotal,
    /// Somebody presses stop after the third segment.
    Stop,
    /// The future of `call_tool` is dropped after 4.5 s.
    DropCall,
    /// The future of a handle is dropped after 4.5 s.
    DropHandle,
}

impl Ending {
    pub const ALL: [Self; 7] = [
        Self::Patience,
        Self::Timeout,
        Self::TimeoutWithReset,
        Self::MaxTotal,
        Self::Stop,
        Self::DropCall,
        Self::DropHandle,
    ];
}

const SHORT: Duration = Duration::from_millis(1500);
const MIDDLE: Duration = Duration::from_millis(4500);
const LONG: Duration = Duration::from_millis(6500);

// ANCHOR: endings
/// Runs one scan to its ending; `None` means that the caller went away without a result.
pub async fn run(client: &Client, ending: Ending) -> Option<Result<String, ServiceError>> {
    let no_limit = PeerRequestOptions::no_options();
    let short = PeerRequestOptions::with_timeout(SHORT);
    match ending {
        Ending::Patience => Some(scan(client, no_limit).await),
        Ending::Timeout => Some(scan(client, short).await),
        Ending::TimeoutWithReset => Some(scan(client, short.reset_timeout_on_progress()).await),
        Ending::MaxTotal => {
            let options = short
                .reset_timeout_on_progress()
                .with_max_total_timeout(LONG);
            Some(scan(client, options).await)
        }
        Ending::Stop => Some(scan_until_stopped(client).await),
        Ending::DropCall => {
            let call = client.call_tool(scan_call());
            let result = timeout(MIDDLE, call).await.ok()?;
            Some(result.map(|result| text(&result)))
        }
        Ending::DropHandle => {
            let scan = scan(client, no_limit);
            timeout(MIDDLE, scan).await.ok()
        }
    }
}

async fn scan(client: &Client, options: PeerRequestOptions) -> Result<String, ServiceError> {
    finish(start_scan(client, options).await?).await
}
// ANCHOR_END: endings

// ANCHOR: stop
async fn scan_until_stopped(client: &Client) -> Result<String, ServiceError> {
    let handle = start_scan(client, PeerRequestOptions::no_options()).await?;
    let token = handle.progress_token.clone();
    let mut progress = client.service().progress.subscribe(token).await;

    let cancel = CancelledNotificationParam::new(
        Some(handle.id.clone()),
        Some("the user pressed stop".to_owned()),
    );
    let stop_button = async {
        while let Some(step) = progress.next().await {
            if step.progress >= 3.0 {
                return client.notify_cancelled(cancel).await;
            }
        }
        Ok(())
    };
    let mut waiting = pin!(finish(handle));
    tokio::select! {
        result = &mut waiting => result, // done before anybody pressed
        stopped = stop_button => {
            stopped?;
            waiting.await
        }
    }
}
// ANCHOR_END: stop
