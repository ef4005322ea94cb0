//! The servers of a demonstration: a guarded desk and its authorization server, both on loopback.

use std::io;
use std::sync::Arc;

use lantern_core::Dataset;
use lantern_guard::{Guard, GuardConfig, GuardedDesk, app};
use lantern_test_as::{Behaviour, Journal, TestAs, serve};

pub struct World {
    pub journal: Journal,
    pub auth: TestAs,
    pub guard: Arc<Guard>,
    /// The URL of the MCP endpoint.
    pub desk: String,
}

impl World {
    pub async fn start() -> io::Result<Self> {
        Self::start_with(Behaviour::default(), |_| {}).await
    }

    /// A world with a server that misbehaves, or with a guard that is set up differently.
    pub async fn start_with(
        behaviour: Behaviour,
        configure: impl FnOnce(&mut GuardConfig),
    ) -> io::Result<Self> {
        let journal = Journal::default();
        let mut auth = None;
        serve(|base| {
            let server = auth.insert(TestAs::new(base, behaviour));
            journal.watch("login", base, server.router())
        })
        .await?;
        let auth = auth.expect("served above");
        let mut guard = None;
        let base = serve(|base| {
            let mut config = GuardConfig::new(&format!("{base}/mcp"), auth.issuer());
            auth.register_resource(&config.resource);
            configure(&mut config);
            let made = Guard::new(config, &auth.jwks()).expect("the resource is a URL");
            let made = guard.insert(Arc::new(made)).clone();
            let desk = GuardedDesk::new(Dataset::generate(7, 3));
            journal.watch("desk", base, app(made, move || desk.clone()))
        })
        .await?;
        Ok(Self {
            journal,
            auth,
            guard: guard.expect("served above"),
            desk: format!("{base}/mcp"),
        })
    }
}
