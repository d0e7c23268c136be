//! The resources used by a process, as counted by the operating system.

use std::fs;

/// The clock ticks per second in the statistics of the system.
const TICKS: f64 = 100.0;

/// Memory of a process, in KiB.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// The current memory.
    pub now: u64,
    /// The peak memory.
    pub peak: u64,
}

/// Returns the processor time that a process has used so far, in seconds.
pub fn cpu(process: u32) -> f64 {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).expect("a process that runs");
    // The name may contain anything, but ends with the last bracket.
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |place: usize| fields[place].parse::<f64>().expect("a number");
    (ticks(11) + ticks(12)) / TICKS
}

/// Returns the memory of a process.
pub fn memory(process: u32) -> Memory {
    let text = fs::read_to_string(format!("/proc/{process}/status")).expect("a process that runs");
    let kib = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).expect("known");
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
    };
    Memory { now: kib("VmRSS:"), peak: kib("VmHWM:") }
}
