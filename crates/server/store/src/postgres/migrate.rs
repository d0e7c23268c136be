//! The tables, brought up to date in one transaction: all steps that are missing, or none.

use super::rights::{explained, must_write};
use super::session::Session;
use crate::sql::Db;
use crate::statement::params;
use knock_ports::StoreError;

/// Steps are added, never changed.
pub(super) const STEPS: &[&str] = &[
    include_str!("../../migrations/postgres/0001_start.sql"),
    include_str!("../../migrations/postgres/0002_notices.sql"),
    include_str!("../../migrations/postgres/0003_audit.sql"),
    include_str!("../../migrations/postgres/0004_retention.sql"),
    include_str!("../../migrations/postgres/0005_backlog.sql"),
    include_str!("../../migrations/postgres/0006_arrivals.sql"),
    include_str!("../../migrations/postgres/0007_last_writer.sql"),
    include_str!("../../migrations/postgres/0008_backlog_bytes.sql"),
    include_str!("../../migrations/postgres/0009_outbox.sql"),
    include_str!("../../migrations/postgres/0010_destinations.sql"),
    include_str!("../../migrations/postgres/0011_files.sql"),
    include_str!("../../migrations/postgres/0012_mail.sql"),
    include_str!("../../migrations/postgres/0013_members.sql"),
    include_str!("../../migrations/postgres/0014_secrets.sql"),
    include_str!("../../migrations/postgres/0015_clock.sql"),
    include_str!("../../migrations/postgres/0016_merged_leads.sql"),
    include_str!("../../migrations/postgres/0017_audit_log.sql"),
    include_str!("../../migrations/postgres/0018_sites.sql"),
    include_str!("../../migrations/postgres/0019_contacts.sql"),
    include_str!("../../migrations/postgres/0020_access.sql"),
    include_str!("../../migrations/postgres/0021_agent.sql"),
    include_str!("../../migrations/postgres/0022_lead_lists.sql"),
    include_str!("../../migrations/postgres/0023_knowledge.sql"),
    include_str!("../../migrations/postgres/0024_playbooks.sql"),
    include_str!("../../migrations/postgres/0025_openers.sql"),
    include_str!("../../migrations/postgres/0026_inbox.sql"),
    include_str!("../../migrations/postgres/0027_member_reads.sql"),
    include_str!("../../migrations/postgres/0028_availability.sql"),
    include_str!("../../migrations/postgres/0029_notifications.sql"),
    include_str!("../../migrations/postgres/0030_notes.sql"),
    include_str!("../../migrations/postgres/0031_saved_replies.sql"),
    include_str!("../../migrations/postgres/0032_file_pieces.sql"),
    include_str!("../../migrations/postgres/0033_message_files.sql"),
    include_str!("../../migrations/postgres/0034_meetings.sql"),
    include_str!("../../migrations/postgres/0035_links.sql"),
    include_str!("../../migrations/postgres/0036_calendars.sql"),
    include_str!("../../migrations/postgres/0037_rules.sql"),
    include_str!("../../migrations/postgres/0038_segment_templates.sql"),
    include_str!("../../migrations/postgres/0039_custom_values.sql"),
    include_str!("../../migrations/postgres/0040_message_cards.sql"),
    include_str!("../../migrations/postgres/0041_enrichment.sql"),
    include_str!("../../migrations/postgres/0042_slack.sql"),
    include_str!("../../migrations/postgres/0043_crm.sql"),
    include_str!("../../migrations/postgres/0044_peer_notices.sql"),
    include_str!("../../migrations/postgres/0045_slack_meetings.sql"),
    include_str!("../../migrations/postgres/0046_session_sequences.sql"),
    include_str!("../../migrations/postgres/0047_identified.sql"),
    include_str!("../../migrations/postgres/0048_redeemed_handoffs.sql"),
    include_str!("../../migrations/postgres/0049_mails_sent.sql"),
    include_str!("../../migrations/postgres/0050_unconfirmed_bookings.sql"),
    include_str!("../../migrations/postgres/0051_calendar_accounts.sql"),
    include_str!("../../migrations/postgres/0052_queue.sql"),
    include_str!("../../migrations/postgres/0053_work.sql"),
    include_str!("../../migrations/postgres/0054_profiles.sql"),
    include_str!("../../migrations/postgres/0055_contact_details.sql"),
    include_str!("../../migrations/postgres/0056_folding.sql"),
    include_str!("../../migrations/postgres/0057_inbox_filters.sql"),
    include_str!("../../migrations/postgres/0058_contact_merges.sql"),
    include_str!("../../migrations/postgres/0059_contact_progress.sql"),
    include_str!("../../migrations/postgres/0060_tags.sql"),
    include_str!("../../migrations/postgres/0061_mentions.sql"),
    include_str!("../../migrations/postgres/0062_reminders.sql"),
    include_str!("../../migrations/postgres/0063_invitations.sql"),
    include_str!("../../migrations/postgres/0064_booking_links.sql"),
    include_str!("../../migrations/postgres/0065_received_mail.sql"),
    include_str!("../../migrations/postgres/0066_wordings.sql"),
    include_str!("../../migrations/postgres/0068_test_sentences.sql"),
    include_str!("../../migrations/postgres/0069_playbooks_of_sites.sql"),
    include_str!("../../migrations/postgres/0072_sites_of_destinations.sql"),
    include_str!("../../migrations/postgres/0073_slack_lead_posts.sql"),
    include_str!("../../migrations/postgres/0076_integrations.sql"),
    include_str!("../../migrations/postgres/0077_crm_companies.sql"),
    include_str!("../../migrations/postgres/0078_looks.sql"),
    include_str!("../../migrations/postgres/0079_visitor_facts.sql"),
    include_str!("../../migrations/postgres/0081_link_greetings.sql"),
    include_str!("../../migrations/postgres/0082_meeting_news.sql"),
    include_str!("../../migrations/postgres/0084_first_steps.sql"),
    include_str!("../../migrations/postgres/0085_workflows.sql"),
    include_str!("../../migrations/postgres/0086_unread_events.sql"),
    include_str!("../../migrations/postgres/0087_calendar_tokens.sql"),
    include_str!("../../migrations/postgres/0088_calendar_channels.sql"),
    include_str!("../../migrations/postgres/0089_reports.sql"),
    include_str!("../../migrations/postgres/0090_report_mails.sql"),
    include_str!("../../migrations/postgres/0091_warehouse.sql"),
];

