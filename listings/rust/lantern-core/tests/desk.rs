use lantern_core::scan::Scan;
use lantern_core::{Dataset, DeskError, Filter, Incidents, Level, RootCause, Status};

fn desk() -> Dataset {
    Dataset::generate(7, 3)
}

fn errors_of(service: &str) -> Filter<'_> {
    Filter {
        service,
        level: Some(Level::Error),
        ..Filter::default()
    }
}

#[test]
fn the_same_seed_gives_the_same_events() {
    let every = |desk: &Dataset| -> Vec<_> {
        (0..12)
            .flat_map(|segment| desk.logs.segment_events(segment).to_vec())
            .collect()
    };
    assert_eq!(every(&desk()), every(&desk()));
    assert_ne!(every(&desk()), every(&Dataset::generate(8, 3)));
}

#[test]
fn the_generator_is_the_same_on_every_machine() {
    let first = serde_json::to_string(&desk().logs.segment_events(0)[0]).unwrap();
    assert_eq!(
        first,
        r#"{"at":"day 0, 00:00","service":"ledger","level":"warn","message":"retrying upstream call"}"#
    );
}

#[test]
fn counts_agree_with_searches_and_messages() {
    let logs = desk().logs;
    for service in logs.services() {
        let filter = errors_of(service);
        let count = logs.count(&filter).unwrap();
        assert_eq!(count, logs.search(&filter, usize::MAX).unwrap().len());
        assert_eq!(
            count,
            logs.messages(&filter).unwrap().values().sum::<usize>()
        );
    }
}

#[test]
fn a_filter_narrows_by_level_text_and_day() {
    let logs = desk().logs;
    let all = Filter {
        service: "payments",
        ..Filter::default()
    };
    let by_level: usize = [Level::Info, Level::Warn, Level::Error]
        .into_iter()
        .map(|level| {
            logs.count(&Filter {
                level: Some(level),
                ..all.clone()
            })
            .unwrap()
        })
        .sum();
    let by_day: usize = (0..3)
        .map(|day| {
            logs.count(&Filter {
                days: Some((day, day)),
                ..all.clone()
            })
            .unwrap()
        })
        .sum();
    assert_eq!(logs.count(&all).unwrap(), by_level);
    assert_eq!(logs.count(&all).unwrap(), by_day);
    let slow = Filter {
        text: Some("slow"),
        ..all
    };
    let found = logs.search(&slow, 100).unwrap();
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|event| event.message == "slow query"));
}

#[test]
fn unknown_services_and_impossible_windows_are_refused() {
    let logs = desk().logs;
    assert_eq!(
        logs.count(&errors_of("payment")),
        Err(DeskError::UnknownService("payment".into()))
    );
    for (from, to) in [(2, 1), (0, 3)] {
        let filter = Filter {
            days: Some((from, to)),
            ..errors_of("payments")
        };
        assert_eq!(
            logs.count(&filter),
            Err(DeskError::InvalidWindow { from, to, days: 3 })
        );
    }
}

#[test]
fn services_are_sorted_because_lookups_rely_on_it() {
    assert!(desk().logs.services().is_sorted());
}

#[test]
fn segments_cover_every_event_once() {
    let logs = desk().logs;
    let all: usize = logs
        .services()
        .iter()
        .map(|service| {
            logs.count(&Filter {
                service,
                ..Filter::default()
            })
            .unwrap()
        })
        .sum();
    let segments = logs.segments();
    assert_eq!(segments.len(), 12);
    assert_eq!(
        segments.iter().map(|segment| segment.events).sum::<usize>(),
        all
    );
    // One after the last, one whose minutes would wrap around to the start, and the largest.
    for none in [12, u32::MAX as usize / 360 + 1, usize::MAX] {
        assert!(logs.segment_events(none).is_empty(), "{none}");
    }
}

