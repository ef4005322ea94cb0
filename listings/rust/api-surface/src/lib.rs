//! Every item of rmcp that the programs of the tutorial import. An upgrade that renames one fails to build here first.

// ANCHOR: macros
/// Imports each path, and lists them in `ITEMS`.
///
/// ```
/// api_surface::items! { rmcp::model::ContentBlock; }
/// assert_eq!(ITEMS.len(), 1);
/// ```
///
/// A path that does not exist stops the build; `Content` was its name before release 2.0.0:
///
/// ```compile_fail
/// api_surface::items! { rmcp::model::Content; }
/// ```
#[macro_export]
macro_rules! items {
    ($($($segment:ident)::+;)*) => {
        $(const _: () = {
            #[allow(unused_imports, deprecated)]
            use $($segment)::+;
        };)*
        pub const ITEMS: &[&str] = &[$(stringify!($($segment)::+)),*];
    };
}

/// Mentions each associated function or constant of a type, and lists them in `MEMBERS`.
///
/// ```
/// api_surface::members! { rmcp::model::ProtocolVersion { LATEST } }
/// assert_eq!(MEMBERS, ["LATEST"]);
/// ```
///
/// ```compile_fail
/// api_surface::members! { rmcp::model::ProtocolVersion { NEWEST } }
/// ```
#[macro_export]
macro_rules! members {
    ($($type:ty { $($member:ident),* $(,)? })*) => {
        const _: fn() = || {
            $($(let _ = <$type>::$member;)*)*
        };
        pub const MEMBERS: &[&str] = &[$($(stringify!($member)),*),*];
    };
}
// ANCHOR_END: macros

// ANCHOR: members
members! {
    rmcp::model::ProtocolVersion { KNOWN_VERSIONS, LATEST, LATEST_WITH_INITIALIZE, V_2025_11_25, V_2026_07_28, has_initialize, known_up_to }
    rmcp::model::ErrorCode { HEADER_MISMATCH, RESOURCE_NOT_FOUND }
    rmcp::model::ErrorData { missing_required_client_capability }
    rmcp::model::ServerCapabilities { builder }
    rmcp::model::CallToolResult { success, error }
    rmcp::model::InputRequiredResult { from_input_requests }
    rmcp::service::RequestContext<rmcp::RoleServer> { protocol_version, client_info, client_capabilities }
    rmcp::Peer<rmcp::RoleServer> { create_elicitation, notify_progress, notify_tool_list_changed }
    rmcp::Peer<rmcp::RoleClient> { call_tool, call_tool_once, list_all_tools }
    rmcp::transport::streamable_http_server::StreamableHttpServerConfig {
        enforce_origin_validation,
        with_json_response,
        with_legacy_session_mode,
        with_stateless_protocol_metadata_required,
    }
}
// ANCHOR_END: members

