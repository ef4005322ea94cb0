//! Asks cargo what a set of rmcp features brings into the dependency graph.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::error::Error;
use std::process::Command;

/// The features of this package; each stands for one shape of program.
pub const SHAPES: [&str; 6] = [
    "as-shipped",
    "stdio-server",
    "spawning-client",
    "http-server",
    "http-client",
    "https-client",
];

// ANCHOR: graph
/// The third-party crates of one shape: name and version, each with its features.
pub struct Graph(BTreeMap<(String, String), BTreeSet<String>>);

impl Graph {
    /// Resolves this package alone with one of its features, as `cargo build -p` would.
    pub fn of(shape: &str) -> Result<Self, Box<dyn Error>> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let tree = Command::new(cargo)
            .args(["tree", "--package", "feature-ledger", "--features", shape])
            .args([
                "--edges",
                "normal,build",
                "--target",
                "x86_64-unknown-linux-gnu",
            ])
            .args(["--prefix", "none", "--format", "{p}|{f}|"])
            .output()?;
        if !tree.status.success() {
            return Err(String::from_utf8_lossy(&tree.stderr).into());
        }
        let lines = String::from_utf8(tree.stdout)?;
        Ok(Self(lines.lines().filter_map(third_party).collect()))
    }

    pub fn crates(&self) -> usize {
        self.0.len()
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.keys().any(|(other, _)| other == name)
    }

    /// The features of rmcp itself, the implied ones included.
    pub fn rmcp_features(&self) -> BTreeSet<&str> {
        let rmcp = self.0.iter().find(|((name, _), _)| name == "rmcp");
        rmcp.into_iter()
            .flat_map(|(_, features)| features.iter().map(String::as_str))
            .collect()
    }
}

/// Reads `name v1.2.3 (proc-macro)|feature,feature|`; our own packages have no entry.
fn third_party(line: &str) -> Option<((String, String), BTreeSet<String>)> {
    let (package, rest) = line.split_once('|')?;
    let (features, _) = rest.split_once('|')?;
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?);
    if name == "feature-ledger" {
        return None;
    }
    let features = features.split(',').filter(|feature| !feature.is_empty());
    Some((
        (name.to_owned(), version.to_owned()),
        features.map(str::to_owned).collect(),
    ))
}
// ANCHOR_END: graph
