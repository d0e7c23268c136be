//! The end of a run: each stage with its time, and what failed.

use std::time::Duration;

use anyhow::bail;

use super::Stage;
use super::times::{self, Keeping, Times};
use crate::report::{print_steps, seconds};

/// What became of a stage.
pub(super) enum Verdict {
    Passed(Duration),
    Failed(Duration),
    NotRun,
}

/// Prints every stage with its time, beside its budget in a whole run.
pub(super) fn print(verdicts: &[(Stage, Verdict)], times: Option<&Times>) -> anyhow::Result<()> {
    println!("\n== steps");
    print_steps();
    println!("\n== summary");
    let (mut failed, mut slow) = (Vec::new(), Vec::new());
    for (stage, verdict) in verdicts {
        let name = stage.name();
        let (word, time) = match verdict {
            Verdict::Passed(time) => ("passed", *time),
            Verdict::Failed(time) => ("FAILED", *time),
            Verdict::NotRun => {
                println!("{name:<14}not run");
                continue;
            }
        };
        let (keeping, share) = times::judge(time, times.and_then(|times| times.of(name)));
        println!("{name:<14}{word:<8}{:>9}  {share}", seconds(time));
        if let Verdict::Failed(_) = verdict {
            failed.push(name);
        } else if keeping == Keeping::Broken {
            slow.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    if !slow.is_empty() {
        bail!("a half or more over its budget in tests/times.json: {}", slow.join(", "));
    }
    println!("all stages passed");
    Ok(())
}
