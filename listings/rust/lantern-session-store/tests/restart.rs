//! What a restart costs a client of revision 2025-11-25, with and without a store.

use std::sync::Arc;

use lantern_session_store::{Outcome, Shelf, restart};
use rmcp::model::{ClientConfig, InitializeRequestParams};
use rmcp::transport::streamable_http_server::session::{SessionState, SessionStore};

fn answered(sessions_opened: usize, not_found: bool) -> Outcome {
    Outcome {
        answer: Some("payments: 6".into()),
        sessions_opened,
        not_found,
    }
}

#[tokio::test]
async fn without_a_store_the_client_sees_404_and_shakes_hands_again() {
    let outcome = restart(None, true).await.unwrap();
    assert_eq!(outcome, answered(2, true));
}

#[tokio::test]
async fn with_a_store_the_session_goes_on() {
    let shelf = Arc::new(Shelf::default());
    let outcome = restart(Some(shelf.clone()), true).await.unwrap();
    assert_eq!(outcome, answered(1, false));
    assert!(shelf.is_empty(), "the client's DELETE removes the entry");
}

#[tokio::test]
async fn without_a_store_and_without_a_new_handshake_the_call_fails() {
    let outcome = restart(None, false).await.unwrap();
    assert_eq!(outcome.answer, None);
    assert_eq!(outcome.sessions_opened, 1);
}

#[tokio::test]
async fn the_shelf_gives_back_what_it_got_and_forgets_what_is_deleted() {
    let shelf = Shelf::default();
    let params: InitializeRequestParams = ClientConfig::default();
    shelf
        .store("one", &SessionState::new(params.clone()))
        .await
        .unwrap();
    assert_eq!(shelf.len(), 1);
    let loaded = shelf.load("one").await.unwrap().unwrap();
    assert_eq!(loaded.initialize_params, params);
    assert!(shelf.load("two").await.unwrap().is_none());
    shelf.delete("one").await.unwrap();
    assert!(shelf.load("one").await.unwrap().is_none());
}

#[tokio::test]
async fn a_full_shelf_refuses_a_new_session_and_updates_a_known_one() {
    let shelf = Shelf::with_capacity(1);
    let state = SessionState::new(ClientConfig::default());
    shelf.store("one", &state).await.unwrap();
    let error = shelf.store("two", &state).await.unwrap_err();
    assert_eq!(error.to_string(), "the shelf is full");
    assert!(shelf.load("two").await.unwrap().is_none());
    shelf.store("one", &state).await.unwrap();
    shelf.delete("one").await.unwrap();
    shelf.store("two", &state).await.unwrap();
    assert_eq!(shelf.len(), 1);
}

#[tokio::test]
async fn a_session_that_found_no_room_is_served_and_lost_with_its_process() {
    let shelf = Arc::new(Shelf::with_capacity(0));
    let outcome = restart(Some(shelf), true).await.unwrap();
    assert_eq!(outcome, answered(2, true));
}
