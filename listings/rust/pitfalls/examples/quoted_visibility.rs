//! The visibility of a generated router is a string.

use rmcp::{tool, tool_router};

struct Desk;

#[cfg_attr(feature = "broken", tool_router(vis = pub))]
#[cfg_attr(not(feature = "broken"), tool_router(vis = "pub"))]
impl Desk {
    #[tool]
    fn ping(&self) {}
}

fn main() {
    println!("{:?}", Desk::tool_router());
}
