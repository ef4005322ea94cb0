//! An authorization server for tests. It approves every request without asking anyone, keeps
//! everything in memory and speaks plain http on loopback. Never deploy it.

mod journal;
mod keys;
mod server;

use std::io;
use std::net::Ipv4Addr;

use axum::Router;
use tokio::net::TcpListener;

pub use journal::{Exchange, Journal};
pub use keys::SigningKey;
pub use server::{
    BATCH_CLIENT, BATCH_SECRET, Behaviour, CLIENT_ID, LIFETIME_SECS, REDIRECT_URI, SUBJECT, TestAs,
};

/// Serves a router on a free port of loopback. `make` gets the base URL, which is returned too.
pub async fn serve(make: impl FnOnce(&str) -> Router) -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let base = format!("http://{}", listener.local_addr()?);
    let router = make(&base);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(base)
}
