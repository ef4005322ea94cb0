//! A parameter struct needs the `JsonSchema` of the schemars that rmcp uses.

use rmcp::handler::server::wrapper::Parameters;
#[cfg(not(feature = "broken"))]
use rmcp::schemars;
use rmcp::{tool, tool_router};
#[cfg(feature = "broken")]
use schemars_0_8 as schemars;
use serde::Deserialize;

#[derive(Deserialize, schemars::JsonSchema)]
struct CountEvents {
    service: String,
}

struct Desk;

#[tool_router]
impl Desk {
    #[tool]
    fn count_events(&self, Parameters(args): Parameters<CountEvents>) -> String {
        args.service
    }
}

fn main() {
    println!("{:?}", Desk::tool_router().list_all());
}
