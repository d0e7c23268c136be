//! The score over time in words: table, marks and summary.

use knock_intent::{HIGH_FROM, MEDIUM_FROM};
use knock_model::{Bucket, Millis};
use knock_wire::{BucketChange, ScoreCause, ScoreCourse};

use super::number::{counted, score};
use super::signal::{bare_path, type_label};
use crate::kit::chart::{ChartTable, Mark, Picture, Series, Threshold};

/// The table, newest first: every sample, with the signals and changes of its instant.
pub(crate) fn course_table(course: &ScoreCourse) -> ChartTable {
    let is_sample = |at: Millis| course.samples.binary_search_by_key(&at, |sample| sample.at).is_ok();
    let row = |at: Millis, points: Option<f64>| {
        let causes = course.causes.iter().filter(|cause| cause.at == at).map(cause_words);
        let changes = course.changes.iter().filter(|change| change.at == at).map(bucket_words);
        (at, vec![points.map(score).unwrap_or_default(), causes.chain(changes).collect::<Vec<_>>().join("; ")])
    };
    let samples = course.samples.iter().map(|sample| row(sample.at, Some(sample.score)));
    let between = course.changes.iter().filter(|change| !is_sample(change.at)).map(|change| row(change.at, None));
    let mut rows: Vec<_> = samples.chain(between).collect();
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let columns = vec![("Score".to_owned(), true), ("What happened".to_owned(), false)];
    ChartTable { columns, rows, whens: Vec::new() }
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
    let line = |value: f64, bucket: Bucket| Threshold { value, text: bucket.as_str().to_owned() };
    let mark = |cause: &ScoreCause| Mark { at: seconds(cause.at), value: cause.score, text: cause_words(cause) };
    (!course.samples.is_empty()).then(|| Picture {
        times: course.samples.iter().map(|sample| seconds(sample.at)).collect(),
        series: vec![Series {
            label: "Score".to_owned(),
            values: course.samples.iter().map(|sample| Some(sample.score)).collect(),
        }],
        unit: "",
        digits: 1,
        top: Some(100.0),
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
        more => format!(" {} more are not shown.", crate::words::number::count(more.into())),
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
        let table = course_table(&course);
        let shown: Vec<_> = table.rows.iter().map(|(_, texts)| (texts[0].as_str(), texts[1].as_str())).collect();
        assert_eq!(
            shown,
            [
                ("40.0", ""),
                ("", "High to Medium, as earlier activity faded"),
                ("50.0", "Form submit, Demo/Contact sales, /contact: +48.5 points; Low to High"),
                ("1.5", ""),
            ]
        );
    }

    #[wasm_bindgen_test]
    fn the_picture_has_the_same_and_the_thresholds() {
        let picture = course_picture(&sample::course()).expect("there are samples");
        let scores = [1.5, 50.0, 40.0].map(Some);
        assert_eq!((picture.times.len(), picture.series[0].values.as_slice()), (3, scores.as_slice()));
        assert_eq!((picture.marks[0].value, picture.lines[0].value, picture.lines[1].value), (50.0, 45.0, 18.0));
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
