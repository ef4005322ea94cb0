//! An address that stays while the server behind it changes.

use std::io;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use tokio::net::TcpListener;

use crate::Replica;

struct Behind {
    replica: Replica,
    sessions_opened: usize,
    not_found: bool,
}

/// Passes every request to the current replica, and counts what the answers reveal.
pub struct Front {
    behind: Arc<Mutex<Behind>>,
    url: String,
}

impl Front {
    pub async fn start(replica: Replica) -> io::Result<Self> {
        let behind = Arc::new(Mutex::new(Behind {
            replica,
            sessions_opened: 0,
            not_found: false,
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/mcp", listener.local_addr()?);
        let app = Router::new().fallback(pass).with_state(behind.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { behind, url })
    }

    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Puts `replica` in place and hands back the one that was there.
    pub fn replace(&self, replica: Replica) -> Replica {
        mem::replace(&mut lock(&self.behind).replica, replica)
    }

    /// How many sessions were opened, and whether a POST got 404.
    pub fn seen(&self) -> (usize, bool) {
        let behind = lock(&self.behind);
        (behind.sessions_opened, behind.not_found)
    }
}

async fn pass(State(behind): State<Arc<Mutex<Behind>>>, request: Request) -> Response {
    let service = lock(&behind).replica.service.clone();
    let is_post = request.method() == "POST";
    let response = service.handle(request).await;
    let mut behind = lock(&behind);
    if response.headers().contains_key("mcp-session-id") {
        behind.sessions_opened += 1;
    }
    behind.not_found |= is_post && response.status() == 404;
    response.map(Body::new)
}

fn lock(behind: &Mutex<Behind>) -> MutexGuard<'_, Behind> {
    behind.lock().unwrap_or_else(PoisonError::into_inner)
}
