//! Without an expression the handler asks for a router of the default name.

use rmcp::{ServerHandler, tool, tool_handler, tool_router};

struct Desk;

#[tool_router(router = read_tools)]
impl Desk {
    #[tool]
    fn ping(&self) {}
}

#[cfg_attr(feature = "broken", tool_handler)]
#[cfg_attr(not(feature = "broken"), tool_handler(router = Self::read_tools()))]
impl ServerHandler for Desk {}

fn main() {
    println!("{:?}", Desk.get_tool("ping"));
}
