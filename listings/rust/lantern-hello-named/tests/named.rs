use lantern_core::Dataset;
use lantern_hello_named::Named;
use rmcp::model::{CallToolRequestParams, ServerCapabilities};
use rmcp::service::RunningService;
use rmcp::{RoleClient, RoleServer, ServiceExt};
use serde_json::json;

async fn connect() -> (
    RunningService<RoleServer, Named>,
    RunningService<RoleClient, ()>,
) {
    let (near, far) = tokio::io::duplex(4096);
    let server = Named::new(Dataset::generate(7, 3)).serve(far);
    let (server, client) = tokio::join!(server, ().serve(near));
    (server.unwrap(), client.unwrap())
}

#[tokio::test]
async fn the_server_gives_its_own_name_and_version() {
    let (_server, client) = connect().await;
    let info = client.peer_info().unwrap();
    let named = info.server_info.as_ref().unwrap();
    assert_eq!(
        (named.name.as_str(), named.version.as_str()),
        ("lantern", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(
        info.capabilities,
        ServerCapabilities::builder().enable_tools().build()
    );
}

#[tokio::test]
async fn a_tool_without_parameters_still_has_an_object_schema() {
    let (_server, client) = connect().await;
    let tools = client.list_all_tools().await.unwrap();
    let names: Vec<_> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    assert_eq!(names, ["count_events", "list_services"]);
    assert_eq!(
        json!(*tools[1].input_schema),
        json!({ "type": "object", "properties": {} })
    );
}

#[tokio::test]
async fn the_new_tool_lists_all_services_in_order() {
    let (_server, client) = connect().await;
    let result = client
        .call_tool(CallToolRequestParams::new("list_services"))
        .await
        .unwrap();
    let text = &result.content[0].as_text().unwrap().text;
    assert_eq!(text.lines().count(), 24);
    assert!(text.lines().is_sorted());
}
