//! `#[tool_handler]` writes `Result` with two parameters and without a path.

use rmcp::{ServerHandler, tool, tool_handler, tool_router};

#[cfg(feature = "broken")]
type Result<T> = std::result::Result<T, String>;

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
