use std::env;
use std::error::Error;

use feature_ledger::{Graph, SHAPES};

/// Crates that tell what a graph can do, and what it costs.
const LANDMARKS: [&str; 6] = [
    "schemars",
    "process-wrap",
    "tower-service",
    "hyper",
    "reqwest",
    "rustls",
];

fn main() -> Result<(), Box<dyn Error>> {
    let count = env::args().any(|argument| argument == "--count");
    for shape in SHAPES {
        let graph = Graph::of(shape)?;
        if count {
            println!("{shape}: {} crates", graph.crates());
            continue;
        }
        let features: Vec<_> = graph.rmcp_features().into_iter().collect();
        let landmarks: Vec<_> = LANDMARKS
            .into_iter()
            .filter(|name| graph.has(name))
            .collect();
        println!("{shape}");
        println!("  features {}", features.join(" "));
        println!("  brings   {}", landmarks.join(" "));
    }
    Ok(())
}
