//! Just enough HTTP/1.1 to cost less than the server: one exchange at a time on one connection.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

pub struct Answer {
    pub status: u16,
    pub session: Option<String>,
    /// As it was sent, with the lines of chunks and events.
    pub body: String,
}

/// The answers of this package are much smaller.
const LIMIT: usize = 64 * 1024;

impl Connection {
    pub async fn open(port: u16) -> io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::new(),
        })
    }

    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.read_more().await?;
        };
        let text = String::from_utf8_lossy(&self.buffer[..head]);
        let header = |name: &str| {
            let mut fields = text.lines().filter_map(|line| line.split_once(':'));
            let (_, value) = fields.find(|(field, _)| field.eq_ignore_ascii_case(name))?;
            Some(value.trim())
        };
        let status = text.get(9..12).and_then(|code| code.parse().ok());
        let status = status.ok_or(io::ErrorKind::InvalidData)?;
        let session = header("mcp-session-id").map(str::to_owned);
        let encoding = header("transfer-encoding").unwrap_or_default();
        if encoding.eq_ignore_ascii_case("chunked") {
            // The bodies are JSON in events: they cannot contain this line.
            while !self.buffer.ends_with(b"\r\n0\r\n\r\n") {
                self.read_more().await?;
            }
        } else {
            let length = header("content-length").and_then(|length| length.parse().ok());
            let end = head + length.unwrap_or(0_usize);
            while self.buffer.len() < end {
                self.read_more().await?;
            }
        }
        let body = String::from_utf8_lossy(&self.buffer[head..]).into_owned();
        Ok(Answer {
            status,
            session,
            body,
        })
    }

    async fn read_more(&mut self) -> io::Result<()> {
        if self.buffer.len() > LIMIT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

fn find(text: &[u8], pattern: &[u8]) -> Option<usize> {
    text.windows(pattern.len())
        .position(|window| window == pattern)
}
