//! Carries changes of the shelf to one client, in the way its era has for it.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError, Weak};

use rmcp::model::ResourceUpdatedNotificationParam;
use rmcp::service::SubscriptionContext;
use rmcp::{Peer, RoleServer};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::Shelf;

enum Change {
    To(String),
    /// Something changed, and nobody can say what any more.
    Unknown,
}

impl Change {
    fn touches(&self, uri: &str) -> bool {
        match self {
            Self::To(changed) => changed == uri,
            Self::Unknown => true,
        }
    }
}

/// `None` when there will be no more changes.
async fn next_change(changes: &mut Receiver<String>) -> Option<Change> {
    match changes.recv().await {
        Ok(uri) => Some(Change::To(uri)),
        // This client was too slow, and the channel dropped changes.
        Err(RecvError::Lagged(_)) => Some(Change::Unknown),
        Err(RecvError::Closed) => None,
    }
}

// ANCHOR: listener
/// Runs until the client is gone; the caller stops it when the subscription ends.
pub async fn tell_listener(shelf: &Shelf, subscription: &SubscriptionContext) {
    let mut changes = shelf.changes();
    let wanted = subscription.accepted().resource_subscriptions.iter();
    // A set: a client may repeat a URI, and is told once.
    let wanted: BTreeSet<&str> = wanted.flatten().map(String::as_str).collect();
    // The acknowledgment left before this line: a change in between was missed.
    let mut change = Some(Change::Unknown);
    while let Some(news) = change {
        for uri in wanted.iter().filter(|uri| news.touches(uri)) {
            let told = subscription.sink().notify_resource_updated(*uri);
            if told.await.is_err() {
                return;
            }
        }
        change = next_change(&mut changes).await;
    }
}
// ANCHOR_END: listener

/// The same for a client of 2025-11-25, whose wishes change while this runs.
pub async fn tell_subscriber(
    mut changes: Receiver<String>,
    watched: Weak<Mutex<BTreeSet<String>>>,
    peer: Peer<RoleServer>,
) {
    while let Some(news) = next_change(&mut changes).await {
        let Some(watched) = watched.upgrade() else {
            return; // the connection is over, and its server is gone
        };
        let touched: Vec<String> = lock(&watched)
            .iter()
            .filter(|uri| news.touches(uri))
            .cloned()
            .collect();
        drop(watched);
        for uri in touched {
            let update = ResourceUpdatedNotificationParam::new(uri);
            if peer.notify_resource_updated(update).await.is_err() {
                return;
            }
        }
    }
}

/// A set of names is whole after every step, so a poisoned one is still a good one.
pub fn lock(watched: &Mutex<BTreeSet<String>>) -> MutexGuard<'_, BTreeSet<String>> {
    watched.lock().unwrap_or_else(PoisonError::into_inner)
}
