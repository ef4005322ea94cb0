use std::error::Error;
use std::process::ExitCode;

use lantern_drill::{Outcome, PLANS, drill};

fn main() -> Result<ExitCode, Box<dyn Error + Send + Sync>> {
    let reports = PLANS.map(drill).into_iter();
    let reports: Vec<_> = reports.collect::<Result<_, _>>()?;
    let line = |name: &str, cells: Vec<String>| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>12}")).collect();
        println!("{name:<40}{cells}");
    };
    line("", PLANS.map(|plan| plan.name.to_owned()).into());
    let accepted = reports.iter().map(|report| report.accepted.to_string());
    line("call: running at the signal", accepted.collect());
    for (outcome, name) in Outcome::ALL {
        let counts = reports
            .iter()
            .map(|report| report.count(outcome).to_string());
        line(name, counts.collect());
    }
    let in_time = reports.iter().map(|report| match report.in_time {
        true => "yes".to_owned(),
        false => "no".to_owned(),
    });
    line("stopped within the grace period", in_time.collect());
    // The first plan is the one that ships.
    let fine = reports.first().is_some_and(|report| report.is_clean());
    Ok(if fine {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
