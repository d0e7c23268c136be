//! `start`: build what changed, then become the server.

use std::path::PathBuf;
use std::thread;

use anyhow::Context;

use crate::profile::{Effort, Profile};
use crate::{binary, report, www};

/// Replaces this process by `knock serve`, so that signals reach the server itself.
pub(crate) fn start(profile: Profile, serve: &[String]) -> anyhow::Result<()> {
    let knock = built(profile)?;
    report::announce(format_args!("knock serve {}", serve.join(" ")));
    // Not at the root: a relative `--data` means the folder the person stands in.
    let mut command = std::process::Command::new(&knock);
    command.arg("serve").args(serve);
    replace(command).with_context(|| format!("cannot run {}", knock.display()))
}

/// Browser files and server side by side. A release embeds the files, so its server comes after them.
fn built(profile: Profile) -> anyhow::Result<PathBuf> {
    if profile == Profile::Release {
        www::build(profile, Effort::Small)?;
        return binary::build(profile);
    }
    www::prepare()?;
    thread::scope(|scope| {
        let server = scope.spawn(|| binary::build(profile));
        let files = www::build(profile, Effort::Fast);
        let knock = www::joined(server);
        files?;
        knock
    })
}

#[cfg(unix)]
fn replace(mut command: std::process::Command) -> anyhow::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn replace(mut command: std::process::Command) -> anyhow::Result<()> {
    std::process::exit(command.status()?.code().unwrap_or(1))
}
