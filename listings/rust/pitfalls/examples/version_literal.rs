//! `#[tool_handler]` takes its `version` as a literal only.

use rmcp::{ServerHandler, tool, tool_handler, tool_router};

struct Desk;

#[tool_router]
impl Desk {
    #[tool]
    fn ping(&self) {}
}

#[cfg_attr(feature = "broken", tool_handler(name = "lantern", version = env!("CARGO_PKG_VERSION")))]
#[cfg_attr(not(feature = "broken"), tool_handler(name = "lantern"))]
impl ServerHandler for Desk {}

fn main() {
    println!("{:?}", Desk.get_info().server_info);
}