/// Runs the steps that this database has not seen. Servers that start together wait for each other.
///
/// # Errors
/// A role without the rights to make tables, or to write, is named, with what to grant.
pub(super) fn up(session: &mut Session) -> Result<(), StoreError> {
    must_write(session)?;
    run(session).map_err(|error| explained(session, error))
}

fn run(session: &mut Session) -> Result<(), StoreError> {
    session.be_patient(true);
    session.batch("BEGIN; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0")?;
    session.batch("SELECT pg_advisory_xact_lock(1802401643, hashtext(current_schema()))")?;
    session.batch("CREATE TABLE IF NOT EXISTS steps (number BIGINT NOT NULL PRIMARY KEY)")?;
    let db = Db(&*session);
    let done = db.one("SELECT COALESCE(MAX(number), 0) FROM steps", &[], |row| row.get::<i64>(0))?.unwrap_or_default();
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    if done > STEPS.len() {
        return Err(StoreError::Broken("the tables of the database are of a newer version of Knock".into()));
    }
    for (number, step) in (1i64..).zip(STEPS).skip(done) {
        session.batch(step)?;
        db.changed("INSERT INTO steps (number) VALUES (?1)", params![number])?;
    }
    if done < STEPS.len() {
        // What a server that still runs knows of before may be so no longer.
        session.batch("UPDATE last_writer SET server = 0")?;
    }
    session.batch("COMMIT")?;
    session.be_patient(false);
    Ok(())
}
