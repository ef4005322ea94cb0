//! What the macros read from a signature, and where they stop reading.

use lantern_core::Dataset;
use lantern_tools::wire::{Era, Wire};
use lantern_tools::{CountArgs, Desk, ErrorSummary, SummaryArgs, ToolFailure, summarize};
use rmcp::handler::server::tool::{Extension, RequestId, ToolName};
use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::model::{Extensions, RequestMetaObject};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, Peer, RoleServer, ServerHandler, tool, tool_handler, tool_router};
use serde_json::json;

type Summary = Result<Json<ErrorSummary>, ToolFailure>;

/// Something that a transport may attach to a request. The pipe of these tests attaches nothing.
#[derive(Clone)]
struct Tenant;

struct Signatures;

#[tool_router]
impl Signatures {
    #[tool]
    fn meta_first(&self, meta: RequestMetaObject, context: RequestContext<RoleServer>) -> String {
        let version = context.protocol_version();
        let version = version.map_or("unknown".into(), |version| version.to_string());
        format!("{} {} {version}", meta.len(), context.meta.len())
    }

    #[tool]
    fn context_first(
        &self,
        context: RequestContext<RoleServer>,
        meta: RequestMetaObject,
    ) -> String {
        let version = context.protocol_version();
        let version = version.map_or("unknown".into(), |version| version.to_string());
        format!("{} {} {version}", meta.len(), context.meta.len())
    }

    #[tool]
    fn in_any_order(
        &self,
        ToolName(name): ToolName,
        Parameters(args): Parameters<CountArgs>,
        _peer: Peer<RoleServer>,
        RequestId(id): RequestId,
    ) -> String {
        format!("{name} {} {id}", args.service)
    }

    #[tool]
    fn needs_a_tenant(&self, _tenant: Extension<Tenant>) {}

    #[tool]
    fn looks_for_a_tenant(&self, extensions: Extensions) -> String {
        format!("{}", extensions.get::<Tenant>().is_some())
    }

    #[tool]
    fn behind_an_alias(&self, Parameters(args): Parameters<SummaryArgs>) -> Summary {
        summarize(&Dataset::generate(7, 3), &args).map(Json)
    }

    #[tool]
    fn spelled_out(
        &self,
        Parameters(args): Parameters<SummaryArgs>,
    ) -> Result<Json<ErrorSummary>, ToolFailure> {
        summarize(&Dataset::generate(7, 3), &args).map(Json)
    }

    /// From the doc comment.
    #[tool(description = "From the attribute.")]
    fn described(&self) {}

    #[tool]
    fn text_error(&self) -> Result<String, String> {
        Err("for the model".into())
    }

    #[tool]
    fn protocol_error(&self) -> Result<String, ErrorData> {
        Err(ErrorData::invalid_params("for the client", None))
    }
}

#[tool_handler]
impl ServerHandler for Signatures {}

async fn text(wire: &mut Wire, tool: &str) -> String {
    let reply = wire.call(tool, json!({})).await.unwrap();
    reply["result"]["content"][0]["text"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn request_meta_is_taken_so_the_order_of_arguments_matters() {
    let mut wire = Wire::connect(Signatures, Era::Stateless).await.unwrap();
    assert_eq!(text(&mut wire, "context_first").await, "3 3 2026-07-28");
    assert_eq!(text(&mut wire, "meta_first").await, "3 0 unknown");
}

#[tokio::test]
async fn all_other_extractors_stand_in_any_order() {
    let mut wire = Wire::connect(Signatures, Era::Stateless).await.unwrap();
    let reply = wire
        .call("in_any_order", json!({ "service": "tax" }))
        .await
        .unwrap();
    assert_eq!(reply["result"]["content"][0]["text"], "in_any_order tax 1");
}

#[tokio::test]
async fn an_extension_that_nobody_attached_is_a_protocol_error() {
    for era in [Era::Handshake, Era::Stateless] {
        let mut wire = Wire::connect(Signatures, era).await.unwrap();
        let reply = wire.call("needs_a_tenant", json!({})).await.unwrap();
        assert_eq!(reply["error"]["code"], -32602, "{era:?}");
        let message = reply["error"]["message"].as_str().unwrap();
        assert!(message.starts_with("missing extension "), "{message}");
        assert_eq!(text(&mut wire, "looks_for_a_tenant").await, "false");
    }
}

#[tokio::test]
async fn an_output_schema_is_found_by_the_spelling_of_the_return_type() {
    let summary = json!({ "service": "tax" });
    let mut wire = Wire::connect(Signatures, Era::Handshake).await.unwrap();
    for (tool, has_schema) in [("spelled_out", true), ("behind_an_alias", false)] {
        let listed = Signatures::tool_router()
            .get(tool)
            .unwrap()
            .output_schema
            .is_some();
        assert_eq!(listed, has_schema, "{tool}");
        let reply = wire.call(tool, summary.clone()).await.unwrap();
        assert_eq!(reply["result"]["structuredContent"]["service"], "tax");
    }
}

#[test]
fn the_attribute_beats_the_doc_comment() {
    let described = Signatures::tool_router().get("described").cloned().unwrap();
    assert_eq!(
        described.description.as_deref(),
        Some("From the attribute.")
    );
    let count = Desk::tool_router().get("count_events").cloned().unwrap();
    assert_eq!(
        count.description.as_deref(),
        Some("Count the log events of one service.")
    );
}

#[tokio::test]
async fn the_type_of_the_error_chooses_the_audience() {
    let mut wire = Wire::connect(Signatures, Era::Handshake).await.unwrap();
    let for_the_model = wire.call("text_error", json!({})).await.unwrap();
    assert_eq!(for_the_model["result"]["isError"], true);
    assert_eq!(
        for_the_model["result"]["content"][0]["text"],
        "for the model"
    );
    let for_the_client = wire.call("protocol_error", json!({})).await.unwrap();
    assert_eq!(
        for_the_client["error"],
        json!({ "code": -32602, "message": "for the client" })
    );
}

struct Untyped;

#[tool_router]
impl Untyped {
    #[tool]
    fn anything(&self, Parameters(_value): Parameters<serde_json::Value>) {}
}

#[test]
#[should_panic(expected = "requires inputSchema to have root type 'object'")]
fn a_parameter_type_without_an_object_root_panics_when_the_router_is_built() {
    Untyped::tool_router();
}
