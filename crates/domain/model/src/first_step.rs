//! The first steps of a workspace and of its members, which the page Home lists.

use crate::{Permission, spelled, vocabulary};

vocabulary! {
    /// A step of the first setup, in the order in which Home lists them.
    FirstStep {
        /// The member's name and picture.
        Profile = "profile",
        /// A site of the team's own that sends signals.
        Site = "site",
        /// The member's working hours.
        Hours = "hours",
        /// The place of meetings.
        Place = "place",
        /// A mail server.
        Mail = "mail",
        /// Answers that the agent knows about a site of the team's own.
        Answers = "answers",
        /// A Slack workspace.
        Slack = "slack",
        /// A CRM.
        Crm = "crm",
        /// A second member.
        Colleagues = "colleagues",
        /// A calendar of the member.
        Calendar = "calendar",
        /// The removal of the demo site, or the decision to keep it.
        Demo = "demo",
    }
}

spelled!(FirstStep);

impl FirstStep {
    /// Whether each member has their own.
    pub const fn is_personal(self) -> bool {
        matches!(self, FirstStep::Profile | FirstStep::Hours | FirstStep::Calendar)
    }

    /// The permission that it needs.
    pub const fn permission(self) -> Permission {
        match self {
            FirstStep::Profile => Permission::UseSession,
            FirstStep::Hours | FirstStep::Calendar => Permission::UseInbox,
            FirstStep::Place => Permission::EditRouting,
            FirstStep::Answers => Permission::EditKnowledge,
            FirstStep::Mail | FirstStep::Slack | FirstStep::Crm => Permission::ManageConnections,
            FirstStep::Colleagues => Permission::ManageTeam,
            FirstStep::Site | FirstStep::Demo => Permission::ManageSites,
        }
    }

    /// Whether it can be put aside. Without a site nothing works, and the demo is kept by a setting of its own.
    pub const fn can_wait(self) -> bool {
        !matches!(self, FirstStep::Site | FirstStep::Demo)
    }
}
