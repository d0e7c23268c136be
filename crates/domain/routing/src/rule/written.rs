//! A rule as the shape it is written in.

use super::json::{GiveShape, RuleShape, SegmentShape, TargetShape};
use super::{ChatTarget, MeetingTarget, Plan, Rule, Segment};
use alloc::vec::Vec;

impl From<&Rule> for RuleShape {
    fn from(rule: &Rule) -> RuleShape {
        let (reject_private_email, segments, fallback) = match &rule.plan {
            Plan::Chat { segments, fallback } => (None, written(segments, chat), chat(fallback)),
            Plan::Meeting { reject_private_email, segments, fallback } => {
                (Some(*reject_private_email), written(segments, meeting), meeting(fallback))
            }
        };
        RuleShape {
            id: rule.id.clone(),
            name: rule.name.clone(),
            funnel: rule.funnel(),
            version: Some(rule.version),
            is_default: rule.is_default,
            enabled: rule.enabled,
            crm_aware: rule.crm_aware,
            monitoring_channel: rule.monitoring_channel.clone(),
            reject_private_email,
            segments,
            fallback,
        }
    }
}

fn written<T>(segments: &[Segment<T>], give: fn(&T) -> GiveShape) -> Vec<SegmentShape> {
    let segments = segments.iter().map(|segment| {
        let GiveShape { assign, disqualify } = give(&segment.target);
        SegmentShape {
            id: segment.id.clone(),
            name: segment.name.clone(),
            enabled: segment.enabled,
            when: segment.when.clone(),
            assign,
            disqualify,
            monitoring_channel: segment.monitoring_channel.clone(),
        }
    });
    segments.collect()
}

fn chat(target: &ChatTarget) -> GiveShape {
    let shape = match target {
        ChatTarget::Rep(rep) => TargetShape { rep: Some(rep.clone()), ..TargetShape::default() },
        ChatTarget::Pool(pool) => TargetShape { pool: Some(pool.clone()), ..TargetShape::default() },
        ChatTarget::AiAgent(agent) => TargetShape { ai_agent: Some(*agent), ..TargetShape::default() },
    };
    GiveShape { assign: Some(shape), disqualify: None }
}

fn meeting(target: &MeetingTarget) -> GiveShape {
    match target {
        MeetingTarget::Disqualify => GiveShape { assign: None, disqualify: Some(true) },
        MeetingTarget::Calendars(calendars) => {
            let shape = TargetShape {
                calendar: Some(calendars.mode),
                reps: Some(calendars.reps.clone()),
                duration_min: calendars.duration_min,
                ..TargetShape::default()
            };
            GiveShape { assign: Some(shape), disqualify: None }
        }
    }
}
