//! The score over time in words: table, marks and summary.

use knock_intent::{HIGH_FROM, MEDIUM_FROM};
use knock_model::{Bucket, Millis};
use knock_wire::{BucketChange, ScoreCause, ScoreCourse};

use super::{bare_path, counted, type_label};
use crate::chart::{Mark, Picture, Threshold};

/// A line of the table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CourseLine {
    pub(crate) at: Millis,
    /// The score; none if only the bucket changed.
    pub(crate) score: Option<f64>,
    /// The signal; empty for none.
    pub(crate) what: String,
}

/// The lines of the table, newest first: every sample, with the signals and changes of its instant.
pub(crate) fn course_lines(course: &ScoreCourse) -> Vec<CourseLine> {
    let is_sample = |at: Millis| course.samples.binary_search_by_key(&at, |sample| sample.at).is_ok();
    let line = |at: Millis, score: Option<f64>| {
        let causes = course.causes.iter().filter(|cause| cause.at == at).map(cause_words);
        let changes = course.changes.iter().filter(|change| change.at == at).map(bucket_words);
        CourseLine { at, score, what: causes.chain(changes).collect::<Vec<_>>().join("; ") }
    };
    let samples = course.samples.iter().map(|sample| line(sample.at, Some(sample.score)));
    let between = course.changes.iter().filter(|change| !is_sample(change.at)).map(|change| line(change.at, None));
    let mut lines: Vec<CourseLine> = samples.chain(between).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    lines
}

/// `Form submit, Demo/Contact sales, /contact: +47.9 points`.
fn cause_words(cause: &ScoreCause) -> String {
    let page = bare_path(&cause.url);
    let page = if page.is_empty() { String::new() } else { format!(", {page}") };
    format!("{}, {}{page}: {:+.1} points", type_label(cause.kind), cause.category.as_str(), cause.points)
}

fn bucket_words(change: &BucketChange) -> String {
    let from = change.from.map(|bucket| format!("{} to ", bucket.as_str())).unwrap_or_default();
    let faded = if change.signal.is_none() { ", as earlier activity faded" } else { "" };
    format!("{from}{}{faded}", change.to.as_str())
}

/// The data of the chart; none without any score.
pub(crate) fn course_picture(course: &ScoreCourse) -> Option<Picture> {
    let seconds = |at: Millis| at.0 as f64 / 1_000.0;
    let line = |score: f64, bucket: Bucket| Threshold { score, text: bucket.as_str().to_owned() };
    let mark = |cause: &ScoreCause| Mark { at: seconds(cause.at), score: cause.score, text: cause_words(cause) };
    (!course.samples.is_empty()).then(|| Picture {
        times: course.samples.iter().map(|sample| seconds(sample.at)).collect(),
        scores: course.samples.iter().map(|sample| sample.score).collect(),
        marks: course.causes.iter().map(mark).collect(),
        lines: vec![line(HIGH_FROM, Bucket::High), line(MEDIUM_FROM, Bucket::Medium)],
    })
}

/// The summary of the chart for screen readers.
pub(crate) fn course_summary(course: &ScoreCourse) -> String {
    let Some(last) = course.samples.last() else { return "No activity in this time.".to_owned() };
    let most = course.samples.iter().map(|sample| sample.score).fold(0.0, f64::max);
    let causes = i64::try_from(course.causes.len()).unwrap_or(i64::MAX);
    let moved = match causes {
        0 => "No signal moved it by a point or more.".to_owned(),
        _ => format!("{} moved it by a point or more.", counted(causes, "signal")),
    };
    let left_out = match course.left_out {
        0 => String::new(),
        more => format!(" {} more are not shown.", super::count(more.into())),
    };
    format!("The score is {:.1} and was at most {most:.1}. {moved}{left_out}", last.score)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_sample_and_every_change_has_a_line() {
        let course = sample::course();
        let lines = course_lines(&course);
        let shown: Vec<_> = lines.iter().map(|line| (line.score, line.what.as_str())).collect();
        assert_eq!(
            shown,
            [
                (Some(40.0), ""),
                (None, "High to Medium, as earlier activity faded"),
                (Some(50.0), "Form submit, Demo/Contact sales, /contact: +48.5 points; Low to High"),
                (Some(1.5), ""),
            ]
        );
    }

    #[wasm_bindgen_test]
    fn the_picture_has_the_same_and_the_thresholds() {
        let picture = course_picture(&sample::course()).expect("there are samples");
        assert_eq!((picture.times.len(), picture.scores.as_slice()), (3, [1.5, 50.0, 40.0].as_slice()));
        assert_eq!((picture.marks[0].score, picture.lines[0].score, picture.lines[1].score), (50.0, 45.0, 18.0));
        let empty = ScoreCourse { samples: vec![], ..sample::course() };
        assert_eq!(course_picture(&empty), None);
        assert_eq!(course_summary(&empty), "No activity in this time.");
    }

    #[wasm_bindgen_test]
    fn the_summary_says_where_it_stands() {
        let course = sample::course();
        assert_eq!(
            course_summary(&course),
            "The score is 40.0 and was at most 50.0. 1 signal moved it by a point or more. 2 more are not shown."
        );
        let quiet = ScoreCourse { causes: vec![], left_out: 0, ..course };
        assert!(course_summary(&quiet).ends_with("No signal moved it by a point or more."));
    }
}
