//! The macros write the path `rmcp`, whatever the dependency is called.

#[cfg(not(feature = "broken"))]
extern crate mcp as rmcp;

use mcp::{tool, tool_router};

struct Desk;

#[tool_router(server_handler)]
impl Desk {
    #[tool]
    fn ping(&self) {}
}

fn main() {
    println!("{:?}", Desk::tool_router());
}
