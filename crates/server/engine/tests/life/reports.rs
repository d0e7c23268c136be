//! Reports on a real store: from stored records they say what a slow fold of all facts says, and numbers open as many.

mod acts;
mod meetings;
mod persons;
mod slow;

use crate::story::{START, Step, Story, rep, steps};
use jiff::Timestamp;
use knock_engine::commands::SetAvailability;
use knock_engine::{report, report_items, report_list};
use knock_model::Millis;
use knock_ports::View;
use knock_report::{Anchor, Ask, CalendarKind, ChatRecord, Dimension, MeetingRecord, Period, REPORTS, Report, Unit};
use knock_wire::{Availability, WeeklyHours};
use proptest::prelude::*;

/// Ann.
const ANN: usize = 0;
/// Cat, of another company.
const CAT: usize = 2;

fn read<T>(story: &Story, work: impl Fn(&dyn View) -> T) -> T {
    let mut found = None;
    let read = story.store().read(&mut |view| {
        found = Some(work(view));
        Ok(())
    });
    read.expect("it reads");
    found.expect("it was read")
}

/// A question about all days of a story.
fn ask(story: &Story, group: Option<Dimension>, anchor: Option<Anchor>) -> Ask {
    let day = |at: Millis| Timestamp::from_millisecond(at.0).expect("an instant").to_string();
    let (from, to) = (day(START - Millis::days(40)), day(story.now));
    let period = Period::parse(&from, &to, "Europe/Berlin", story.now).expect("a period");
    Ask { period, group, anchor, calendar: CalendarKind::Elapsed, filters: Vec::new() }
}

fn shown(story: &Story, of: &'static Report, ask: &Ask) -> knock_wire::Report {
    read(story, |view| report(view, of, ask, story.now).expect("it is read"))
}

fn all(story: &Story) -> Vec<knock_wire::Report> {
    REPORTS.iter().map(|report| shown(story, report, &ask(story, None, None))).collect()
}

/// The value of a metric in a whole report.
fn total(story: &Story, of: &str, metric: &str) -> Option<f64> {
    let of = knock_report::report(of).expect("a report");
    let shown = shown(story, of, &ask(story, None, None));
    let place = shown.columns.iter().position(|column| column.name == metric).expect("a metric");
    shown.total[place]
}

/// The numbers of persons: all, those that have written, those that were answered.
fn people(story: &Story) -> [Option<f64>; 3] {
    ["leads", "wrote", "answered"].map(|metric| total(story, "funnel", metric))
}

/// Every stored record is the fold of the facts.
fn check_records(story: &Story) {
    read(story, |view| {
        for lead in slow::leads(view) {
            if let Some(chat) = view.chat_summary(lead).expect("it is read") {
                let folded = slow::chat_record(view, lead, story.now);
                assert_eq!(ChatRecord::unpack(&chat.course), Some(folded));
            }
            if let Some(known) = view.meeting_lead(lead).expect("it is read") {
                let folded = slow::meeting_record(view, lead, story.now);
                assert_eq!(MeetingRecord::unpack(&known.course), Some(folded));
            }
        }
    });
}

/// Every report, in every grouping and with every anchor, is that of the slow fold.
fn check_reports(story: &Story) {
    for report in REPORTS {
        for group in report.groups {
            check_report(story, report, &ask(story, Some(*group), None));
        }
        for anchor in report.anchors {
            check_report(story, report, &ask(story, None, Some(*anchor)));
        }
    }
}

fn check_report(story: &Story, report: &'static Report, ask: &Ask) {
    let shown = shown(story, report, ask);
    let slow = read(story, |view| slow::table(view, report, ask, story.now));
    let about = format!("{} by {:?} at {:?}", report.name, ask.group, ask.anchor);
    let rows: Vec<_> = shown.rows.iter().map(|row| (row.key.as_str(), &row.values)).collect();
    let expected: Vec<_> = slow.rows.iter().map(|row| (row.key.as_str(), &row.values)).collect();
    assert_eq!(rows, expected, "{about}");
    assert_eq!((&shown.total, &shown.previous), (&slow.total, &slow.previous), "{about}");
    let series: Vec<Vec<_>> =
        shown.series.iter().map(|series| series.points.iter().map(|point| point.value).collect()).collect();
    assert_eq!(series, slow.series, "{about}");
}

