//! What can be checked about the container file without a container engine.

use lantern_server::Config;

const FILE: &str = include_str!("../Containerfile");
const WORKSPACE: &str = include_str!("../../Cargo.toml");

/// The arguments of every instruction of one name, in order.
fn all(instruction: &str) -> Vec<&'static str> {
    FILE.lines()
        .filter_map(|line| line.strip_prefix(instruction)?.strip_prefix(' '))
        .collect()
}

// ANCHOR: container
#[test]
fn the_image_is_pinned_small_and_without_root() {
    let stages = all("FROM");
    assert_eq!(stages.len(), 2, "one to build, one to run");
    for image in stages {
        let name = image.split(' ').next().unwrap();
        let (_, tag) = name.split_once(':').expect("an image has a tag");
        assert_ne!(tag, "latest");
    }
    assert!(all("RUN").iter().any(|run| run.contains("--locked")));
    // The form without a shell: the program itself gets the stop signal.
    let [_, copied] = all("COPY")[..] else {
        panic!("the sources and the program are copied")
    };
    let program = copied.split(' ').next_back().unwrap();
    assert_eq!(all("ENTRYPOINT"), [format!("[\"{program}\"]")]);
    let last = FILE.rfind("FROM").unwrap();
    let user = FILE[last..]
        .lines()
        .find_map(|line| line.strip_prefix("USER "));
    let (id, _) = user.expect("a user").split_once(':').unwrap();
    assert!(id.parse::<u32>().unwrap() > 0);
    assert!(
        all("HEALTHCHECK").is_empty(),
        "the orchestrator asks /healthz"
    );
}

#[test]
fn the_exposed_port_is_the_one_that_is_bound() {
    let settings = all("ENV").into_iter().map(|line| {
        let (name, value) = line.split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    });
    let port = all("EXPOSE")[0];
    let settings: Vec<_> = settings.collect();
    assert_eq!(
        settings,
        [("LANTERN_BIND".to_owned(), format!("0.0.0.0:{port}"))]
    );
    // The image alone does not start: who can call has to be said.
    assert!(Config::from_vars(settings).is_err());
    assert_eq!(all("STOPSIGNAL"), ["SIGTERM"]);
}

/// With `abort` there would be no panic to catch, and no test would notice: tests always unwind.
#[test]
fn the_release_build_unwinds() {
    for text in [FILE, WORKSPACE] {
        let text = text.to_ascii_lowercase();
        assert!(!text.contains("panic"), "a profile sets `panic`");
    }
}
// ANCHOR_END: container
