//! Counts the exchanges on the wire while a client asks the same things twice.

use std::error::Error;
use std::time::Duration;

use lantern_cache::KeepingDesk;
use lantern_core::Dataset;
use lantern_fanout::{DeskClient, Limits, Tap, lifecycles};
use rmcp::model::{
    ReadResourceRequestParams, ResourceContents, ServerNotification, SubscriptionFilter,
};
use rmcp::service::{ClientCacheConfig, ServiceError};
use serde_json::json;

const URI: &str = "incident://INC-0001";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let tap = Tap::default();
    let pipe = tap.serve(KeepingDesk::new(Dataset::generate(7, 3), 60_000));
    let [_, (_revision, discover)] = lifecycles();
    let limits = Limits {
        at_once: 1,
        deadline: Duration::from_secs(60),
    };
    let client = DeskClient::connect((), pipe, discover, limits).await?;
    let report = |what: &str, answers: [String; 2]| {
        println!("{what}");
        for frame in tap.take() {
            println!("  {frame}");
        }
        println!("  = {}", answers.join(", then "));
    };
    tap.take();

    let tools = [list(&client).await?, list(&client).await?];
    report("list the tools, twice", tools);
    let notes = [read(&client).await?, read(&client).await?];
    report("read the incident, twice", notes);

    let filter = SubscriptionFilter::builder().resource_subscriptions([URI]);
    let mut updates = client.service().listen(filter.build()).await?;
    updates.next().await?; // the first one comes with the subscription
    let note = json!({ "id": "INC-0001", "text": "looking" });
    client.call("annotate_incident", note).await?;
    if let Some(ServerNotification::ResourceUpdatedNotification(update)) = updates.next().await? {
        println!("listen and annotate\n  = {} was updated", update.params.uri);
    }
    tap.take();

    let notes = [read(&client).await?, read(&client).await?];
    report("read the incident, twice", notes);

    let disabled = ClientCacheConfig::disabled();
    client.service().set_response_cache_config(disabled).await;
    let tools = [list(&client).await?, list(&client).await?];
    report("list the tools, twice, without the cache", tools);
    Ok(())
}

async fn list(client: &DeskClient<()>) -> Result<String, ServiceError> {
    let tools = client.service().list_tools(None).await?.tools;
    Ok(format!("{} tool", tools.len()))
}

async fn read(client: &DeskClient<()>) -> Result<String, ServiceError> {
    let wanted = ReadResourceRequestParams::new(URI);
    let incident = client.service().read_resource(wanted).await?;
    match incident.contents.first() {
        Some(ResourceContents::TextResourceContents { text, .. }) => Ok(text.clone()),
        _ => Err(ServiceError::UnexpectedResponse),
    }
}
