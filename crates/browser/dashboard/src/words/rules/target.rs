//! Editor of a segment's assignee.

use knock_routing::{AgentChoice, CalendarMode, Calendars, ChatTarget, Funnel, MeetingTarget};

/// The kind of assignee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// A chat to one rep.
    Rep,
    /// A chat to the rep of a pool whose turn it is.
    Pool,
    /// A chat to an AI agent.
    Agent,
    /// A meeting in calendars.
    Calendars(CalendarMode),
    /// No meeting.
    Disqualify,
}

impl Way {
    /// The kinds of a funnel.
    pub(crate) const fn of(funnel: Funnel) -> &'static [Way] {
        match funnel {
            Funnel::Chat => &[Way::Rep, Way::Pool, Way::Agent],
            Funnel::Meeting => &[
                Way::Calendars(CalendarMode::Single),
                Way::Calendars(CalendarMode::Any),
                Way::Calendars(CalendarMode::RoundRobin),
                Way::Calendars(CalendarMode::All),
                Way::Disqualify,
            ],
        }
    }

    /// The spelling in the form.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Way::Rep => "rep",
            Way::Pool => "pool",
            Way::Agent => "ai_agent",
            Way::Calendars(mode) => mode.as_str(),
            Way::Disqualify => "disqualify",
        }
    }

    /// Whether it names one rep.
    pub(crate) const fn names_one(self) -> bool {
        matches!(self, Way::Rep | Way::Calendars(CalendarMode::Single))
    }
}

/// The assignee of leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TargetDraft {
    /// The kind of assignee.
    pub(crate) way: Way,
    /// The reps; unused ones are kept while another kind is tried.
    pub(crate) reps: Vec<String>,
    pub(crate) agent: String,
    /// The minutes of a meeting; empty for the standard.
    pub(crate) minutes: String,
}

impl TargetDraft {
    /// A target of one rep of a funnel; without a rep, none is chosen yet.
    pub(crate) fn new(funnel: Funnel, rep: Option<String>) -> TargetDraft {
        let way = match funnel {
            Funnel::Chat => Way::Rep,
            Funnel::Meeting => Way::Calendars(CalendarMode::Single),
        };
        TargetDraft { way, reps: rep.into_iter().collect(), agent: "auto".to_owned(), minutes: String::new() }
    }

    pub(crate) fn of_chat(target: &ChatTarget) -> TargetDraft {
        let new = TargetDraft::new(Funnel::Chat, None);
        match target {
            ChatTarget::Rep(rep) => TargetDraft { reps: vec![rep.clone()], ..new },
            ChatTarget::Pool(reps) => TargetDraft { way: Way::Pool, reps: reps.clone(), ..new },
            ChatTarget::AiAgent(agent) => TargetDraft { way: Way::Agent, agent: agent.as_str().to_owned(), ..new },
        }
    }

    pub(crate) fn of_meeting(target: &MeetingTarget) -> TargetDraft {
        let new = TargetDraft::new(Funnel::Meeting, None);
        match target {
            MeetingTarget::Disqualify => TargetDraft { way: Way::Disqualify, ..new },
            MeetingTarget::Calendars(Calendars { mode, reps, duration_min }) => TargetDraft {
                way: Way::Calendars(*mode),
                reps: reps.clone(),
                minutes: duration_min.map(|minutes| minutes.to_string()).unwrap_or_default(),
                ..new
            },
        }
    }

    pub(crate) fn chat(&self) -> Result<ChatTarget, String> {
        match self.way {
            Way::Pool => Ok(ChatTarget::Pool(self.named()?)),
            Way::Agent => {
                AgentChoice::parse(&self.agent).map(ChatTarget::AiAgent).ok_or_else(|| "Choose an AI agent.".to_owned())
            }
            Way::Rep | Way::Calendars(_) | Way::Disqualify => Ok(ChatTarget::Rep(self.one()?)),
        }
    }

    pub(crate) fn meeting(&self) -> Result<MeetingTarget, String> {
        let Way::Calendars(mode) = self.way else { return Ok(MeetingTarget::Disqualify) };
        let reps = if self.way.names_one() { vec![self.one()?] } else { self.named()? };
        let minutes = self.minutes.trim();
        let duration_min = match minutes.parse::<u32>() {
            _ if minutes.is_empty() => None,
            Ok(minutes) if minutes > 0 => Some(minutes),
            Ok(_) | Err(_) => return Err("The length is a number of minutes.".to_owned()),
        };
        Ok(MeetingTarget::Calendars(Calendars { mode, reps, duration_min }))
    }

    fn one(&self) -> Result<String, String> {
        self.reps.first().cloned().ok_or_else(|| "Choose a rep.".to_owned())
    }

    fn named(&self) -> Result<Vec<String>, String> {
        if self.reps.is_empty() { Err("Choose at least one rep.".to_owned()) } else { Ok(self.reps.clone()) }
    }
}
