//! The future of an `async` tool must be `Send`, and the guard of a `std` mutex is not.

use std::sync::Mutex;

use rmcp::{tool, tool_router};

struct Desk {
    calls: Mutex<u32>,
}

// ANCHOR: guard
#[cfg(feature = "broken")]
#[tool_router]
impl Desk {
    #[tool]
    async fn count_up(&self) {
        let mut calls = self.calls.lock().unwrap();
        *calls += 1;
        drop(calls); // not enough: the compiler goes by the scope of `calls`
        tokio::task::yield_now().await;
    }
}

#[cfg(not(feature = "broken"))]
#[tool_router]
impl Desk {
    #[tool]
    async fn count_up(&self) {
        *self.calls.lock().unwrap() += 1; // the guard lives as long as this statement
        tokio::task::yield_now().await;
    }
}
// ANCHOR_END: guard

fn main() {
    println!("{:?}", Desk::tool_router());
}
