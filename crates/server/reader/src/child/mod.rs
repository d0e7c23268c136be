//! The process that reads: limits first, then rights, then the job.

mod limits;
#[cfg(target_os = "linux")]
mod rights;

use crate::format::Format;
use crate::job::{Job, Reply, received};
use crate::jobs::{Attachment, Document, Entry, Events, LookPicture, Mail, Portrait, Properties, Sitemap};
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::thread;

/// The exit code of a reader that could not set its limits, or was started with invalid arguments.
const NOT_LIMITED: u8 = 3;

/// Reads the one job on standard input, and replies on standard output; for a program whose first argument is
/// [`ARGUMENT`](crate::ARGUMENT), with the others: the format, and the length of the job with its content.
pub fn serve(mut args: impl Iterator<Item = String>) -> ExitCode {
    let format = args.next().and_then(|name| Format::parse(&name));
    let length = args.next().and_then(|length| length.parse().ok());
    let (Some(format), Some(length)) = (format, length) else { return ExitCode::from(NOT_LIMITED) };
    if limits::set(format.limits(), length).is_err() {
        return ExitCode::from(NOT_LIMITED);
    }
    // The limit of threads counts those of the user's other processes too: it is set by the last thread.
    let worker = thread::Builder::new().stack_size(format.limits().stack).spawn(move || {
        limits::forbid_threads()?;
        #[cfg(target_os = "linux")]
        rights::drop_all();
        work(format, length)
    });
    match worker.map(thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::from(NOT_LIMITED),
    }
}

fn work(format: Format, length: u64) -> io::Result<()> {
    let mut sent = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    io::stdin().lock().take(length).read_to_end(&mut sent)?;
    let reply = match format {
        Format::File | Format::Page => reply::<Document>(&sent),
        Format::Sitemap => reply::<Sitemap>(&sent),
        Format::Properties => reply::<Properties>(&sent),
        Format::Events => reply::<Events>(&sent),
        Format::Entry => reply::<Entry>(&sent),
        Format::Attachment => reply::<Attachment>(&sent),
        Format::Portrait => reply::<Portrait>(&sent),
        Format::LookPicture => reply::<LookPicture>(&sent),
        Format::Mail => reply::<Mail>(&sent),
    };
    let mut out = io::stdout().lock();
    out.write_all(&reply.ok_or(io::ErrorKind::InvalidData)?)?;
    out.flush()
}

/// The reply to a job; none to something else.
fn reply<J: Job>(sent: &[u8]) -> Option<Vec<u8>> {
    let (job, content) = received::<J>(sent)?;
    // A parser that panicked is not used again: this process ends.
    let read: Reply<J> = catch_unwind(AssertUnwindSafe(|| job.read(content))).ok();
    postcard::to_stdvec(&read).ok()
}
