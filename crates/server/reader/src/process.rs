//! One reader as a process: started with nothing, given its job, and ended in time.

use crate::ARGUMENT;
use crate::format::Format;
use crate::lost::Lost;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, Command};
use tokio::time::timeout;

/// The signals by which a person or the system stops all processes of a server.
const STOPS: [i32; 3] = [1, 2, 15];
/// The signals for too much processor time: at its end, and for a reader that ignores the first one.
const TIMES: [i32; 2] = [24, 9];

/// The program of this process. On Linux it is the running one, also after an upgrade replaced the file.
pub(crate) fn this_program() -> io::Result<PathBuf> {
    let own = Path::new("/proc/self/exe");
    if own.exists() { Ok(own.to_owned()) } else { std::env::current_exe() }
}

/// What a reader gets.
pub(crate) struct Sent<'s> {
    pub(crate) head: &'s [u8],
    pub(crate) content: &'s [u8],
    /// The maximum length of the reply, in bytes.
    pub(crate) longest_reply: u64,
}

/// Has a new reader reply. It is killed when this future is dropped.
pub(crate) async fn reply(program: &Path, format: Format, sent: &Sent<'_>) -> Result<Vec<u8>, Lost> {
    let mut child = start(program, format, sent).map_err(|error| {
        tracing::error!(%error, "no reader of files can be started");
        Lost::NotStarted
    })?;
    match timeout(format.deadline(), converse(&mut child, sent)).await {
        Ok(reply) => reply,
        Err(_) => {
            // Reaped here, so that no dead process outlives its place. The signal cannot be ignored.
            let _ = child.kill().await;
            Err(Lost::Slow)
        }
    }
}

fn start(program: &Path, format: Format, sent: &Sent<'_>) -> io::Result<Child> {
    let mut command = Command::new(program);
    let length = (sent.head.len() + sent.content.len()).to_string();
    command.args([ARGUMENT, format.as_str(), &length]).env_clear().current_dir("/").kill_on_drop(true);
    // A signal from the terminal reaches the server alone, which ends its readers.
    command.process_group(0);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn()
}

async fn converse(child: &mut Child, sent: &Sent<'_>) -> Result<Vec<u8>, Lost> {
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (Some(stdin), Some(stdout)) = (stdin, stdout) else { return Err(Lost::NotStarted) };
    // If the reader ended before it had read everything, its exit status has the reason.
    let _ = send(stdin, sent).await;
    let (mut reply, longest) = (Vec::new(), sent.longest_reply);
    let read = stdout.take(longest + 1).read_to_end(&mut reply).await;
    if read.is_err() || reply.len() as u64 > longest {
        let _ = child.kill().await;
        return Err(Lost::Broken);
    }
    let status = child.wait().await.map_err(|_| Lost::Broken)?;
    if status.success() { Ok(reply) } else { Err(lost(status)) }
}

async fn send(mut stdin: ChildStdin, sent: &Sent<'_>) -> io::Result<()> {
    stdin.write_all(sent.head).await?;
    stdin.write_all(sent.content).await?;
    stdin.shutdown().await
}

/// The reason for which a reader ended without a reply.
fn lost(status: ExitStatus) -> Lost {
    match status.signal() {
        Some(signal) if STOPS.contains(&signal) => Lost::Interrupted,
        Some(signal) if TIMES.contains(&signal) => Lost::Slow,
        // It aborts without memory or stack.
        Some(_) => Lost::Exhausted,
        None => {
            tracing::error!(%status, "a reader of files could not limit itself");
            Lost::NotStarted
        }
    }
}
