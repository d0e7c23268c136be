//! A strict parser of the text format of Prometheus, and the checks of its linter.

use std::collections::BTreeMap;

/// A family and its samples: name, labels, value.
#[derive(Debug, Default)]
pub(super) struct Family {
    pub(super) kind: String,
    pub(super) help: String,
    pub(super) samples: Vec<(String, BTreeMap<String, String>, f64)>,
}

/// All families, by name.
pub(super) fn families(text: &str) -> BTreeMap<String, Family> {
    assert!(text.ends_with('\n'), "the last line ends");
    let mut found: BTreeMap<String, Family> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, help) = rest.split_once(' ').unwrap_or_else(|| panic!("{line}"));
            name.clone_into(&mut current);
            let before = found.insert(name.to_owned(), Family { help: help.to_owned(), ..Family::default() });
            assert!(before.is_none(), "exposed twice: {line}");
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap_or_else(|| panic!("{line}"));
            let family = found.get_mut(name).unwrap_or_else(|| panic!("no HELP before: {line}"));
            assert!(name == current && family.kind.is_empty() && family.samples.is_empty(), "out of order: {line}");
            kind.clone_into(&mut family.kind);
        } else {
            let (name, labels, value) = sample(line);
            let family = found.get_mut(&current).unwrap_or_else(|| panic!("no family: {line}"));
            assert!(is_of(&name, &current, &family.kind), "a sample of another family than {current}: {line}");
            let is_new = family.samples.iter().all(|(other, at, _)| (other, at) != (&name, &labels));
            assert!(is_new, "exposed twice: {line}");
            family.samples.push((name, labels, value));
        }
    }
    found
}

fn is_of(name: &str, family: &str, kind: &str) -> bool {
    let Some(rest) = name.strip_prefix(family) else { return false };
    if kind == "histogram" { ["_bucket", "_sum", "_count"].contains(&rest) } else { rest.is_empty() }
}

/// `name{label="value",...} number`.
fn sample(line: &str) -> (String, BTreeMap<String, String>, f64) {
    let end = line.find(['{', ' ']).unwrap_or_else(|| panic!("{line}"));
    let (name, mut rest) = line.split_at(end);
    assert!(is_name(name), "{line}");
    let mut labels = BTreeMap::new();
    if let Some(inside) = rest.strip_prefix('{') {
        rest = inside;
        while !rest.starts_with('}') {
            let (label, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("{line}"));
            assert!(is_name(label), "{line}");
            let (value, after) = quoted(after).unwrap_or_else(|| panic!("{line}"));
            assert!(labels.insert(label.to_owned(), value).is_none(), "a label twice: {line}");
            rest = after.strip_prefix(',').unwrap_or(after);
        }
        rest = &rest[1..];
    }
    let value = rest.strip_prefix(' ').and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{line}"));
    (name.to_owned(), labels, value)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
}

/// A value up to its closing quote, and the rest of the text.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(match letters.next()?.1 {
                'n' => '\n',
                escaped @ ('"' | '\\') => escaped,
                _ => return None,
            }),
            other => value.push(other),
        }
    }
    None
}

/// The linter's errors of a family.
pub(super) fn faults(name: &str, family: &Family) -> Vec<String> {
    let mut faults = Vec::new();
    let mut wrong = |what: &str| faults.push(format!("{name}: {what}"));
    if family.help.is_empty() {
        wrong("no help");
    }
    if !["counter", "gauge", "histogram"].contains(&family.kind.as_str()) {
        wrong("an unknown type");
    }
    if (family.kind == "counter") != name.ends_with("_total") {
        wrong("counters, and only they, end in _total");
    }
    if ["_count", "_sum", "_bucket", "_counter", "_gauge", "_histogram"].iter().any(|end| name.ends_with(end)) {
        wrong("ends as a sample does, or names its type");
    }
    let others = ["ms", "milliseconds", "minutes", "hours", "days", "kb", "mb", "kilobytes", "percent"];
    if name.split('_').any(|word| others.contains(&word)) {
        wrong("not a base unit");
    }
    if family.kind == "histogram" {
        faults.extend(histogram_faults(name, family));
    }
    faults
}

/// One histogram: bounds with the counts below them, and the count of all.
#[derive(Debug, Default)]
struct Series {
    buckets: Vec<(f64, f64)>,
    count: f64,
}

/// The errors of a histogram: buckets must be cumulative, and the last must hold all.
fn histogram_faults(name: &str, family: &Family) -> Vec<String> {
    let mut series: BTreeMap<BTreeMap<String, String>, Series> = BTreeMap::new();
    for (sample, labels, value) in &family.samples {
        let mut key = labels.clone();
        let bound = key.remove("le");
        let known = series.entry(key).or_default();
        match bound {
            Some(bound) => known.buckets.push((bound.parse().unwrap_or(f64::NAN), *value)),
            None if sample.ends_with("_count") => known.count = *value,
            None => {}
        }
    }
    let is_right = |Series { buckets, count }: &Series| {
        buckets.is_sorted_by(|one, next| one.0 < next.0 && one.1 <= next.1)
            && buckets.last().is_some_and(|last| last.0.is_infinite() && last.1 == *count)
    };
    series.values().filter(|known| !is_right(known)).map(|known| format!("{name}: {known:?}")).collect()
}

#[test]
fn what_is_wrong_is_found() {
    let text = "# HELP a_ms_total A.\n# TYPE a_ms_total gauge\na_ms_total{l=\"q\\\"\\\\\\n\"} 1\n";
    let found = families(text);
    let family = &found["a_ms_total"];
    assert_eq!(family.samples[0].1["l"], "q\"\\\n");
    assert_eq!(faults("a_ms_total", family).len(), 2);
    let histogram =
        "# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 2\nh_sum 1\nh_count 2\n";
    assert_eq!(faults("h", &families(histogram)["h"]).len(), 1);
}
