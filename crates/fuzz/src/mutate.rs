//! Inputs made from others: bytes changed, parts cut, doubled or mixed, and what parsers stumble over put in.

use fastrand::Rng;

/// Longer than any limit of a single text, shorter than what takes long.
const LONGEST: usize = 16 * 1_024;

/// Texts that parsers often fail on.
const STUMBLES: [&str; 48] = [
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\\u0000",
    "\\ud800",
    "\\udc00\\ud800",
    "\\ud83d\\ude00",
    "1e999",
    "-1e999",
    "1e-999",
    "-0",
    "0.1",
    "+1",
    "007",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "4294967296",
    "NaN",
    "[[[[[[[[[[[[[[[[",
    "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":",
    "\0",
    "\u{202e}",
    "\u{feff}",
    "\u{200d}",
    "\u{130}",
    "\u{23a}",
    "ß",
    "\u{1f469}\u{200d}\u{1f4bb}",
    "\r\n",
    "\t",
    " ",
    "@",
    ".",
    "%00",
    "//",
    "::ffff:127.0.0.1",
];

/// An input made from one of these.
pub(crate) fn mutated(seeds: &[&[u8]], rng: &mut Rng) -> Vec<u8> {
    let mut input = pick(seeds, rng).to_vec();
    for _ in 0..rng.u8(1..=4) {
        change(&mut input, seeds, rng);
    }
    input.truncate(LONGEST);
    input
}

fn pick<'s>(seeds: &[&'s [u8]], rng: &mut Rng) -> &'s [u8] {
    seeds[rng.usize(..seeds.len())]
}

fn change(input: &mut Vec<u8>, seeds: &[&[u8]], rng: &mut Rng) {
    let part = part(input.len(), rng);
    match rng.u8(..8) {
        0 => input[part].iter_mut().for_each(|byte| *byte = rng.u8(..)),
        1 => drop(input.drain(part)),
        2 => input.truncate(part.start),
        3 => {
            let doubled = input[part.clone()].to_vec();
            input.splice(part.end..part.end, doubled);
        }
        4 => {
            let other = pick(seeds, rng);
            let taken = other[self::part(other.len(), rng)].to_vec();
            input.splice(part, taken);
        }
        5 => {
            if let Some(byte) = input.get_mut(part.start) {
                *byte ^= 1 << rng.u8(..8);
            }
        }
        6 => drop(input.splice(part, stumble(rng).bytes())),
        _ => drop(input.splice(part.start..part.start, stumble(rng).bytes())),
    }
}

fn stumble(rng: &mut Rng) -> &'static str {
    STUMBLES[rng.usize(..STUMBLES.len())]
}

/// A part of so many bytes, most often a short one.
fn part(bytes: usize, rng: &mut Rng) -> std::ops::Range<usize> {
    let from = rng.usize(..=bytes);
    let most = if rng.bool() { 8 } else { bytes };
    from..(from + rng.usize(..=most)).min(bytes)
}
