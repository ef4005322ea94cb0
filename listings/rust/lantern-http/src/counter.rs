//! A handler that counts its calls twice: in itself, and in something it shares.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rmcp::{tool, tool_router};

// ANCHOR: counter
/// What all handlers of one server share.
#[derive(Default)]
pub struct Shared {
    pub built: AtomicU32,
    pub calls: AtomicU32,
}

pub struct Counter {
    own: AtomicU32,
    shared: Arc<Shared>,
}

impl Counter {
    pub fn new(shared: &Arc<Shared>) -> Self {
        shared.built.fetch_add(1, Ordering::Relaxed);
        Self {
            own: AtomicU32::new(0),
            shared: Arc::clone(shared),
        }
    }
}

#[tool_router(server_handler)]
impl Counter {
    /// Count this call.
    #[tool]
    fn hit(&self) -> String {
        let own = self.own.fetch_add(1, Ordering::Relaxed) + 1;
        let shared = self.shared.calls.fetch_add(1, Ordering::Relaxed) + 1;
        format!("own {own}, shared {shared}")
    }
}
// ANCHOR_END: counter