items! {
    rmcp::ClientHandler;
    rmcp::ClientLifecycleMode;
    rmcp::ClientServiceExt;
    rmcp::ErrorData;
    rmcp::Peer;
    rmcp::RoleClient;
    rmcp::RoleServer;
    rmcp::ServerHandler;
    rmcp::ServiceError;
    rmcp::ServiceExt;
    rmcp::elicit_safe;
    rmcp::handler::client::progress::ProgressDispatcher;
    rmcp::handler::server::router::prompt::PromptRouter;
    rmcp::handler::server::router::tool::AsyncTool;
    rmcp::handler::server::router::tool::ToolBase;
    rmcp::handler::server::router::tool::ToolRoute;
    rmcp::handler::server::router::tool::ToolRouter;
    rmcp::handler::server::tool::Extension;
    rmcp::handler::server::tool::InputResponses;
    rmcp::handler::server::tool::IntoCallToolResult;
    rmcp::handler::server::tool::RequestId;
    rmcp::handler::server::tool::RequestState;
    rmcp::handler::server::tool::ToolCallContext;
    rmcp::handler::server::tool::ToolName;
    rmcp::handler::server::tool::parse_json_object;
    rmcp::handler::server::tool::schema_for_input;
    rmcp::handler::server::wrapper::Json;
    rmcp::handler::server::wrapper::Parameters;
    rmcp::model::CacheScope;
    rmcp::model::CallToolRequest;
    rmcp::model::CallToolRequestParams;
    rmcp::model::CallToolResponse;
    rmcp::model::CallToolResult;
    rmcp::model::CancelTaskParams;
    rmcp::model::CancelledNotificationParam;
    rmcp::model::ClientCapabilities;
    rmcp::model::ClientConfig;
    rmcp::model::ClientRequest;
    rmcp::model::CompleteRequestParams;
    rmcp::model::CompleteResult;
    rmcp::model::CompletionContext;
    rmcp::model::CompletionInfo;
    rmcp::model::ContentBlock;
    rmcp::model::CreateMessageRequest;
    rmcp::model::CreateMessageRequestParams;
    rmcp::model::CreateMessageResult;
    rmcp::model::CreateTaskResult;
    rmcp::model::DetailedTask;
    rmcp::model::ElicitRequest;
    rmcp::model::ElicitRequestParams;
    rmcp::model::ElicitResult;
    rmcp::model::ElicitationAction;
    rmcp::model::ElicitationCapability;
    rmcp::model::ElicitationSchema;
    rmcp::model::EnumSchema;
    rmcp::model::ErrorCode;
    rmcp::model::ErrorData;
    rmcp::model::Extensions;
    rmcp::model::FormElicitationCapability;
    rmcp::model::GetPromptResult;
    rmcp::model::GetTaskParams;
    rmcp::model::GetTaskResult;
    rmcp::model::Implementation;
    rmcp::model::InitializeRequestParams;
    rmcp::model::InputRequest;
    rmcp::model::InputRequests;
    rmcp::model::InputRequiredResult;
    rmcp::model::InputResponses;
    rmcp::model::ListResourceTemplatesResult;
    rmcp::model::ListResourcesResult;
    rmcp::model::ListRootsRequest;
    rmcp::model::ListToolsResult;
    rmcp::model::PaginatedRequestParams;
    rmcp::model::ProgressNotificationParam;
    rmcp::model::PromptMessage;
    rmcp::model::ProtocolVersion;
    rmcp::model::ReadResourceRequestParams;
    rmcp::model::ReadResourceResponse;
    rmcp::model::ReadResourceResult;
    rmcp::model::Reference;
    rmcp::model::RequestMetaObject;
    rmcp::model::RequestStateCodec;
    rmcp::model::RequestStateError;
    rmcp::model::Resource;
    rmcp::model::ResourceContents;
    rmcp::model::ResourceTemplate;
    rmcp::model::ResourceUpdatedNotificationParam;
    rmcp::model::Role;
    rmcp::model::SamplingMessage;
    rmcp::model::SealOptions;
    rmcp::model::ServerCapabilities;
    rmcp::model::ServerConfig;
    rmcp::model::ServerNotification;
    rmcp::model::ServerResult;
    rmcp::model::SubscribeRequestParams;
    rmcp::model::SubscriptionFilter;
    rmcp::model::Task;
    rmcp::model::TaskPayload;
    rmcp::model::TaskStatus;
    rmcp::model::Tool;
    rmcp::model::ToolAnnotations;
    rmcp::model::UnsubscribeRequestParams;
    rmcp::model::UpdateTaskParams;
    rmcp::prompt;
    rmcp::prompt_handler;
    rmcp::prompt_router;
    rmcp::service::ClientCacheConfig;
    rmcp::service::ClientInitializeError;
    rmcp::service::ElicitationError;
    rmcp::service::NotificationContext;
    rmcp::service::PeerRequestOptions;
    rmcp::service::QuitReason;
    rmcp::service::RequestContext;
    rmcp::service::RequestHandle;
    rmcp::service::RunningService;
    rmcp::service::RxJsonRpcMessage;
    rmcp::service::ServiceError;
    rmcp::service::ServiceRole;
    rmcp::service::Subscription;
    rmcp::service::SubscriptionContext;
    rmcp::service::SubscriptionEnd;
    rmcp::service::TxJsonRpcMessage;
    rmcp::task_manager::TaskContext;
    rmcp::task_manager::TaskExit;
    rmcp::task_manager::TaskManager;
    rmcp::task_manager::TaskOptions;
    rmcp::tool;
    rmcp::tool_handler;
    rmcp::tool_router;
    rmcp::transport::ConfigureCommandExt;
    rmcp::transport::IntoTransport;
    rmcp::transport::StreamableHttpClientTransport;
    rmcp::transport::StreamableHttpServerConfig;
    rmcp::transport::StreamableHttpService;
    rmcp::transport::TokioChildProcess;
    rmcp::transport::Transport;
    rmcp::transport::async_rw::AsyncRwTransport;
    rmcp::transport::async_rw::DEFAULT_MAX_LINE_LENGTH;
    rmcp::transport::auth::AuthClient;
    rmcp::transport::auth::AuthError;
    rmcp::transport::auth::AuthorizationCallback;
    rmcp::transport::auth::AuthorizationManager;
    rmcp::transport::auth::AuthorizationRequest;
    rmcp::transport::auth::ClientCredentialsConfig;
    rmcp::transport::auth::OAuthState;
    rmcp::transport::auth::ScopeUpgradeConfig;
    rmcp::transport::auth::WWWAuthenticateParams;
    rmcp::transport::stdio;
    rmcp::transport::streamable_http_client::StreamableHttpClient;
    rmcp::transport::streamable_http_client::StreamableHttpClientTransport;
    rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
    rmcp::transport::streamable_http_server::StreamableHttpServerConfig;
    rmcp::transport::streamable_http_server::StreamableHttpService;
    rmcp::transport::streamable_http_server::session::SessionState;
    rmcp::transport::streamable_http_server::session::SessionStore;
    rmcp::transport::streamable_http_server::session::SessionStoreError;
    rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
    rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
}
