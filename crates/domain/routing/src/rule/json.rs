//! Rules in JSON, as the team's API, the store and cases spell them.

use super::{
    AgentChoice, CalendarMode, Calendars, ChatTarget, CrmAware, Funnel, InvalidRule, MeetingTarget, Plan, Rule,
    RuleEdit, Segment,
};
use crate::condition::Condition;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleShape {
    #[serde(default)]
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
    pub(super) funnel: Funnel,
    #[serde(default)]
    pub(super) version: Option<u32>,
    #[serde(default)]
    pub(super) is_default: bool,
    #[serde(default = "yes")]
    pub(super) enabled: bool,
    #[serde(default)]
    pub(super) crm_aware: CrmAware,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) monitoring_channel: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reject_private_email: Option<bool>,
    pub(super) segments: Vec<SegmentShape>,
    pub(super) fallback: GiveShape,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SegmentShape {
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default = "yes")]
    pub(super) enabled: bool,
    pub(super) when: Condition,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) assign: Option<TargetShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) disqualify: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) monitoring_channel: Option<String>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GiveShape {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) assign: Option<TargetShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) disqualify: Option<bool>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TargetShape {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rep: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pool: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) strategy: Option<Strategy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ai_agent: Option<AgentChoice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) calendar: Option<CalendarMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reps: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration_min: Option<u32>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Strategy {
    RoundRobin,
}

const fn yes() -> bool {
    true
}

impl Serialize for AgentChoice {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AgentChoice {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<AgentChoice, D::Error> {
        let word = String::deserialize(from)?;
        AgentChoice::parse(&word).ok_or_else(|| {
            let expected = "auto, buying, support, hiring, partnership, general";
            serde::de::Error::custom(format!("`{word}` is not an AI agent; expected one of {expected}"))
        })
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        RuleShape::from(self).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Rule, D::Error> {
        let rule = RuleShape::deserialize(from)?.rule().map_err(serde::de::Error::custom)?;
        rule.check().map_err(serde::de::Error::custom)?;
        Ok(rule)
    }
}

impl<'de> Deserialize<'de> for RuleEdit {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<RuleEdit, D::Error> {
        let shape = RuleShape::deserialize(from)?;
        let from = shape.version.filter(|version| *version > 0);
        let rule = shape.rule().map_err(serde::de::Error::custom)?;
        rule.check().map_err(serde::de::Error::custom)?;
        Ok(RuleEdit { rule, from })
    }
}

impl RuleShape {
    fn rule(self) -> Result<Rule, InvalidRule> {
        let plan = match self.funnel {
            Funnel::Chat if self.reject_private_email.is_some() => {
                return Err(invalid("reject_private_email".into(), "only a meeting rule has it"));
            }
            Funnel::Chat => Plan::Chat {
                segments: segments(self.segments, chat_target)?,
                fallback: chat_target(self.fallback.assign, self.fallback.disqualify)
                    .map_err(|reason| invalid("fallback".into(), reason))?,
            },
            Funnel::Meeting => Plan::Meeting {
                reject_private_email: self.reject_private_email.unwrap_or_default(),
                segments: segments(self.segments, meeting_target)?,
                fallback: meeting_target(self.fallback.assign, self.fallback.disqualify)
                    .map_err(|reason| invalid("fallback".into(), reason))?,
            },
        };
        Ok(Rule {
            id: self.id,
            name: self.name,
            version: self.version.unwrap_or(1),
            is_default: self.is_default,
            enabled: self.enabled,
            crm_aware: self.crm_aware,
            monitoring_channel: self.monitoring_channel,
            plan,
        })
    }
}

type ToTarget<T> = fn(Option<TargetShape>, Option<bool>) -> Result<T, &'static str>;

fn segments<T>(shapes: Vec<SegmentShape>, target: ToTarget<T>) -> Result<Vec<Segment<T>>, InvalidRule> {
    let shapes = shapes.into_iter().enumerate();
    shapes
        .map(|(place, shape)| {
            let target = target(shape.assign, shape.disqualify)
                .map_err(|reason| invalid(format!("segments[{place}].assign"), reason))?;
            Ok(Segment {
                name: if shape.name.is_empty() { shape.id.clone() } else { shape.name },
                id: shape.id,
                enabled: shape.enabled,
                when: shape.when,
                target,
                monitoring_channel: shape.monitoring_channel,
            })
        })
        .collect()
}

fn chat_target(assign: Option<TargetShape>, disqualify: Option<bool>) -> Result<ChatTarget, &'static str> {
    if disqualify.is_some() {
        return Err("only a meeting rule can disqualify");
    }
    match assign {
        Some(TargetShape {
            rep: Some(rep),
            pool: None,
            strategy: None,
            ai_agent: None,
            calendar: None,
            reps: None,
            duration_min: None,
        }) => Ok(ChatTarget::Rep(rep)),
        Some(TargetShape {
            rep: None,
            pool: Some(pool),
            ai_agent: None,
            calendar: None,
            reps: None,
            duration_min: None,
            ..
        }) => Ok(ChatTarget::Pool(pool)),
        Some(TargetShape {
            rep: None,
            pool: None,
            strategy: None,
            ai_agent: Some(agent),
            calendar: None,
            reps: None,
            duration_min: None,
        }) => Ok(ChatTarget::AiAgent(agent)),
        _ => Err("expected `assign` with one of `rep`, `pool`, `ai_agent`"),
    }
}

fn meeting_target(assign: Option<TargetShape>, disqualify: Option<bool>) -> Result<MeetingTarget, &'static str> {
    match (assign, disqualify) {
        (None, Some(true)) => Ok(MeetingTarget::Disqualify),
        (
            Some(TargetShape {
                calendar: Some(mode),
                reps: Some(reps),
                duration_min,
                rep: None,
                pool: None,
                strategy: None,
                ai_agent: None,
            }),
            None,
        ) => Ok(MeetingTarget::Calendars(Calendars { mode, reps, duration_min })),
        _ => Err("expected `assign` with `calendar` and `reps`, or `disqualify: true`"),
    }
}

fn invalid(field: String, reason: &str) -> InvalidRule {
    InvalidRule { field, reason: reason.to_string() }
}
