//! Every stored table, classified once: what it holds, whose rows they are, and what becomes of them.
//!
//! Merging, erasing, rebuilding and copying read it. `tests/catalogue.rs` compares it with the schema: a table without
//! a line here fails.

use super::timer::{
    ACCOUNT_SCORE, CHAT_STATUS, LEAD_SCORE, MEETING_REMINDER, MEETING_STATUS, REMINDER, REPLY_MAIL, WAIT, WORKFLOW,
};
use Kind::{Configuration, Credential, Derived, Fact, Operational, Record};
use Owner::{Account, Browser, Conversation, Lead, Meeting, Member, Reservation, Run, Subject, Visitor};

/// The kind of a table's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Facts: events and statements.
    Fact,
    /// An identity, which is a fact, and derived columns beside it.
    Record,
    /// Computed from facts, and from nothing else.
    Derived,
    /// Settings of the team.
    Configuration,
    /// Hashes of what lets somebody in.
    Credential,
    /// State that servers need.
    Operational,
}

/// The owner of rows, with the column that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Lead(&'static str),
    Account(&'static str),
    /// A visitor's, by `site` and `visitor`, with which the key begins: a rebuild finds visitors here.
    Browser,
    /// A visitor's, by `site` and `visitor`.
    Visitor,
    /// A conversation's, and so of the lead that it is of.
    Conversation(&'static str),
    /// A meeting's, and so of the lead that it is of.
    Meeting(&'static str),
    /// A reservation's, likewise.
    Reservation(&'static str),
    /// A workflow run's, likewise.
    Run(&'static str),
    Member(&'static str),
    /// A lead's or an account's, by `kind` and `subject` of a timer.
    Subject,
}

/// The effect of a merge of leads on rows of the merged lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// None: the rows do not name the lead.
    Keep,
    /// Their column `lead` gets the id of the surviving lead.
    Move,
    /// The same, unless the surviving lead has a row; then they go.
    MoveIfNone,
    /// The same, for rows whose value of this column the surviving lead has in none; the others go.
    Unite(&'static str),
    Drop,
}

/// The effect of an erasure on rows of the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erase {
    /// None: they contain nothing of a lead.
    Keep,
    Delete,
    /// Deleted when no lead of the account is left.
    DeleteWithAccount,
    /// Those of the lead's instants on each visitor go (`erase_signals`); the rest is of others.
    DeleteBySpan,
    /// Deleted with the visitor's rows, and derived again from the remaining ones (`Derived::Browser`).
    Recut,
    /// Kept as claims of no person: `Claim::ERASED`, without a name.
    Disown,
    /// Kept without identifying data, with the receipt of the erasure.
    Redact,
    /// Counted again from the remaining rows.
    Recount,
    /// There are none: an erasure comes after all that was put off.
    CatchUp,
    /// They contain ids only, and a running server deletes them within two minutes.
    Expire,
}

/// The effect of a rebuild on rows of a lead or an account that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leftovers {
    /// None: they are not left over, or are facts.
    Keep,
    Drop,
    /// Counted again.
    Recount,
}

#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    pub kind: Kind,
    /// The owners of its rows: the first owns them, the others are named beside it. Empty for rows of no person.
    pub owners: &'static [Owner],
    /// The effect of a merge of two leads.
    pub merge: Merge,
    /// The effect of an erasure of a lead.
    pub erase: Erase,
    /// The effect of the end of a rebuild.
    pub leftovers: Leftovers,
    /// The column that the database numbers.
    pub serial: Option<&'static str>,
    /// Whether SQLite has none.
    pub is_only_in_postgres: bool,
}

/// All tables. An erasure goes through them in this order: what hangs on a conversation stands before `conversations`,
/// what is counted from others stands after them.
pub static CATALOGUE: &[Table] = &[
    table(Fact, "signals", &[Browser], Merge::Keep, Erase::DeleteBySpan),
    table(Derived, "arrivals", &[Visitor], Merge::Keep, Erase::DeleteBySpan),
    table(Fact, "carry_overs", &[Browser], Merge::Keep, Erase::DeleteBySpan),
    table(Operational, "backlog", &[Visitor], Merge::Keep, Erase::CatchUp).numbered("number"),
    table(Fact, "claims", &[Lead("lead"), Browser], Merge::Move, Erase::Disown),
    table(Derived, "spans", &[Lead("lead"), Browser], Merge::Move, Erase::Recut),
    table(Derived, "session_sequences", &[Visitor], Merge::Keep, Erase::Recut),
    table(Fact, "messages", &[Conversation("conversation"), Member("rep")], Merge::Keep, Erase::Delete),
    table(Fact, "member_reads", &[Conversation("conversation"), Member("member")], Merge::Keep, Erase::Delete),
    table(Fact, "notes", &[Conversation("conversation"), Member("member")], Merge::Keep, Erase::Delete),
    table(Fact, "mentions", &[Conversation("conversation"), Member("member")], Merge::Keep, Erase::Delete),
    table(Fact, "invitations", &[Conversation("conversation"), Visitor, Member("rep")], Merge::Keep, Erase::Delete),
    table(Credential, "secrets", &[Conversation("conversation"), Member("member")], Merge::Keep, Erase::Delete),
    table(Operational, "slack_posts", &[Conversation("conversation")], Merge::Keep, Erase::Delete),
    table(Fact, "received_mails", &[Conversation("conversation")], Merge::Keep, Erase::Delete),
    table(Fact, "visitor_facts", &[Conversation("conversation")], Merge::Keep, Erase::Delete),
    table(Fact, "conversations", &[Lead("lead"), Visitor], Merge::Move, Erase::Delete),
    table(Fact, "chat_facts", &[Lead("lead")], Merge::Move, Erase::Delete).numbered("delivery"),
    table(Derived, "chats", &[Lead("lead")], Merge::MoveIfNone, Erase::Delete).left_over(Leftovers::Drop),
    table(Fact, "meeting_facts", &[Lead("lead")], Merge::Move, Erase::Delete).numbered("delivery"),
    table(Derived, "meeting_leads", &[Lead("lead")], Merge::MoveIfNone, Erase::Delete).left_over(Leftovers::Drop),
    table(Operational, "slack_lead_posts", &[Lead("lead")], Merge::Move, Erase::Delete),
    table(Derived, "reserved_minutes", &[Reservation("reservation")], Merge::Keep, Erase::Delete),
    table(Fact, "reservations", &[Lead("lead")], Merge::Move, Erase::Delete),
    table(Operational, "unconfirmed_bookings", &[Lead("lead")], Merge::Move, Erase::Delete),
    table(Operational, "booking_keys", &[Meeting("meeting")], Merge::Keep, Erase::Delete),
    table(Operational, "slack_meeting_posts", &[Meeting("meeting")], Merge::Keep, Erase::Delete),
    table(Operational, "meeting_news", &[Meeting("meeting"), Member("member")], Merge::Keep, Erase::Delete),
    table(Fact, "meetings", &[Lead("lead"), Member("owner")], Merge::Move, Erase::Delete),
    table(Operational, "waits_told", &[Lead("lead"), Member("member")], Merge::Unite("member"), Erase::Delete),
    table(Fact, "decisions", &[Lead("lead")], Merge::Move, Erase::Delete),
    table(Fact, "custom_values", &[Lead("lead")], Merge::Move, Erase::Delete),
    table(Fact, "contact_details", &[Lead("lead"), Member("member")], Merge::Move, Erase::Delete),
    table(Fact, "lead_tags", &[Lead("lead"), Member("member")], Merge::Unite("tag"), Erase::Delete),
    table(Fact, "suggested_wordings", &[Lead("lead")], Merge::Unite("text"), Erase::Delete),
    table(Fact, "reminders", &[Lead("lead"), Member("member")], Merge::Move, Erase::Delete),
    table(Fact, "type_decisions", &[Lead("lead")], Merge::Move, Erase::Delete),
    table(Derived, "bucket_changes", &[Lead("lead")], Merge::Drop, Erase::Delete).left_over(Leftovers::Drop),
    table(Derived, "timers", &[Subject], Merge::Drop, Erase::Delete).left_over(Leftovers::Drop),
    table(Fact, "files", &[Lead("lead"), Conversation("conversation")], Merge::Move, Erase::Delete),
    table(Fact, "merged_leads", &[Lead("lead")], Merge::Move, Erase::Delete),
    table(Fact, "contact_merges", &[Lead("lead"), Member("member")], Merge::Move, Erase::Delete),
    table(Fact, "mail_stops", &[Lead("lead")], Merge::MoveIfNone, Erase::Delete),
    table(Fact, "mail_bounces", &[Lead("lead")], Merge::Unite("address"), Erase::Delete),
    table(Fact, "workflow_log", &[Run("run")], Merge::Keep, Erase::Delete),
    table(Fact, "workflow_effects", &[Run("run")], Merge::Keep, Erase::Delete),
    table(Fact, "workflow_nudges", &[Run("run")], Merge::Keep, Erase::Delete),
    table(Fact, "workflow_runs", &[Lead("lead")], Merge::Move, Erase::Delete),
    table(Fact, "workflow_refusals", &[Lead("lead")], Merge::Unite("id"), Erase::Delete),
    table(Fact, "workflow_known", &[Lead("lead")], Merge::MoveIfNone, Erase::Delete),
    table(Fact, "workflow_mail_stops", &[Lead("lead")], Merge::MoveIfNone, Erase::Delete),
    table(Operational, "outbox", &[Lead("lead")], Merge::Move, Erase::Delete),
    table(Fact, "person_enrichments", &[Lead("lead")], Merge::MoveIfNone, Erase::Delete),
    table(Fact, "crm_records", &[Lead("lead")], Merge::MoveIfNone, Erase::Delete),
    table(Fact, "crm_writes", &[Lead("lead")], Merge::Move, Erase::Delete),
    table(Fact, "crm_known", &[Lead("lead")], Merge::MoveIfNone, Erase::Delete),
    table(Record, "leads", &[Lead("id"), Account("account")], Merge::Drop, Erase::Delete),
    table(Record, "accounts", &[Account("id")], Merge::Keep, Erase::DeleteWithAccount),
    table(Fact, "company_enrichments", &[Account("account")], Merge::Keep, Erase::DeleteWithAccount),
    table(Derived, "turns", &[], Merge::Keep, Erase::Recount).left_over(Leftovers::Recount),
    table(Fact, "crm_companies", &[], Merge::Keep, Erase::Keep),
    table(Fact, "horizons", &[], Merge::Keep, Erase::Keep),
    // Counts of browsers, which name none.
    table(Fact, "visit_counts", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "sites", &[], Merge::Keep, Erase::Keep).numbered("id"),
    table(Configuration, "members", &[Member("id")], Merge::Keep, Erase::Keep),
    table(Configuration, "member_pictures", &[Member("member")], Merge::Keep, Erase::Keep),
    table(Credential, "passwords", &[Member("member")], Merge::Keep, Erase::Keep),
    table(Configuration, "notification_settings", &[Member("member")], Merge::Keep, Erase::Keep),
    table(Configuration, "report_mails", &[Member("member")], Merge::Keep, Erase::Keep),
    table(Configuration, "push_devices", &[Member("member")], Merge::Keep, Erase::Keep),
    table(Configuration, "calendar_accounts", &[Member("member")], Merge::Keep, Erase::Keep),
    table(Configuration, "first_steps", &[Member("member")], Merge::Keep, Erase::Keep),
    table(Operational, "presence", &[Member("member")], Merge::Keep, Erase::Keep),
    table(Configuration, "settings", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "links", &[Member("owner")], Merge::Keep, Erase::Keep),
    table(Configuration, "looks", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "look_pictures", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "rules", &[Member("saved_by")], Merge::Keep, Erase::Keep),
    table(Configuration, "workflows", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "workflow_versions", &[Member("saved_by")], Merge::Keep, Erase::Keep),
    table(Configuration, "workflow_settings", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "segment_templates", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "saved_replies", &[Member("member")], Merge::Keep, Erase::Keep),
    table(Configuration, "tags", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "integrations", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "saved_views", &[Member("member")], Merge::Keep, Erase::Keep),
    table(Configuration, "answers", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "knowledge_sources", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "passages", &[], Merge::Keep, Erase::Keep),
    table(Operational, "knowledge_versions", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "playbooks", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "settled_questions", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "test_sentences", &[], Merge::Keep, Erase::Keep),
    table(Operational, "slack_people", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "destinations", &[], Merge::Keep, Erase::Keep),
    table(Configuration, "subscriptions", &[], Merge::Keep, Erase::Keep),
    table(Fact, "audit", &[Lead("lead")], Merge::Move, Erase::Redact).numbered("id"),
    table(Operational, "redeemed_handoffs", &[], Merge::Keep, Erase::Keep),
    // Hashes of addresses, for a day.
    table(Operational, "mails_sent", &[], Merge::Keep, Erase::Keep),
    table(Operational, "outbox_last", &[], Merge::Keep, Erase::Keep),
    table(Operational, "clock", &[], Merge::Keep, Erase::Keep),
    table(Operational, "notices", &[], Merge::Keep, Erase::Expire).numbered("id").only_in_postgres(),
    // Removed with the rows of `files` by who erases.
    table(Fact, "file_pieces", &[], Merge::Keep, Erase::Keep).only_in_postgres(),
    table(Operational, "last_writer", &[], Merge::Keep, Erase::Keep).only_in_postgres(),
    table(Operational, "steps", &[], Merge::Keep, Erase::Keep).only_in_postgres(),
];

const fn table(kind: Kind, name: &'static str, owners: &'static [Owner], merge: Merge, erase: Erase) -> Table {
    let (leftovers, serial, is_only_in_postgres) = (Leftovers::Keep, None, false);
    Table { name, kind, owners, merge, erase, leftovers, serial, is_only_in_postgres }
}

/// The kinds of timers that are of a lead.
fn leads_timers() -> String {
    let kinds = [LEAD_SCORE, CHAT_STATUS, REPLY_MAIL, WAIT, MEETING_STATUS, MEETING_REMINDER, REMINDER, WORKFLOW]
        .map(|kind| kind.to_string());
    kinds.join(", ")
}

impl Table {
    const fn left_over(self, leftovers: Leftovers) -> Table {
        Table { leftovers, ..self }
    }

    const fn numbered(self, column: &'static str) -> Table {
        Table { serial: Some(column), ..self }
    }

    const fn only_in_postgres(self) -> Table {
        Table { is_only_in_postgres: true, ..self }
    }

    /// The condition by which rows are of the lead `?1`, or of the visitors and the account that are theirs.
    pub fn of_lead(&self) -> Option<String> {
        match self.owners.first()? {
            Lead(column) => Some(format!("{column} = ?1")),
            Conversation(column) => Some(format!("{column} IN (SELECT id FROM conversations WHERE lead = ?1)")),
            Meeting(column) => Some(format!("{column} IN (SELECT id FROM meetings WHERE lead = ?1)")),
            Reservation(column) => Some(format!("{column} IN (SELECT id FROM reservations WHERE lead = ?1)")),
            Run(column) => Some(format!("{column} IN (SELECT id FROM workflow_runs WHERE lead = ?1)")),
            Subject => Some(format!("kind IN ({kinds}) AND subject = ?1", kinds = leads_timers())),
            Browser | Visitor => Some("(site, visitor) IN (SELECT site, visitor FROM spans WHERE lead = ?1)".into()),
            Account(column) => Some(format!("{column} IN (SELECT account FROM leads WHERE id = ?1)")),
            Member(_) => None,
        }
    }

    /// The condition by which rows are of the account `?1` alone.
    pub(crate) fn of_account(&self) -> Option<String> {
        match self.owners.first()? {
            Account(column) => Some(format!("{column} = ?1")),
            Subject => Some(format!("kind = {ACCOUNT_SCORE} AND subject = ?1")),
            Lead(_) | Conversation(_) | Meeting(_) | Reservation(_) | Run(_) | Browser | Visitor | Member(_) => None,
        }
    }

    /// The SQL condition for rows of a lead or an account that does not exist.
    pub(crate) fn orphaned(&self) -> Option<String> {
        // The history of a contact that was merged by hand waits for the undo of the merge.
        let leads = "NOT IN (SELECT id FROM leads UNION ALL SELECT former FROM contact_merges)";
        let accounts = "NOT IN (SELECT id FROM accounts)";
        match self.owners.first()? {
            Lead(column) => Some(format!("{column} {leads}")),
            Account(column) => Some(format!("{column} {accounts}")),
            Subject => Some(format!(
                "kind IN ({kinds}) AND subject {leads} OR kind = {ACCOUNT_SCORE} AND subject {accounts}",
                kinds = leads_timers()
            )),
            Conversation(_) | Meeting(_) | Reservation(_) | Run(_) | Browser | Visitor | Member(_) => None,
        }
    }
}
