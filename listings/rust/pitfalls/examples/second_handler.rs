//! `#[tool_router(server_handler)]` writes the whole `impl ServerHandler`.

use rmcp::{tool, tool_router};

struct Desk;

#[tool_router(server_handler)]
impl Desk {
    #[tool]
    fn ping(&self) {}
}

#[cfg(feature = "broken")]
impl rmcp::ServerHandler for Desk {}

fn main() {
    println!("{:?}", Desk::tool_router());
}
