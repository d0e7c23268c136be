//! Roles, permissions, and the one table between them.

use crate::{spelled, vocabulary};

vocabulary! {
    /// The role of a member of the team, or of a program with an API key.
    Role {
        /// Runs the workspace: everything.
        Admin = "admin",
        /// Runs a team of reps: their work, the rules by which leads come to them, and how that goes.
        Manager = "manager",
        /// Talks to leads.
        Rep = "rep",
        /// A server that sends signals; no member.
        Ingest = "ingest",
    }
}

spelled!(Role);

vocabulary! {
    /// Whether a member is on the team.
    MemberState {
        /// Invited; has not signed in yet.
        Invited = "invited",
        /// Has signed in.
        Active = "active",
        /// Was removed: stays for what names them, and may do nothing.
        Removed = "removed",
    }
}

spelled!(MemberState);

vocabulary! {
    /// Whether a member takes leads, as they set it themselves.
    #[derive(Default)]
    AvailabilityState {
        /// Takes leads within the working hours.
        #[default]
        Active = "active",
        /// Takes none for a while.
        Away = "away",
    }
}

spelled!(AvailabilityState);

vocabulary! {
    /// The funnels to which working hours apply.
    #[derive(Default)]
    HoursFor {
        /// Chats and meetings.
        #[default]
        All = "all",
        /// Meetings; chats come at any time.
        Meetings = "meetings",
    }
}

spelled!(HoursFor);

vocabulary! {
    /// A permission that a request needs; handlers name one of these, never a role.
    Permission {
        /// The identity and the sessions of the caller.
        UseSession = "use_session",
        /// The inbox: chats, messages, what is done with a lead.
        UseInbox = "use_inbox",
        /// The saved replies of the team; those of one's own need the inbox alone.
        EditReplies = "edit_replies",
        /// The names and colours of tags, and their deletion; setting them needs the inbox alone.
        EditTags = "edit_tags",
        /// Contacts, accounts, what they did, and the live feed.
        SeeRecords = "see_records",
        /// Merging two contacts, and undoing it.
        MergeContacts = "merge_contacts",
        /// Routing rules and the rules of links.
        EditRouting = "edit_routing",
        /// Workflows, their runs and their dry run.
        ManageWorkflows = "manage_workflows",
        /// The knowledge of the AI agent about each site.
        SeeKnowledge = "see_knowledge",
        /// The questions, answers and sources that it knows from.
        EditKnowledge = "edit_knowledge",
        /// Reports, the decisions of routing, what-if, and the backtest of scores.
        SeeReports = "see_reports",
        /// The members of the team.
        SeeTeam = "see_team",
        /// Members and their roles.
        ManageTeam = "manage_team",
        /// Sites, their snippets and secrets, and what of their signals was refused.
        ManageSites = "manage_sites",
        /// Webhooks and mail.
        ManageConnections = "manage_connections",
        /// The audit log.
        SeeAudit = "see_audit",
        /// Exporting and erasing what is stored of persons.
        ManagePersons = "manage_persons",
        /// Signals of a server, which names no origin.
        SendSignals = "send_signals",
    }
}

impl Permission {
    /// The description, as a phrase after "may".
    pub const fn description(self) -> &'static str {
        match self {
            Permission::UseSession => "sign in",
            Permission::UseInbox => "read and answer chats",
            Permission::EditReplies => "change the saved replies of the team",
            Permission::EditTags => "rename, recolour and delete tags",
            Permission::SeeRecords => "see contacts, accounts and what they did",
            Permission::MergeContacts => "merge contacts",
            Permission::EditRouting => "see and change routing rules and links",
            Permission::ManageWorkflows => "see and change workflows",
            Permission::SeeKnowledge => "see what the AI agent knows",
            Permission::EditKnowledge => "change what the AI agent knows",
            Permission::SeeReports => "see reports",
            Permission::SeeTeam => "see who is on the team",
            Permission::ManageTeam => "invite members, change their roles and remove them",
            Permission::ManageSites => "see and change sites",
            Permission::ManageConnections => "see and change webhooks and mail",
            Permission::SeeAudit => "see the audit log",
            Permission::ManagePersons => "export and erase what is stored of persons",
            Permission::SendSignals => "send signals from a server",
        }
    }
}

impl Role {
    /// Whether a member can have it; the others are of API keys only.
    pub const fn is_of_members(self) -> bool {
        match self {
            Role::Admin | Role::Manager | Role::Rep => true,
            Role::Ingest => false,
        }
    }

    /// The lesser of two roles of members: a key acts within its own role and that of its member.
    #[must_use]
    pub const fn within(self, other: Role) -> Role {
        match (self, other) {
            (Role::Ingest, _) | (_, Role::Ingest) => Role::Ingest,
            (Role::Rep, _) | (_, Role::Rep) => Role::Rep,
            (Role::Manager, _) | (_, Role::Manager) => Role::Manager,
            (Role::Admin, Role::Admin) => Role::Admin,
        }
    }

    /// Whether it has a permission: the one place where that is decided.
    pub const fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::UseSession | Permission::UseInbox | Permission::SeeRecords | Permission::SeeKnowledge => {
                matches!(self, Role::Admin | Role::Manager | Role::Rep)
            }
            Permission::EditReplies
            | Permission::EditTags
            | Permission::MergeContacts
            | Permission::EditRouting
            | Permission::ManageWorkflows
            | Permission::EditKnowledge
            | Permission::SeeReports
            | Permission::SeeTeam => {
                matches!(self, Role::Admin | Role::Manager)
            }
            Permission::ManageTeam
            | Permission::ManageSites
            | Permission::ManageConnections
            | Permission::SeeAudit
            | Permission::ManagePersons => matches!(self, Role::Admin),
            Permission::SendSignals => matches!(self, Role::Admin | Role::Ingest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(role: Role) -> usize {
        Permission::ALL.iter().filter(|permission| role.may(**permission)).count()
    }

    #[test]
    fn an_admin_may_do_all_and_a_manager_all_that_a_rep_may() {
        assert_eq!(count(Role::Admin), Permission::ALL.len());
        for permission in Permission::ALL {
            assert!(!Role::Rep.may(*permission) || Role::Manager.may(*permission), "{}", permission.as_str());
        }
    }

    #[test]
    fn the_lesser_of_two_roles_may_only_what_both_may() {
        for (one, other) in Role::ALL.iter().flat_map(|one| Role::ALL.iter().map(move |other| (*one, *other))) {
            for permission in Permission::ALL {
                let both = one.may(*permission) && other.may(*permission);
                assert!(!one.within(other).may(*permission) || both || Role::Ingest == one.within(other));
            }
            assert_eq!(one.within(other), other.within(one));
        }
        assert_eq!(Role::Admin.within(Role::Rep), Role::Rep);
    }

    #[test]
    fn a_server_that_sends_signals_may_do_nothing_else() {
        assert!(Role::Ingest.may(Permission::SendSignals) && !Role::Ingest.is_of_members());
        assert_eq!(count(Role::Ingest), 1);
    }
}