#[test]
fn an_incident_lives_from_open_to_closed() {
    let incidents = desk().incidents;
    let id = incidents.open("payments", "cards are declined").unwrap().id;
    let annotated = incidents.annotate(&id, "looking").unwrap();
    assert_eq!(annotated.notes[0].at.to_string(), "day 3, 00:00");
    let closed = incidents.close(&id, RootCause::Dependency).unwrap();
    assert_eq!(
        (closed.status, closed.root_cause),
        (Status::Closed, Some(RootCause::Dependency))
    );
    assert_eq!(
        incidents.annotate(&id, "late"),
        Err(DeskError::AlreadyClosed(id.clone()))
    );
    assert_eq!(
        incidents.close(&id, RootCause::Software),
        Err(DeskError::AlreadyClosed(id))
    );
    assert_eq!(
        incidents.get("INC-9999"),
        Err(DeskError::UnknownIncident("INC-9999".into()))
    );
    assert_eq!(
        incidents.open("nobody", "x"),
        Err(DeskError::UnknownService("nobody".into()))
    );
}

#[test]
fn an_incident_is_closed_only_as_it_was_seen() {
    let incidents = desk().incidents;
    let id = incidents.open("payments", "cards are declined").unwrap().id;
    incidents.annotate(&id, "looking").unwrap();
    let close = |notes| incidents.close_if(&id, notes, RootCause::Dependency);
    assert_eq!(close(0), Ok(None));
    assert_eq!(incidents.get(&id).unwrap().status, Status::Open);
    assert_eq!(close(1), incidents.get(&id).map(Some));
    assert_eq!(incidents.get(&id).unwrap().status, Status::Closed);
    assert_eq!(close(1), Err(DeskError::AlreadyClosed(id.clone())));
}

#[test]
fn pages_join_to_the_whole_book() {
    let incidents = desk().incidents;
    let (mut ids, mut after) = (Vec::new(), None::<String>);
    loop {
        let page = incidents.list_page(after.as_deref(), 4).unwrap();
        ids.extend(page.incidents.into_iter().map(|incident| incident.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(
        ids,
        [
            "INC-0001", "INC-0002", "INC-0003", "INC-0004", "INC-0005", "INC-0006"
        ]
    );
    assert!(incidents.list_page(Some("INC-0099"), 4).is_err());
}

#[test]
fn a_full_book_is_a_storage_error() {
    let incidents = desk().incidents;
    while incidents
        .list_page(None, Incidents::CAPACITY)
        .unwrap()
        .incidents
        .len()
        < Incidents::CAPACITY
    {
        incidents.open("tax", "again").unwrap();
    }
    assert!(matches!(
        incidents.open("tax", "one more"),
        Err(DeskError::Storage(_))
    ));
}

#[test]
fn a_scan_counts_what_a_search_finds_and_stops_anywhere() {
    let logs = desk().logs;
    let steps: Vec<_> = Scan::new(&logs, "timed out").collect();
    let expected: usize = logs
        .services()
        .iter()
        .map(|service| {
            logs.count(&Filter {
                service,
                text: Some("timed out"),
                ..Filter::default()
            })
            .unwrap()
        })
        .sum();
    assert_eq!(
        (steps.len(), steps[11].done, steps[11].found_so_far),
        (12, 12, expected)
    );
    let reads: Vec<_> = steps.iter().map(|step| step.read).collect();
    assert_eq!(
        reads,
        logs.segments()
            .iter()
            .map(|segment| segment.events)
            .collect::<Vec<_>>()
    );
    assert_eq!(Scan::new(&logs, "timed out").take(4).last(), Some(steps[3]));

    let mut scan = Scan::new(&logs, "timed out");
    logs.services()
        .iter()
        .for_each(|service| scan.skip_service(service));
    assert!(scan.all(|step| step.read == 0 && step.found == 0));
}

#[test]
fn run_books_are_sorted_and_found_by_slug() {
    let runbooks = desk().runbooks;
    assert!(runbooks.list().is_sorted_by_key(|runbook| runbook.slug));
    assert_eq!(
        runbooks.get("disk-quota").unwrap().title,
        "Disk quota exceeded"
    );
    assert!(runbooks.get("nothing").is_none());
}
