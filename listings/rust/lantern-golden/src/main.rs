use std::io;
use std::process::ExitCode;

use lantern_golden::desk::Desk;
use lantern_golden::diff::{Difference, compare, short};
use lantern_golden::golden::{drift, read, recorded, write};
use lantern_golden::record::{Era, From};

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [] => table().await,
        ["frames", step] => frames(step).await,
        ["update"] => update().await,
        ["check"] => check(Desk::new).await,
        ["check", "capped"] => check(Desk::capped).await,
        _ => Err(io::Error::other(
            "frames <step>, update, check or check capped",
        )),
    }
}

/// What one desk writes differently in the two revisions.
async fn table() -> io::Result<ExitCode> {
    let old = recorded(Desk::new(), Era::Handshake).await?;
    let new = recorded(Desk::new(), Era::Stateless).await?;
    print(
        &compare(&old, &new, From::Server),
        Era::BOTH.map(Era::version),
    );
    Ok(ExitCode::SUCCESS)
}

fn print(differences: &[Difference], [left, right]: [&str; 2]) {
    println!("{:<9}   {:<24} {left:<28} {right}", "step", "field");
    for row in differences {
        let (left, right) = (short(row.left.as_ref(), 28), short(row.right.as_ref(), 28));
        let arrow = row.from.arrow();
        println!(
            "{:<9} {arrow} {:<24} {left:<28} {right}",
            row.step, row.field
        );
    }
}

async fn frames(step: &str) -> io::Result<ExitCode> {
    for era in Era::BOTH {
        println!("{}", era.version());
        for mut frame in recorded(Desk::new(), era).await? {
            if frame.step == step {
                // The same in every request of a revision; `table` and `check` look at all of it.
                if let Some(meta) = frame.message.pointer_mut("/params/_meta") {
                    *meta = "…".into();
                }
                println!("{} {}", frame.from.arrow(), frame.message);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn update() -> io::Result<ExitCode> {
    for era in Era::BOTH {
        write(era, &recorded(Desk::new(), era).await?)?;
    }
    Ok(ExitCode::SUCCESS)
}

// ANCHOR: check
/// The gate: ends with exit code 1 when a frame is not as recorded.
async fn check(desk: fn() -> Desk) -> io::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for era in Era::BOTH {
        let golden = read(era)?;
        let found = drift(&golden, &recorded(desk(), era).await?);
        if found.is_empty() {
            println!(
                "{}: {} frames, all as recorded",
                era.version(),
                golden.len()
            );
        } else {
            println!("{}: {} fields changed", era.version(), found.len());
            print(&found, ["golden", "now"]);
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}
// ANCHOR_END: check
