//! What each lifecycle mode costs, request by request.

use lantern_lifecycles::{Report, Server, auto, discover, measure};
use rmcp::ClientLifecycleMode;
use rmcp::model::ProtocolVersion;

fn statuses(report: &Report) -> Vec<u16> {
    report.posts.iter().map(|post| post.status).collect()
}

fn methods(report: &Report) -> Vec<Option<&str>> {
    let posts = report.posts.iter();
    posts.map(|post| post.mcp_method.as_deref()).collect()
}

#[tokio::test]
async fn initialize_takes_three_posts_and_a_session_with_its_stream() {
    let report = measure(Server::Current, ClientLifecycleMode::Initialize)
        .await
        .unwrap();
    assert_eq!(report.version, ProtocolVersion::V_2025_11_25);
    assert!(report.session);
    assert_eq!(statuses(&report), [200, 202, 200]);
    assert_eq!(methods(&report), [None, None, None]);
    assert_eq!(report.others, ["DELETE", "GET"]);
}

#[tokio::test]
async fn discover_and_auto_take_two_posts_and_nothing_else() {
    for lifecycle in [discover(), auto()] {
        let report = measure(Server::Current, lifecycle).await.unwrap();
        assert_eq!(report.version, ProtocolVersion::V_2026_07_28);
        assert!(!report.session);
        assert_eq!(statuses(&report), [200, 200]);
        assert_eq!(
            methods(&report),
            [Some("server/discover"), Some("tools/call")]
        );
        assert!(report.others.is_empty());
        for post in &report.posts {
            assert_eq!(post.version.as_deref(), Some("2026-07-28"));
        }
    }
}

#[tokio::test]
async fn auto_falls_back_at_an_old_server_for_the_price_of_one_post() {
    let report = measure(Server::Old, auto()).await.unwrap();
    assert_eq!(report.version, ProtocolVersion::V_2025_11_25);
    assert!(report.session);
    assert_eq!(statuses(&report), [400, 200, 202, 200]);
}

#[tokio::test]
async fn discover_does_not_fall_back() {
    assert!(measure(Server::Old, discover()).await.is_err());
}

#[tokio::test]
async fn auto_does_not_fall_back_at_a_server_that_refuses_the_version() {
    let error = measure(Server::Capped, auto()).await.err().unwrap();
    assert!(
        error.to_string().contains("no compatible protocol version"),
        "{error}"
    );
    let handshake = measure(Server::Capped, ClientLifecycleMode::Initialize);
    let report = handshake.await.unwrap();
    assert_eq!(report.version, ProtocolVersion::V_2025_11_25);
    assert!(report.session);
}

#[tokio::test]
async fn an_older_version_among_the_preferred_ones_is_spoken_without_a_session() {
    let lifecycle = ClientLifecycleMode::Auto {
        preferred_versions: vec![ProtocolVersion::V_2026_07_28, ProtocolVersion::V_2025_11_25],
        legacy_version: None,
    };
    let report = measure(Server::Capped, lifecycle).await.unwrap();
    assert_eq!(report.version, ProtocolVersion::V_2025_11_25);
    assert!(!report.session);
    assert_eq!(statuses(&report), [400, 200, 200]);
    let left_over = Some("server/discover");
    assert_eq!(
        methods(&report)[2],
        left_over,
        "the third POST is tools/call"
    );
}
