//! Every figure, computed a second time: one metric after the other, straight from the records, without the builder.

use crate::made::scene;
use crate::things::{Thing, things};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_report::{Anchor, Dimension, Metric, Person, Population, Routed};
use proptest::prelude::*;

fn at(anchor: Anchor, thing: &Thing) -> Option<i64> {
    if matches!(anchor, Anchor::Reached | Anchor::Answered | Anchor::Start) { thing.second } else { Some(thing.first) }
}

fn key(dimension: Dimension, zone: &TimeZone, thing: &Thing, metric: &Metric, at: i64) -> Option<String> {
    let local = zone.to_datetime(Timestamp::from_millisecond(at).expect("an instant"));
    let is_status = metric.name.contains("entered") || metric.name.ends_with("now") || metric.name.contains("time_me");
    let is_meeting = metric.population == Population::Meetings;
    if let Some((_, own)) = thing.keys.iter().find(|(known, _)| *known == dimension) {
        return Some(own.clone());
    }
    Some(match dimension {
        Dimension::Day => local.date().to_string(),
        Dimension::Month => local.date().to_string()[..7].to_owned(),
        Dimension::Week => {
            let mut date = local.date();
            while date.weekday() != jiff::civil::Weekday::Monday {
                date = date.yesterday().expect("a day");
            }
            date.to_string()
        }
        Dimension::Hour => format!("{:02}", local.hour()),
        Dimension::Weekday => local.weekday().to_monday_one_offset().to_string(),
        Dimension::WeekHour => format!("{}-{:02}", local.weekday().to_monday_one_offset(), local.hour()),
        Dimension::Rep => thing.rep.map(|rep| rep.to_string()).unwrap_or_default(),
        Dimension::Status if is_status && !is_meeting => thing.label.clone(),
        Dimension::Reason if metric.name.starts_with("rejected") => thing.label.clone(),
        Dimension::MeetingLink if is_meeting => thing.label.clone(),
        Dimension::Status | Dimension::Reason | Dimension::MeetingLink => String::new(),
        Dimension::Workflow | Dimension::Step | Dimension::Crm | Dimension::Cause => String::new(),
        _ => return None,
    })
}

fn touched(dimension: Dimension, person: &Person) -> String {
    let touch = &person.touch;
    match dimension {
        Dimension::Site => touch.site.clone(),
        Dimension::Link => touch.link.clone(),
        Dimension::Channel => touch.channel.clone(),
        Dimension::Source => touch.source.clone(),
        Dimension::Campaign => touch.campaign.clone(),
        Dimension::LandingPage => touch.landing_page.clone(),
        Dimension::Country => touch.country.clone(),
        Dimension::Device => touch.device.clone(),
        Dimension::Language => touch.language.clone(),
        Dimension::Score => first(person, |_| true, |routed| &routed.score),
        Dimension::Segment => first(person, |routed| !routed.segment.is_empty(), |routed| &routed.segment),
        Dimension::Rule => first(person, |routed| !routed.segment.is_empty(), |routed| &routed.rule),
        _ => person.kind.as_str().to_owned(),
    }
}

/// The text of the first decision about a person of which something holds.
fn first(person: &Person, which: impl Fn(&&Routed) -> bool, text: impl Fn(&Routed) -> &String) -> String {
    person.acts.decisions.iter().find(which).map(|routed| text(routed).clone()).unwrap_or_default()
}

/// The figure of things, by the aggregator that the name of the metric ends with.
fn figure(metric: &Metric, things: &[Thing]) -> Option<f64> {
    let round = |number: f64| (number * 100.0).round() / 100.0;
    let mut took: Vec<i64> = things.iter().filter_map(|thing| thing.took).collect();
    took.sort_unstable();
    let count = took.len();
    let nth = |place: usize| took.get(place).copied().unwrap_or_default() as f64 / 60_000.0;
    if metric.name.ends_with("_median") {
        (count > 0).then(|| round((nth((count - 1) / 2) + nth(count / 2)) / 2.0))
    } else if metric.name.ends_with("_p90") {
        (count > 0).then(|| round(nth((count as f64 * 0.9).ceil() as usize - 1)))
    } else if metric.name.ends_with("_mean") {
        (count > 0).then(|| round(took.iter().sum::<i64>() as f64 / count as f64 / 60_000.0))
    } else if metric.name == "agent_time" {
        Some(round(took.iter().sum::<i64>() as f64 / 60_000.0))
    } else if metric.name.ends_with("_share") || metric.name == "within_two_minutes" {
        let hits = things.iter().filter(|thing| thing.hit).count();
        (!things.is_empty()).then(|| round(hits as f64 * 100.0 / things.len() as f64))
    } else {
        Some(things.iter().map(|thing| thing.weight).sum::<u64>() as f64)
    }
}

/// Equal but for the last decimal, where a division can fall on either side of a half.
fn is_near(slow: Option<f64>, quick: Option<f64>) -> bool {
    match (slow, quick) {
        (Some(slow), Some(quick)) => (slow - quick).abs() < 0.010_1,
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_table_is_what_a_slow_fold_finds(scene in scene()) {
        let table = scene.table();
        let group = scene.report.group_of(scene.ask.group);
        let zone = TimeZone::get(scene.ask.period.zone_name()).expect("a zone");
        let (from, to) = (scene.ask.period.from().to_string(), scene.ask.period.to().to_string());
        for (place, metric) in scene.report.metrics.iter().enumerate().filter(|(_, metric)| metric.opens()) {
            let anchor = scene.report.anchor_of(metric, scene.ask.anchor);
            let mut all: Vec<(String, Thing)> = Vec::new();
            for person in &scene.persons {
                for thing in things(&scene, metric.name, person) {
                    let Some(at) = at(anchor, &thing).filter(|at| *at <= scene.now.0) else { continue };
                    let day = zone.to_datetime(Timestamp::from_millisecond(at).expect("an instant")).date().to_string();
                    if from <= day && day <= to {
                        let own = key(group, &zone, &thing, metric, at).unwrap_or_else(|| touched(group, person));
                        all.push((own, thing));
                    }
                }
            }
            let own: Vec<Thing> = all.iter().map(|(_, thing)| thing.clone()).collect();
            prop_assert!(is_near(figure(metric, &own), table.total[place]), "{} of all", metric.name);
            for row in &table.rows {
                let own = all.iter().filter(|(key, _)| *key == row.key).map(|(_, thing)| thing.clone());
                let own: Vec<Thing> = own.collect();
                let slow = figure(metric, &own);
                prop_assert!(is_near(slow, row.values[place]), "{} of `{}`: {:?}", metric.name, row.key, slow);
            }
            prop_assert!(all.iter().all(|(key, _)| table.rows.iter().any(|row| row.key == *key)), "{}", metric.name);
        }
    }
}
