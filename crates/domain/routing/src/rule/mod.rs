//! Routing rules. A version of a rule is never changed: an edit makes a new one.

#[cfg(feature = "serde")]
mod json;
mod successor;
mod target;
#[cfg(feature = "serde")]
mod written;

use crate::condition::{Condition, InvalidCondition};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use knock_model::{spelled, vocabulary};
pub use target::{AgentChoice, AgentKind, CalendarMode, Calendars, ChatTarget, MeetingTarget};

/// The id of the Fallback Segment.
pub(crate) const FALLBACK: &str = "fallback";
pub(crate) const FALLBACK_NAME: &str = "Fallback Segment";

vocabulary! {
    /// The funnel of a rule or a link.
    Funnel {
        /// Chats.
        Chat = "chat",
        /// Meetings.
        Meeting = "meeting",
    }
}

spelled!(Funnel);

vocabulary! {
    /// The treatment of the CRM owner by a rule (RR-26, RO-05).
    #[derive(Default)]
    CrmAware {
        /// No treatment.
        #[default]
        Off = "off",
        /// The owner is notified and may join; segments decide.
        Notify = "notify",
        /// The owner gets the lead.
        Assign = "assign",
    }
}

spelled!(CrmAware);

/// One version of a routing rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its id, the same in all versions.
    pub id: String,
    pub name: String,
    /// Its version, from 1.
    pub version: u32,
    /// Whether it takes what no link's rule takes (RR-01).
    pub is_default: bool,
    /// Whether links may use it.
    pub enabled: bool,
    /// The treatment of the CRM owner.
    pub crm_aware: CrmAware,
    /// The Slack channel of this rule, for leads of segments without their own (RR-19).
    pub monitoring_channel: Option<String>,
    /// Its segments and its Fallback Segment.
    pub plan: Plan,
}

/// The content of a rule, by its funnel.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// A chat always finds somebody: it cannot be disqualified.
    Chat {
        /// From top to bottom, the first match wins (RR-08, RR-09).
        segments: Vec<Segment<ChatTarget>>,
        /// The assignee without a matching segment (RR-02).
        fallback: ChatTarget,
    },
    Meeting {
        /// Whether a free mail address is Unqualified (MS-04).
        reject_private_email: bool,
        /// From top to bottom, the first match wins (RR-08, RR-09).
        segments: Vec<Segment<MeetingTarget>>,
        /// The calendars without a matching segment (RR-02).
        fallback: MeetingTarget,
    },
}

/// A segment: a condition on leads, and their assignee (RR-06, RR-07).
#[derive(Clone, Debug, PartialEq)]
pub struct Segment<T> {
    pub id: String,
    pub name: String,
    /// Whether it is looked at.
    pub enabled: bool,
    pub when: Condition,
    /// The assignee.
    pub target: T,
    /// The Slack channel of this segment, in place of that of the rule (IU-05).
    pub monitoring_channel: Option<String>,
}

/// A rule as it was edited, with the version that the edit started from.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleEdit {
    pub rule: Rule,
    /// The version that was edited; none where none is given.
    pub from: Option<u32>,
}

/// A rule that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRule {
    /// The part at fault, such as `segments[2].when`.
    pub field: String,
    /// The error, and the expected value.
    pub reason: String,
}

impl fmt::Display for InvalidRule {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.field, self.reason)
    }
}

impl core::error::Error for InvalidRule {}

impl Rule {
    /// The Slack channels that the rule and its segments name.
    #[must_use]
    pub fn channels(&self) -> Vec<&str> {
        fn of<T>(segments: &[Segment<T>]) -> Vec<&str> {
            segments.iter().filter_map(|segment| segment.monitoring_channel.as_deref()).collect()
        }
        let of_segments = match &self.plan {
            Plan::Chat { segments, .. } => of(segments),
            Plan::Meeting { segments, .. } => of(segments),
        };
        self.monitoring_channel.as_deref().into_iter().chain(of_segments).collect()
    }

