//! What is wrong in Slack: each problem with the rules that name its channel, and why messages were parked.

use knock_model::{DeliveryState, Destination};
use knock_ports::{StoreError, View};
use knock_routing::{Plan, Rule, Segment};
use knock_wire::{SlackChannelPlace, SlackParked, SlackProblem};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Parked messages whose reasons are read.
const READ: u32 = 200;

/// All problems.
pub(super) fn problems(view: &dyn View) -> Result<Vec<SlackProblem>, StoreError> {
    let (problems, rules) = (view.slack_problems()?, view.rules()?);
    let named = |problem: SlackProblem| SlackProblem { places: places(&rules, &problem.channel), ..problem };
    Ok(problems.into_iter().map(named).collect())
}

/// Those of channels.
pub(super) fn problems_of_channels(view: &dyn View) -> Result<Vec<SlackProblem>, StoreError> {
    Ok(problems(view)?.into_iter().filter(|problem| !problem.channel.is_empty()).collect())
}

/// The rules and segments that name a channel.
fn places(rules: &[Rule], channel: &str) -> Vec<SlackChannelPlace> {
    fn of<T>(segments: &[Segment<T>]) -> Vec<(&str, Option<&str>)> {
        segments.iter().map(|segment| (segment.name.as_str(), segment.monitoring_channel.as_deref())).collect()
    }
    let of_rule = |rule: &Rule| {
        let segments = match &rule.plan {
            Plan::Chat { segments, .. } => of(segments),
            Plan::Meeting { segments, .. } => of(segments),
        };
        let all = std::iter::once(("", rule.monitoring_channel.as_deref())).chain(segments);
        let here = all.filter(|(_, named)| *named == Some(channel) && !channel.is_empty());
        let (rule_id, name) = (rule.id.clone(), rule.name.clone());
        let place = |(segment, _): (&str, _)| {
            let (rule_id, rule, segment) = (rule_id.clone(), name.clone(), segment.to_owned());
            SlackChannelPlace { rule_id, rule, segment }
        };
        here.map(place).collect::<Vec<_>>()
    };
    rules.iter().flat_map(of_rule).collect()
}

/// Why messages were parked, the most frequent reason first.
pub(super) fn parked_reasons(view: &dyn View) -> Result<Vec<SlackParked>, StoreError> {
    let mut counts = BTreeMap::<String, u64>::new();
    for entry in view.deliveries_in(Destination::SLACK, &[DeliveryState::Parked], i64::MAX, READ)? {
        *counts.entry(entry.answer).or_default() += 1;
    }
    let mut reasons: Vec<_> = counts.into_iter().map(|(reason, count)| SlackParked { reason, count }).collect();
    reasons.sort_by_key(|parked| Reverse(parked.count));
    Ok(reasons)
}
