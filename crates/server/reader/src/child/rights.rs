//! The rights of the process on Linux: no file, no network, no other process. A kernel without them leaves the limits.

use landlock::{ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetError, Scope};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter_all_threads};
use std::collections::BTreeMap;

/// The calls of a process that computes: its pipes, its memory, its threads' locks, the time, its end.
const PERMITTED: [libc::c_long; 33] = [
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_brk,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_mincore,
    libc::SYS_futex,
    libc::SYS_membarrier,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep,
    libc::SYS_clock_gettime,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_rseq,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// Gives up what the kernel can take.
pub(super) fn drop_all() {
    // Errors are not reported: standard error is `/dev/null`, and the limits apply in any case.
    let _ = no_files();
    let _ = few_calls();
}

/// No access to files, to the network, and to other processes by signals (Landlock).
fn no_files() -> Result<(), RulesetError> {
    let newest = ABI::V6;
    let rules = Ruleset::default().set_compatibility(CompatLevel::BestEffort);
    let rules = rules.handle_access(AccessFs::from_all(newest))?.handle_access(AccessNet::from_all(newest))?;
    rules.scope(Scope::from_all(newest))?.create()?.restrict_self().map(drop)
}

/// Any other call fails, without the end of the process (seccomp).
fn few_calls() -> Result<(), seccompiler::Error> {
    let rules = PERMITTED.map(|call| (call, Vec::new()));
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let arch = std::env::consts::ARCH.try_into()?;
    let filter = SeccompFilter::new(BTreeMap::from(rules), refused, SeccompAction::Allow, arch)?;
    let program: BpfProgram = filter.try_into()?;
    apply_filter_all_threads(&program)
}
