//! Many model types are `non_exhaustive`: outside rmcp only their constructors build them.

use rmcp::model::Implementation;

fn main() {
    let name = Implementation::new("lantern", "0.1.0");
    #[cfg(feature = "broken")]
    let name = Implementation {
        version: "0.2.0".into(),
        ..name
    };
    println!("{name:?}");
}
