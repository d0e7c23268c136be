//! The limits of the process, set by itself and never raised again.

use crate::format::{COPIES, Limits};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::fs;
use std::io;

/// Files that may be open: standard input, output and error.
const FILES: u64 = 3;
/// The address space of a reader at rest where the system does not tell it: less than it is on any.
const AT_REST: u64 = 64 << 20;

/// Limits memory, processor time and files, and asks to be killed before the server where memory is short.
pub(super) fn set(limits: Limits, length: u64) -> io::Result<()> {
    // Neither is there on every system.
    let _ = fs::write("/proc/self/oom_score_adj", "1000");
    // Visitors wait for the server, not for a file of the team.
    let _ = rustix::process::nice(limits.nice);
    if limits.nice > 0 {
        leave_a_core();
    }
    end_with_the_server();
    close_inherited();
    let memory =
        at_rest().unwrap_or(AT_REST).saturating_add(limits.memory).saturating_add(length.saturating_mul(COPIES));
    // macOS refuses it.
    if cfg!(target_os = "linux") {
        set_one(Resource::As, memory, memory)?;
    }
    // SIGXCPU at the soft limit reports the cause; SIGKILL at the hard limit cannot be ignored.
    set_one(Resource::Cpu, limits.seconds, limits.seconds + 1)?;
    set_one(Resource::Core, 0, 0)?;
    set_one(Resource::Fsize, 0, 0)?;
    set_one(Resource::Nofile, FILES, FILES)
}

/// Leaves a core to the server, if there is more than one: beside readers on every core, which fill and free their
/// memory, it answers two to five times as late, however far they give way.
fn leave_a_core() {
    #[cfg(target_os = "linux")]
    {
        use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
        let Ok(mut cores) = sched_getaffinity(None) else { return };
        if cores.count() > 1
            && let Some(first) = (0..CpuSet::MAX_CPU).find(|core| cores.is_set(*core))
        {
            cores.unset(first);
            let _ = sched_setaffinity(None, &cores);
        }
    }
}

/// Forbids further threads and processes.
pub(super) fn forbid_threads() -> io::Result<()> {
    set_one(Resource::Nproc, 0, 0)
}

fn set_one(resource: Resource, current: u64, maximum: u64) -> io::Result<()> {
    // A smaller limit that is set already stays.
    let known = getrlimit(resource);
    let least = |wanted: u64, known: Option<u64>| Some(known.map_or(wanted, |known| known.min(wanted)));
    let limit = Rlimit { current: least(current, known.current), maximum: least(maximum, known.maximum) };
    Ok(setrlimit(resource, limit)?)
}

/// Closes what the server itself inherited and left open.
fn close_inherited() {
    let open = ["/proc/self/fd", "/dev/fd"].into_iter().find_map(|folder| fs::read_dir(folder).ok());
    let number = |entry: io::Result<fs::DirEntry>| entry.ok()?.file_name().to_str()?.parse::<i32>().ok();
    // The folder itself is among them, and closed by then.
    let open: Vec<i32> = open.into_iter().flatten().filter_map(number).collect();
    for file in open.into_iter().filter(|file| *file > 2) {
        let _ = nix::unistd::close(file);
    }
}

/// The address space in use.
fn at_rest() -> Option<u64> {
    let pages: u64 = fs::read_to_string("/proc/self/statm").ok()?.split(' ').next()?.parse().ok()?;
    pages.checked_mul(rustix::param::page_size() as u64)
}

/// A reader does not outlive a server that was killed.
fn end_with_the_server() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}
