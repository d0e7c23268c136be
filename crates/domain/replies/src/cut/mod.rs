//! What of an answer is new: quotes, heads of quoted mails, signatures and lines of phones are cut, and nothing is lost.

mod attribution;
mod head;
mod lines;
mod step;

pub use lines::is_forward;

use alloc::string::String;
use alloc::vec::Vec;

/// A line after which a mail is quoted without marks; the reading of HTML puts it where a mail program says so.
pub const SEPARATOR: &str = "-----Original Message-----";

/// A text, parted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// What is new. Cutting it again changes nothing.
    pub text: String,
    /// The other lines, in order.
    pub rest: String,
}

/// Cuts a text. Every line that is not blank is in one of the parts, in order; if nothing would be left, nothing is cut.
pub fn cut(text: &str) -> Cut {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut kept: Vec<&str> = tidied(text.lines().map(trimmed).collect());
    let mut is_kept: Vec<usize> = (0..kept.len()).collect();
    let all = kept.clone();
    // Each step may lay open what another one cuts.
    loop {
        let left = step::step(&kept);
        if left.len() == kept.len() || left.iter().all(|at| kept.get(*at).is_none_or(|line| line.is_empty())) {
            break;
        }
        is_kept = left.iter().filter_map(|at| is_kept.get(*at).copied()).collect();
        let (numbers, lines) = tidied_with(&is_kept, &all);
        (is_kept, kept) = (numbers, lines);
    }
    let mut stays = is_kept.into_iter().peekable();
    let others = all.iter().enumerate().filter(|(at, _)| stays.next_if_eq(at).is_none()).map(|(_, line)| *line);
    Cut { text: kept.join("\n"), rest: tidied(others.collect()).join("\n") }
}

/// A line without the blanks at its end.
fn trimmed(line: &str) -> &str {
    line.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}')
}

/// Lines without blank ones at both ends, and with at most one between others.
fn tidied(lines: Vec<&str>) -> Vec<&str> {
    let numbers: Vec<usize> = (0..lines.len()).collect();
    tidied_with(&numbers, &lines).1
}

/// The same of these lines of a text, with their numbers.
fn tidied_with<'t>(numbers: &[usize], all: &[&'t str]) -> (Vec<usize>, Vec<&'t str>) {
    let (mut at, mut lines): (Vec<usize>, Vec<&str>) = (Vec::new(), Vec::new());
    for number in numbers {
        let Some(line) = all.get(*number) else { continue };
        if line.is_empty() && lines.last().is_none_or(|last| last.is_empty()) {
            continue;
        }
        at.push(*number);
        lines.push(line);
    }
    while lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
        at.pop();
    }
    (at, lines)
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod table;