    /// The rule of a new workspace: everybody to one rep (RR-01, RR-02).
    pub fn standard(funnel: Funnel, rep: &str) -> Rule {
        let plan = match funnel {
            Funnel::Chat => Plan::Chat { segments: Vec::new(), fallback: ChatTarget::Rep(rep.into()) },
            Funnel::Meeting => Plan::Meeting {
                reject_private_email: false,
                segments: Vec::new(),
                fallback: MeetingTarget::Calendars(Calendars::single(rep)),
            },
        };
        Rule {
            id: alloc::format!("default_{}", funnel.as_str()),
            name: "Default Routing Rule".into(),
            version: 1,
            is_default: true,
            enabled: true,
            crm_aware: CrmAware::Off,
            monitoring_channel: None,
            plan,
        }
    }

    /// The funnel.
    pub const fn funnel(&self) -> Funnel {
        match self.plan {
            Plan::Chat { .. } => Funnel::Chat,
            Plan::Meeting { .. } => Funnel::Meeting,
        }
    }

    /// The segments of the rule, from top to bottom, and the Fallback Segment: id and name.
    pub fn segment_names(&self) -> Vec<(&str, &str)> {
        fn of<T>(segments: &[Segment<T>]) -> Vec<(&str, &str)> {
            segments.iter().map(|segment| (&*segment.id, &*segment.name)).collect()
        }
        let mut names = match &self.plan {
            Plan::Chat { segments, .. } => of(segments),
            Plan::Meeting { segments, .. } => of(segments),
        };
        names.push((FALLBACK, FALLBACK_NAME));
        names
    }

    /// The pools of a rule for chats, from top to bottom: the id and the name of the segment, and its members.
    pub fn pools(&self) -> Vec<(&str, &str, &[String])> {
        let Plan::Chat { segments, fallback } = &self.plan else { return Vec::new() };
        let of_segments = segments.iter().map(|segment| (&*segment.id, &*segment.name, &segment.target));
        let all = of_segments.chain([(FALLBACK, FALLBACK_NAME, fallback)]);
        all.filter_map(|(id, name, target)| match target {
            ChatTarget::Pool(reps) => Some((id, name, reps.as_slice())),
            ChatTarget::Rep(_) | ChatTarget::AiAgent(_) => None,
        })
        .collect()
    }

    /// Checks what the types cannot: limits, ids, empty pools.
    ///
    /// # Errors
    /// Names the first part at fault.
    pub fn check(&self) -> Result<(), InvalidRule> {
        match &self.plan {
            Plan::Chat { segments, fallback } => {
                check_segments(segments, ChatTarget::check)?;
                fallback.check().map_err(|reason| invalid("fallback.assign".into(), reason))
            }
            Plan::Meeting { segments, fallback, .. } => {
                check_segments(segments, MeetingTarget::check)?;
                fallback.check().map_err(|reason| invalid("fallback.assign".into(), reason))
            }
        }
    }
}

fn check_segments<T>(segments: &[Segment<T>], check: fn(&T) -> Result<(), &'static str>) -> Result<(), InvalidRule> {
    for (place, segment) in segments.iter().enumerate() {
        let part = |part: &str| alloc::format!("segments[{place}].{part}");
        if segment.id.is_empty() || segment.id == FALLBACK {
            return Err(invalid(part("id"), "expected a name of its own, not `fallback`"));
        }
        if segments[..place].iter().any(|other| other.id == segment.id) {
            return Err(invalid(part("id"), "another segment has this id"));
        }
        let of_condition = |InvalidCondition(reason)| InvalidRule { field: part("when"), reason };
        segment.when.check().map_err(of_condition)?;
        if let Some(field) = segment.when.fields().into_iter().find(|field| !field.is_of_rules()) {
            let reason = alloc::format!("`{}` is a field of workflows, not of rules", field.name());
            return Err(InvalidRule { field: part("when"), reason });
        }
        check(&segment.target).map_err(|reason| invalid(part("assign"), reason))?;
    }
    Ok(())
}

fn invalid(field: String, reason: &str) -> InvalidRule {
    InvalidRule { field, reason: reason.to_string() }
}
