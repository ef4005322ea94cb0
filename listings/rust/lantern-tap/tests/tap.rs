//! The limit of the tap, its memory, and the limit that the SDK's own transport has.

use lantern_core::Dataset;
use lantern_tap::{Direction, Frame, Frames, Tap};
use lantern_tools::Desk;
use rmcp::service::QuitReason;
use rmcp::transport::Transport;
use rmcp::transport::async_rw::{AsyncRwTransport, DEFAULT_MAX_LINE_LENGTH};
use rmcp::{RoleServer, ServiceExt};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};
use tokio::io::{ReadHalf, WriteHalf};

const LIMIT: usize = 512;

fn desk() -> Desk {
    Desk::new(Dataset::generate(7, 3))
}

fn tapped(end: DuplexStream) -> (Tap<ReadHalf<DuplexStream>, WriteHalf<DuplexStream>>, Frames) {
    let frames = Frames::default();
    let (reader, writer) = tokio::io::split(end);
    (Tap::new(reader, writer, LIMIT, frames.clone()), frames)
}

fn line(id: u32) -> String {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let params = json!({ "_meta": meta });
    let list = json!({ "jsonrpc": "2.0", "id": id, "method": "tools/list", "params": params });
    format!("{list}\n")
}

#[tokio::test]
async fn an_oversize_frame_closes_the_connection() {
    let (mut near, far) = tokio::io::duplex(64);
    let (tap, frames) = tapped(far);
    let server = tokio::spawn(async move { desk().serve(tap).await.unwrap().waiting().await });
    near.write_all(line(1).as_bytes()).await.unwrap();
    let (reader, mut writer) = tokio::io::split(near);
    let mut answer = String::new();
    let mut reader = BufReader::new(reader);
    reader.read_line(&mut answer).await.unwrap();

    let flood = tokio::spawn(async move {
        // No newline: only the limit can end this.
        let _ = writer.write_all(&vec![b'x'; 1024 * 1024]).await;
    });
    let mut rest = Vec::new();
    reader.read_to_end(&mut rest).await.unwrap();
    assert!(rest.is_empty(), "no reply to a frame that was not read");
    assert!(matches!(server.await.unwrap(), Ok(QuitReason::Closed)));
    flood.await.unwrap();
    let last = frames.all().pop().unwrap();
    assert_eq!(
        (last.direction, last.what.as_str()),
        (Direction::In, "longer than the limit of")
    );
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_nobody_reads_does_not_keep_the_connection() {
    let (mut near, far) = tokio::io::duplex(64);
    let (tap, frames) = tapped(far);
    let server = tokio::spawn(async move { desk().serve(tap).await.unwrap().waiting().await });
    near.write_all(line(1).as_bytes()).await.unwrap();
    let begun = |frame: &Frame| frame.direction == Direction::Out;
    while !frames.all().iter().any(begun) {
        tokio::task::yield_now().await; // then the reply is stuck in the pipe
    }

    let flood = vec![b'x'; 1024 * 1024];
    let hour = std::time::Duration::from_secs(3600);
    let refused = tokio::time::timeout(hour, near.write_all(&flood)).await;
    let refused = refused.expect("the tap hangs up").unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::BrokenPipe);
    assert!(matches!(server.await.unwrap(), Ok(QuitReason::Closed)));
}

// ANCHOR: bounded
#[tokio::test]
async fn memory_stays_within_the_limit_whatever_arrives() {
    let (mut near, far) = tokio::io::duplex(64);
    let (mut tap, _frames) = tapped(far);
    let before = tap.capacity();
    let flood = tokio::spawn(async move {
        let _ = near.write_all(&vec![b'x'; 1024 * 1024]).await;
    });
    let received = Transport::<RoleServer>::receive(&mut tap).await;
    assert!(received.is_none());
    assert_eq!(tap.capacity(), before);
    assert!(before <= 2 * LIMIT);
    drop(tap);
    flood.await.unwrap();
}
// ANCHOR_END: bounded

#[tokio::test]
async fn the_record_is_bounded_too() {
    let (mut near, far) = tokio::io::duplex(64);
    let (mut tap, frames) = tapped(far);
    let flood = tokio::spawn(async move { near.write_all(&[b'\n'; 4096]).await });
    assert!(Transport::<RoleServer>::receive(&mut tap).await.is_none());
    flood.await.unwrap().unwrap();
    assert_eq!(frames.all().len(), Frames::KEPT);
}

#[tokio::test]
async fn a_line_of_exactly_the_limit_passes_and_one_byte_more_does_not() {
    for (length, passes) in [(LIMIT, true), (LIMIT + 1, false)] {
        let (mut near, far) = tokio::io::duplex(4096);
        let (mut tap, _frames) = tapped(far);
        let text = line(1);
        let spaces = " ".repeat(length - text.len());
        near.write_all(spaces.as_bytes()).await.unwrap();
        near.write_all(text.as_bytes()).await.unwrap();
        let received = Transport::<RoleServer>::receive(&mut tap).await;
        assert_eq!(received.is_some(), passes, "{length} bytes");
    }
}

// ANCHOR: cancel
#[tokio::test]
async fn a_cancelled_receive_loses_nothing() {
    let (mut near, far) = tokio::io::duplex(4096);
    let (mut tap, _frames) = tapped(far);
    let text = line(1);
    let (first, second) = text.split_at(20);

    near.write_all(first.as_bytes()).await.unwrap();
    tokio::select! {
        biased;
        _ = Transport::<RoleServer>::receive(&mut tap) => panic!("half a line is no message"),
        () = tokio::task::yield_now() => {}
    }
    near.write_all(second.as_bytes()).await.unwrap();
    drop(near);
    let received = Transport::<RoleServer>::receive(&mut tap).await;
    assert!(received.is_some());
}
// ANCHOR_END: cancel

// ANCHOR: sdk
#[tokio::test(start_paused = true)]
async fn the_sdk_drops_an_oversize_line_and_the_sender_is_never_told() {
    let (near, far) = tokio::io::duplex(4096);
    let (reader, writer) = tokio::io::split(far);
    let transport = AsyncRwTransport::new_server(reader, writer).with_max_line_length(LIMIT);
    tokio::spawn(async move { desk().serve(transport).await.unwrap().waiting().await });
    let (reader, mut writer) = tokio::io::split(near);
    let mut lines = BufReader::new(reader).lines();

    let mut ids = Vec::new();
    for text in [line(1), " ".repeat(LIMIT) + &line(2), line(3)] {
        writer.write_all(text.as_bytes()).await.unwrap();
    }
    let hour = std::time::Duration::from_secs(3600);
    while let Ok(Ok(Some(answer))) = tokio::time::timeout(hour, lines.next_line()).await {
        let answer: Value = serde_json::from_str(&answer).unwrap();
        ids.push(answer["id"].as_u64());
    }
    assert_eq!(ids, [Some(1), Some(3)]);
}
// ANCHOR_END: sdk

#[test]
fn the_sdk_allows_16_mib_by_default() {
    assert_eq!(DEFAULT_MAX_LINE_LENGTH, 16 * 1024 * 1024);
}
