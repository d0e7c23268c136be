//! `start`: build what changed, then become the server.

use anyhow::Context;

use crate::{binary, report, www};

/// Replaces this process by `knock serve`, so that signals reach the server itself.
pub(crate) fn start(profile: binary::Profile, serve: &[String]) -> anyhow::Result<()> {
    www::build(profile)?;
    let knock = binary::build(profile)?;
    report::announce(format_args!("knock serve {}", serve.join(" ")));
    // Not at the root: a relative `--data` means the folder the person stands in.
    let mut command = std::process::Command::new(&knock);
    command.arg("serve").args(serve);
    replace(command).with_context(|| format!("cannot run {}", knock.display()))
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
