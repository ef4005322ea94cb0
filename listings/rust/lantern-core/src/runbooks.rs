use serde::Serialize;

/// Written advice for one kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Runbook {
    pub slug: &'static str,
    pub title: &'static str,
    pub text: &'static str,
}

const RUNBOOKS: [Runbook; 4] = [
    Runbook {
        slug: "checksum-mismatch",
        title: "Checksum mismatch",
        text: "Stop writers of the affected service.\n\
               Compare the last good backup.\n\
               Open an incident before you repair anything.",
    },
    Runbook {
        slug: "connection-refused",
        title: "Connection refused",
        text: "Check that the dependency runs and listens.\n\
               Check the last configuration change.\n\
               Restart one replica, not all.",
    },
    Runbook {
        slug: "disk-quota",
        title: "Disk quota exceeded",
        text: "Find the largest directory.\n\
               Rotate logs.\n\
               Raise the quota only when the growth is understood.",
    },
    Runbook {
        slug: "upstream-timeout",
        title: "Upstream timed out",
        text: "Look at the upstream's error rate.\n\
               Lower the concurrency.\n\
               Tell the owner of the upstream.",
    },
];

pub struct Runbooks;

impl Runbooks {
    /// All run books, sorted by slug.
    pub fn list(&self) -> &'static [Runbook] {
        &RUNBOOKS
    }

    pub fn get(&self, slug: &str) -> Option<&'static Runbook> {
        RUNBOOKS.iter().find(|runbook| runbook.slug == slug)
    }
}
