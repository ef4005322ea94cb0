//! A glob import can bring an alias `Result` with one parameter into scope unseen.

use rmcp::{ServerHandler, tool, tool_handler, tool_router};

#[cfg(feature = "broken")]
use tokio::io::*;

struct Desk;

#[tool_router]
impl Desk {
    #[tool]
    fn ping(&self) {}
}

#[tool_handler]
impl ServerHandler for Desk {}

fn main() {
    println!("{:?}", Desk.get_tool("ping"));
}