/// Every number that is a count opens a list of as many.
fn check_items(story: &Story) {
    for report in REPORTS {
        let ask = ask(story, None, None);
        let shown = shown(story, report, &ask);
        let counts =
            report.metrics.iter().enumerate().filter(|(_, metric)| metric.opens() && metric.unit == Unit::Count);
        for (place, metric) in counts {
            let rows = shown.rows.iter().map(|row| (Some(row.key.as_str()), row.values[place]));
            for (row, value) in rows.chain([(None, shown.total[place])]) {
                let opened = read(story, |view| report_items(view, report, &ask, metric, row, story.now));
                let opened = opened.expect("it is read");
                assert_eq!(Some(f64::from(opened.count)), value, "{} {} {row:?}", report.name, metric.name);
                assert_eq!(opened.items.len(), usize::try_from(opened.count).expect("few").min(500));
                assert!(opened.items.iter().all(|item| !item.name.is_empty()));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn after_any_history_records_and_reports_are_those_of_the_facts(steps in steps(4, 40)) {
        let mut story = Story::begin();
        for step in steps {
            story.step(step);
            story.fire();
            check_records(&story);
        }
        check_reports(&story);
        check_items(&story);
        let before = all(&story);
        story.rebuild();
        check_records(&story);
        prop_assert_eq!(all(&story), before);
    }
}

/// Ann and Cat, each with a chat that a member answered.
fn two() -> Story {
    let mut story = Story::begin();
    for (visitor, email) in [(0, ANN), (1, CAT)] {
        story.step(Step::Signals { visitor, kind: 3, category: 1, age: 0, email });
        story.step(Step::Open { visitor });
        story.step(Step::Write { visitor, text: 1 });
        story.step(Step::Wait { ms: 60_000, is_fired: true });
        story.step(Step::Answer { visitor });
        story.step(Step::Wait { ms: 60_000, is_fired: true });
    }
    story
}

fn check(story: &Story) {
    check_records(story);
    check_reports(story);
    check_items(story);
}

#[test]
fn records_of_an_earlier_version_are_folded_when_they_are_read() {
    let story = two();
    let before = all(&story);
    assert_eq!(people(&story), [Some(2.0); 3]);
    let junk = story.scratch.bytes(&[0xff, 1, 2]);
    for course in ["NULL", junk.as_str()] {
        story.scratch.execute(&format!("UPDATE chats SET course = {course};"));
        assert_eq!(all(&story), before, "{course}");
    }
    story.scratch.execute("UPDATE leads SET first_touch = '';");
    assert_eq!(all(&story), before);
}

#[test]
fn durations_are_measured_in_working_hours_where_that_is_asked() {
    let story = two();
    // The leads wrote at two in the afternoon.
    let mon = vec![("09:00".to_owned(), "14:00".to_owned())];
    let hours = WeeklyHours { zone: "Europe/Berlin".into(), mon, ..WeeklyHours::default() };
    let availability = Availability { hours: Some(hours), ..Availability::default() };
    story.change(SetAvailability { member: rep(), availability, now: story.now });
    let of = knock_report::report("response").expect("a report");
    let medians = |calendar: CalendarKind| {
        let shown = shown(&story, of, &Ask { calendar, ..ask(&story, None, None) });
        assert_eq!(shown.calendar, calendar.as_str());
        let medians = shown.columns.iter().zip(&shown.total).filter(|(column, _)| column.name.ends_with("_median"));
        medians.filter_map(|(_, value)| *value).collect::<Vec<f64>>()
    };
    let elapsed = medians(CalendarKind::Elapsed);
    assert!(!elapsed.is_empty() && elapsed.iter().all(|minutes| *minutes > 0.0), "{elapsed:?}");
    for calendar in [CalendarKind::Rep, CalendarKind::Team] {
        assert_eq!(medians(calendar), vec![0.0; elapsed.len()], "{calendar:?}");
    }
}

#[test]
fn the_list_of_reports_names_all_that_can_be_asked() {
    let list = report_list(&knock_wire::ReportGoals::default()).reports;
    assert_eq!(list.len(), REPORTS.len());
    for (info, report) in list.iter().zip(REPORTS) {
        assert_eq!((info.name.as_str(), info.columns.len()), (report.name, report.metrics.len()));
        let groups: Vec<_> = info.groups.iter().map(|group| Dimension::parse(&group.name)).collect();
        assert_eq!(groups, report.groups.iter().copied().map(Some).collect::<Vec<_>>());
        assert!(info.columns.iter().all(|column| !column.definition.is_empty() && !column.label.is_empty()));
        assert_eq!(info.calendars.is_empty(), !report.has_calendar());
    }
}
