//! Programs that must not compile, each beside the nearest one that does. `cargo test --doc` runs them.
//!
//! The visibility of a generated router is a string:
//!
//! ```compile_fail
//! struct Desk;
//! #[rmcp::tool_router(vis = pub)]
//! impl Desk {
//!     #[rmcp::tool]
//!     fn ping(&self) {}
//! }
//! ```
//!
//! ```
//! struct Desk;
//! #[rmcp::tool_router(vis = "pub")]
//! impl Desk {
//!     #[rmcp::tool]
//!     fn ping(&self) {}
//! }
//! ```
//!
//! A router without tools has to be asked for:
//!
//! ```compile_fail
//! struct Desk;
//! #[rmcp::tool_router]
//! impl Desk {}
//! ```
//!
//! ```
//! struct Desk;
//! #[rmcp::tool_router(allow_empty)]
//! impl Desk {}
//! ```
//!
//! The future of an `async` tool must be `Send`, and the guard of a `std` mutex is not:
//!
//! ```compile_fail
//! struct Desk(std::sync::Mutex<u32>);
//! #[rmcp::tool_router]
//! impl Desk {
//!     #[rmcp::tool]
//!     async fn count_up(&self) {
//!         let mut count = self.0.lock().unwrap();
//!         tokio::task::yield_now().await;
//!         *count += 1;
//!     }
//! }
//! ```
//!
//! ```
//! struct Desk(std::sync::Mutex<u32>);
//! #[rmcp::tool_router]
//! impl Desk {
//!     #[rmcp::tool]
//!     async fn count_up(&self) {
//!         *self.0.lock().unwrap() += 1; // the guard is gone at the end of this statement
//!         tokio::task::yield_now().await;
//!     }
//! }
//! ```
//!
//! Without an expression the handler asks for a router of the default name, and there is none:
//!
//! ```compile_fail
//! struct Desk;
//! #[rmcp::tool_router(router = read_tools)]
//! impl Desk {
//!     #[rmcp::tool]
//!     fn ping(&self) {}
//! }
//! #[rmcp::tool_handler]
//! impl rmcp::ServerHandler for Desk {}
//! ```
//!
//! ```
//! struct Desk;
//! #[rmcp::tool_router(router = read_tools)]
//! impl Desk {
//!     #[rmcp::tool]
//!     fn ping(&self) {}
//! }
//! #[rmcp::tool_handler(router = Self::read_tools())]
//! impl rmcp::ServerHandler for Desk {}
//! ```
