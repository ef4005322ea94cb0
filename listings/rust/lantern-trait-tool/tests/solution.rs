//! The trait tool stands beside the macro tools and looks the same; only its failures differ.

use lantern_core::Dataset;
use lantern_tools::Desk;
use lantern_tools::wire::{Era, Wire};
use lantern_trait_tool::SummarizeErrors;
use rmcp::handler::server::router::tool::ToolRouter;
use serde_json::json;

fn data() -> Dataset {
    Dataset::generate(7, 3)
}

#[tokio::test]
async fn the_list_is_the_same_json_as_with_macros_only() {
    for era in [Era::Handshake, Era::Stateless] {
        let mut solution = Wire::connect(lantern_trait_tool::desk(data()), era)
            .await
            .unwrap();
        let mut macros = Wire::connect(Desk::new(data()), era).await.unwrap();
        assert_eq!(
            solution.tools().await.unwrap(),
            macros.tools().await.unwrap()
        );
    }
}

/// A router with the trait tool alone: were it missing, the macro's tool could not stand in for it.
#[test]
fn the_trait_tool_is_registered_under_its_name() {
    let alone = ToolRouter::<Desk>::new().with_async_tool::<SummarizeErrors>();
    assert!(alone.has_route("summarize_errors"));
}

#[tokio::test]
async fn a_good_call_answers_alike_and_a_bad_one_reaches_another_audience() {
    let mut solution = Wire::connect(lantern_trait_tool::desk(data()), Era::Handshake)
        .await
        .unwrap();
    let mut macros = Wire::connect(Desk::new(data()), Era::Handshake)
        .await
        .unwrap();

    let good = json!({ "service": "payments", "from_day": 2 });
    assert_eq!(
        solution
            .call("summarize_errors", good.clone())
            .await
            .unwrap(),
        macros.call("summarize_errors", good).await.unwrap()
    );

    let bad = json!({ "service": "payment" });
    let text = "there is no service `payment`";
    let from_trait = solution
        .call("summarize_errors", bad.clone())
        .await
        .unwrap();
    assert_eq!(
        from_trait,
        json!({ "error": { "code": -32602, "message": text } })
    );
    let from_macro = macros.call("summarize_errors", bad).await.unwrap();
    assert_eq!(from_macro["result"]["isError"], true);
    assert_eq!(from_macro["result"]["content"][0]["text"], text);
}

#[tokio::test]
async fn missing_arguments_of_a_trait_tool_still_reach_the_model() {
    let mut wire = Wire::connect(lantern_trait_tool::desk(data()), Era::Handshake)
        .await
        .unwrap();
    let reply = wire.call("summarize_errors", json!({})).await.unwrap();
    assert_eq!(reply["result"]["isError"], true);
}
