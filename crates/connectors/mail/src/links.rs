//! The addresses that stand in letters, and the look of letters to leads.

use crate::brand::{Brand, BrandOf};
use knock_agent::Language;
use knock_model::{ConversationId, LeadId, MeetingId, Millis};
use knock_ports::{ConfirmationMail, MeetingParty, ReplyMail};

/// Addresses that stand in letters, made when they are sent.
pub trait Links: Send + Sync {
    /// The page where a sign-in link is used.
    fn sign_in(&self, link: &str) -> String;

    /// The address at which a lead unsubscribes, in their language.
    fn unsubscribe(&self, lead: LeadId, language: Language) -> String;

    /// The address at which a lead ends mails of workflows, in their language.
    fn stop_workflow_mail(&self, lead: LeadId, language: Language) -> String;

    /// The hosted page where the conversation of a mail that was written at `at` goes on, on any device.
    fn conversation(&self, mail: &ReplyMail, at: Millis) -> String;

    /// The signed tag by which an answer to a mail reaches its conversation; part of an address.
    fn reply_tag(&self, conversation: ConversationId) -> String;

    /// The page of a conversation in the inbox.
    fn inbox(&self, conversation: &str) -> String;

    /// The page where a member sets of what they are notified.
    fn notification_settings(&self) -> String;

    /// The page of reports in the dashboard.
    fn reports(&self) -> String;

    /// The page where members connect their calendars.
    fn calendar_settings(&self) -> String;

    /// The page where a lead moves or cancels a meeting.
    fn manage_meeting(&self, meeting: MeetingId) -> String;

    /// The page where the owner of an address confirms a booking.
    fn confirm_booking(&self, mail: &ConfirmationMail) -> String;

    /// The page of a lead in the dashboard.
    fn contact(&self, lead: LeadId) -> String;

    /// The page of a meeting in the dashboard.
    fn meeting(&self, meeting: MeetingId) -> String;

    /// The look of a site in mails to its leads.
    fn brand(&self, _: BrandOf) -> Brand {
        Brand::default()
    }

    /// The sender of all mails; without an address where none is known.
    fn sender(&self) -> MeetingParty;
}
