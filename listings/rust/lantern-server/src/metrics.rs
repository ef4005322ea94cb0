//! Counters in the text format that Prometheus reads.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::Outcome;

/// Upper bounds of the buckets, in seconds.
const BOUNDS: [f64; 4] = [0.01, 0.1, 1.0, 10.0];

#[derive(Default)]
pub struct Metrics {
    calls: Mutex<BTreeMap<(String, Outcome), u64>>,
    durations: Mutex<BTreeMap<String, Histogram>>,
}

#[derive(Default)]
struct Histogram {
    /// How many values are at most the bound of the same place.
    within: [u64; BOUNDS.len()],
    count: u64,
    sum: Duration,
}

impl Metrics {
    /// `tool` must come from a small fixed set: every name is a time series of its own.
    pub fn record(&self, tool: &str, outcome: Outcome, took: Duration) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        *calls.entry((tool.to_owned(), outcome)).or_default() += 1;
        drop(calls);
        let mut durations = self
            .durations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let histogram = durations.entry(tool.to_owned()).or_default();
        for (within, bound) in histogram.within.iter_mut().zip(BOUNDS) {
            *within += u64::from(took.as_secs_f64() <= bound);
        }
        histogram.count += 1;
        histogram.sum += took;
    }

    // ANCHOR: render
    /// The page that a scraper reads. `running` is the number of calls that have not ended.
    pub fn render(&self, running: usize) -> String {
        let mut page = String::from("# TYPE lantern_calls_total counter\n");
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        for ((tool, outcome), count) in calls.iter() {
            let outcome = outcome.name();
            line(
                &mut page,
                &format!(r#"lantern_calls_total{{tool="{tool}",outcome="{outcome}"}} {count}"#),
            );
        }
        line(&mut page, "# TYPE lantern_calls_running gauge");
        line(&mut page, &format!("lantern_calls_running {running}"));
        line(&mut page, "# TYPE lantern_call_seconds histogram");
        let durations = self
            .durations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for (tool, histogram) in durations.iter() {
            let name = "lantern_call_seconds";
            for (bound, within) in BOUNDS.iter().zip(histogram.within) {
                line(
                    &mut page,
                    &format!(r#"{name}_bucket{{tool="{tool}",le="{bound}"}} {within}"#),
                );
            }
            let Histogram { count, sum, .. } = histogram;
            let sum = sum.as_secs_f64();
            line(
                &mut page,
                &format!(r#"{name}_bucket{{tool="{tool}",le="+Inf"}} {count}"#),
            );
            line(&mut page, &format!(r#"{name}_sum{{tool="{tool}"}} {sum}"#));
            line(
                &mut page,
                &format!(r#"{name}_count{{tool="{tool}"}} {count}"#),
            );
        }
        page
    }
    // ANCHOR_END: render
}

fn line(page: &mut String, text: &str) {
    let _ = writeln!(page, "{text}"); // writing to a String cannot fail
}
