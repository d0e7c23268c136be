//! The stage that builds the image of `Dockerfile` and waits until its health check passes.

use std::thread;
use std::time::Duration;

use anyhow::bail;

use crate::report::{Ended, Stopwatch, step};
use crate::run;

const TAG: &str = "knock-test";
/// Three health checks of half a minute.
const LONGEST: Duration = Duration::from_secs(90);

/// Builds the image, starts it and waits until Docker calls it healthy.
pub(super) fn test() -> anyhow::Result<()> {
    if run::probe(run::command("docker").arg("info")).is_none() {
        bail!("`docker info` fails: there is no Docker daemon to build the image with");
    }
    step("image", || {
        run::run(run::command("docker").args(["build", "--tag", TAG, "."]))?;
        Ok(Ended::Done)
    })?;
    step("container, healthy", || {
        let started = run::output(run::command("docker").args(["run", "--detach", "--rm", TAG]))?;
        let id = started.trim();
        let healthy = wait(id);
        let logs = run::command("docker").args(["logs", id]).status();
        run::run(run::command("docker").args(["stop", id]))?;
        logs?;
        healthy?;
        Ok(Ended::Done)
    })
}

fn wait(id: &str) -> anyhow::Result<()> {
    let watch = Stopwatch::start();
    while watch.elapsed() < LONGEST {
        let format = ["inspect", "--format", "{{.State.Health.Status}}", id];
        if run::output(run::command("docker").args(format))?.trim() == "healthy" {
            return Ok(());
        }
        // Docker has no command that waits for a container's health: it is asked again.
        thread::sleep(Duration::from_secs(1));
    }
    bail!("the container was not healthy after {} s", LONGEST.as_secs())
}
