//! The kinds of items that can be counted.

use crate::acts::Needs;

/// A step of a person on the way to a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    Seen,
    Wrote,
    Answered,
    Qualified,
    Booked,
    Held,
    Deal,
}

/// The kind of author of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    Rep,
    Agent,
}

/// The items of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Population {
    /// Browsers that came for the first time, counted by the quarter of an hour.
    Visitors,
    /// Persons that reached a step by now.
    Leads(Milestone),
    /// Episodes of chats.
    Episodes,
    Messages(Author),
    /// Awaited first replies after assignments.
    FirstReplies,
    /// The other waits for a person.
    LaterWaits,
    Meetings,
    /// Times in a Chat Status.
    ChatStatuses,
    /// Times in a Meeting Status.
    MeetingStatuses,
    Rejections,
    /// Decisions of routing that led to something.
    Decisions,
    /// Members of pools that decisions passed over.
    Skips,
    /// Runs of workflows.
    Runs,
    /// Steps of runs.
    Steps,
    /// Writes to a CRM.
    Writes,
    /// Forms of leads.
    Forms,
    /// Questions that the AI agent could not answer.
    Questions,
}

impl Population {
    /// The items in words, in the plural.
    pub const fn words(self) -> &'static str {
        match self {
            Population::Visitors => "browsers that came for the first time",
            Population::Leads(step) => step.words(),
            Population::Episodes => {
                "chats: each begins with the first message of a lead, or with the first after the chat was closed"
            }
            Population::Messages(Author::Rep) => "messages of reps",
            Population::Messages(Author::Agent) => "messages of the agent",
            Population::FirstReplies => "first replies that a lead awaited of a person after an assignment",
            Population::LaterWaits => {
                "waits for a person that are no first reply: begun after a person had written in the chat, or in a \
                 chat of which no first reply was awaited"
            }
            Population::Meetings => "meetings",
            Population::ChatStatuses => "times of leads in a Chat Status",
            Population::MeetingStatuses => "times of leads in a Meeting Status",
            Population::Rejections => "rejections that were not taken back",
            Population::Decisions => "decisions of routing about chats and meetings",
            Population::Skips => "members of pools, each time that a decision of routing passed one over",
            Population::Runs => "runs of workflows",
            Population::Steps => "steps that runs of workflows came to",
            Population::Writes => "writes of contacts to a CRM",
            Population::Forms => "forms that leads sent",
            Population::Questions => "questions of leads that the AI agent could not answer",
        }
    }

    /// The acts that its items are made of.
    pub(crate) fn needs(self) -> Needs {
        let none = Needs::default();
        match self {
            Population::Decisions | Population::Skips => Needs { decisions: true, ..none },
            Population::Runs | Population::Steps => Needs { runs: true, ..none },
            Population::Writes => Needs { writes: true, ..none },
            Population::Questions => Needs { questions: true, ..none },
            Population::Visitors
            | Population::Leads(_)
            | Population::Episodes
            | Population::Messages(_)
            | Population::FirstReplies
            | Population::LaterWaits
            | Population::Meetings
            | Population::ChatStatuses
            | Population::MeetingStatuses
            | Population::Rejections
            | Population::Forms => none,
        }
    }
}

impl Milestone {
    const fn words(self) -> &'static str {
        match self {
            Milestone::Seen => "persons with a record",
            Milestone::Wrote => "persons who wrote a message",
            Milestone::Answered => "persons whom a rep answered after they wrote",
            Milestone::Qualified => {
                "persons who gave an address that a meeting link accepted, booked a meeting, or have a deal"
            }
            Milestone::Booked => "persons who booked a meeting, whatever became of it",
            Milestone::Held => "persons of whom a meeting was held; the step is reached at its begin",
            Milestone::Deal => "persons with a deal",
        }
    }
}
