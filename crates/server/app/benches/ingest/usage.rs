//! What a process has used, by the system's own books.

use std::fs;

/// Clock ticks of the system's books in a second.
const TICKS: f64 = 100.0;

/// Seconds of processor time so far.
pub(crate) fn cpu(process: u32) -> f64 {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).expect("a process that runs");
    // The name may hold anything but ends with the last bracket.
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |place: usize| fields[place].parse::<f64>().expect("a number");
    (ticks(11) + ticks(12)) / TICKS
}

/// Megabytes of memory: now, and the most so far.
pub(crate) fn memory(process: u32) -> (f64, f64) {
    let text = fs::read_to_string(format!("/proc/{process}/status")).expect("a process that runs");
    let megabytes = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).expect("known");
        line.split_whitespace().nth(1).and_then(|number| number.parse::<f64>().ok()).expect("a number") / 1_024.0
    };
    (megabytes("VmRSS:"), megabytes("VmHWM:"))
}
