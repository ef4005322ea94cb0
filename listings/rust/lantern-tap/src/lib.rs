//! A transport of our own: it writes down every frame and hangs up on frames that are too long.

mod frames;

use std::io;
use std::sync::Arc;

use rmcp::service::{RxJsonRpcMessage, ServiceRole, TxJsonRpcMessage};
use rmcp::transport::Transport;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::Mutex;

pub use frames::{Direction, Frame, Frames};

// ANCHOR: tap
/// Newline-delimited JSON over any reader and writer, with a limit that closes the connection.
pub struct Tap<R, W> {
    reader: BufReader<R>,
    /// The part of the current line that has arrived. A field, so that a cancelled `receive` keeps it.
    line: Vec<u8>,
    limit: usize,
    writer: Arc<Mutex<Option<W>>>,
    frames: Frames,
}
// ANCHOR_END: tap

impl<R: AsyncRead + Unpin, W> Tap<R, W> {
    /// `limit` is the longest line in bytes, its newline included.
    pub fn new(reader: R, writer: W, limit: usize, frames: Frames) -> Self {
        Self {
            reader: BufReader::with_capacity(1024, reader),
            line: Vec::with_capacity(limit),
            limit,
            writer: Arc::new(Mutex::new(Some(writer))),
            frames,
        }
    }

    /// How much memory the current line occupies.
    pub fn capacity(&self) -> usize {
        self.line.capacity()
    }

    // ANCHOR: line
    /// Completes `self.line`. `false` means that the connection is over.
    async fn fill_line(&mut self) -> io::Result<bool> {
        loop {
            let available = self.reader.fill_buf().await?;
            if available.is_empty() {
                return Ok(false);
            }
            let newline = available.iter().position(|byte| *byte == b'\n');
            let length = newline.map_or(available.len(), |index| index + 1);
            if self.line.len() + length > self.limit {
                self.frames.oversize(self.limit);
                return Ok(false);
            }
            self.line.extend_from_slice(&available[..length]);
            self.reader.consume(length);
            if newline.is_some() {
                return Ok(true);
            }
        }
    }
    // ANCHOR_END: line
}

// ANCHOR: transport
impl<Role, R, W> Transport<Role> for Tap<R, W>
where
    Role: ServiceRole,
    R: AsyncRead + Send + Unpin,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        message: TxJsonRpcMessage<Role>,
    ) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        let writer = Arc::clone(&self.writer);
        let frames = self.frames.clone();
        async move {
            let mut line = serde_json::to_vec(&message)?;
            line.push(b'\n');
            let mut writer = writer.lock().await;
            let writer = writer.as_mut().ok_or(io::ErrorKind::NotConnected)?;
            frames.push(Direction::Out, &line);
            writer.write_all(&line).await?;
            writer.flush().await
        }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<Role>> {
        loop {
            match self.fill_line().await {
                Ok(true) => {}
                Ok(false) | Err(_) => return None,
            }
            self.frames.push(Direction::In, &self.line);
            let message = serde_json::from_slice(&self.line);
            self.line.clear();
            if let Ok(message) = message {
                return Some(message);
            }
        }
    }

    async fn close(&mut self) -> Result<(), io::Error> {
        // A reply that nobody reads holds the lock. It is not waited for: after this
        // call the service drops it, and the writer with it.
        let writer = self.writer.try_lock().map(|mut writer| writer.take());
        match writer {
            Ok(Some(mut writer)) => writer.shutdown().await,
            Ok(None) | Err(_) => Ok(()),
        }
    }
}
// ANCHOR_END: transport
