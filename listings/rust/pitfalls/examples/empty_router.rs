//! A router without tools has to be asked for.

use rmcp::tool_router;

struct Desk;

#[cfg_attr(feature = "broken", tool_router)]
#[cfg_attr(not(feature = "broken"), tool_router(allow_empty))]
impl Desk {}

fn main() {
    println!("{:?}", Desk::tool_router());
}
