//! Examples of bodies: the golden files of `tests/wire`, which are tested to be what is written and read.

use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, RefOr};

/// The golden file of a schema.
macro_rules! example {
    ($schema:literal, $file:literal) => {
        ($schema, include_str!(concat!("../../../../../../tests/wire/", $file, ".json")))
    };
}

const EXAMPLES: &[(&str, &str)] = &[
    example!("AccountPage", "account_page"),
    example!("AccountRecord", "account_record"),
    example!("AgentSettings", "agent_settings"),
    example!("ApiKeyCreated", "api_key_created"),
    example!("ApiKeyDraft", "api_key_draft"),
    example!("ApiKeyList", "api_key_list"),
    example!("AssignDraft", "assign_draft"),
    example!("AssigneeList", "assignee_list"),
    example!("AuditPage", "audit_page"),
    example!("Availability", "availability"),
    example!("AvailabilityChange", "availability_change"),
    example!("AvailabilityNow", "availability_now"),
    example!("HolidayCountries", "holiday_countries"),
    example!("HolidayList", "holiday_list"),
    example!("MeetingSettings", "meeting_settings"),
    example!("Backtest", "backtest"),
    example!("Batch", "signals_batch"),
    example!("BookingActivity", "booking_activity"),
    example!("BookingEmail", "booking_email"),
    example!("BookingRequest", "booking_request"),
    example!("BookingStart", "booking_start"),
    example!("BookingStarted", "booking_started"),
    example!("BookingVerdict", "booking_verdict"),
    example!("CalendarConnection", "calendar_connection"),
    example!("CalendarDraft", "calendar_draft"),
    example!("CalendarHealth", "calendar_health"),
    example!("CancelDraft", "cancel_draft"),
    example!("ChatStart", "chat_start"),
    example!("ChatStarted", "chat_started"),
    example!("ContactPage", "contact_page"),
    example!("ContactRecord", "contact_record"),
    example!("ContactsActed", "contacts_acted"),
    example!("ContactsAction", "contacts_action"),
    example!("ConversationPage", "conversation_page_of_view"),
    example!("ConversationRecord", "conversation_record"),
    example!("DashboardPresence", "dashboard_presence"),
    example!("DecisionPage", "decision_page"),
    example!("DeliveryPage", "delivery_page"),
    example!("ErasureReceipt", "erasure_receipt"),
    example!("FileStored", "file_stored"),
    example!("HandoffArrival", "handoff_arrival"),
    example!("HandoffStart", "handoff_start"),
    example!("HandoffToken", "handoff_token"),
    example!("HandoffVisitor", "handoff_visitor"),
    example!("HoldMade", "hold_made"),
    example!("InternalNote", "internal_note"),
    example!("Invitation", "invitation"),
    example!("KnowledgeList", "knowledge_list"),
    example!("KnowledgeSites", "knowledge_sites"),
    example!("KnowledgeSource", "knowledge_source"),
    example!("KnowledgeSourceDraft", "knowledge_source_draft"),
    example!("KnowledgeSourceRecord", "knowledge_source_record"),
    example!("KnowledgeTried", "knowledge_tried_page"),
    example!("KnowledgeTryAsk", "knowledge_try_ask"),
    example!("KnownAnswer", "known_answer"),
    example!("KnownAnswerChange", "known_answer_change"),
    example!("KnownAnswerDraft", "known_answer_draft"),
    example!("LeadAction", "lead_action_reject"),
    example!("LinkAnswer", "session_link_answer"),
    example!("LinkAsk", "session_link_ask"),
    example!("LinkAddressAsk", "link_address_ask"),
    example!("LinkAddressList", "link_address_list"),
    example!("LinkChange", "link_change"),
    example!("LinkDraft", "link_draft"),
    example!("LinkList", "link_list"),
    example!("LinkShown", "link_shown"),
    example!("LinkRule", "link_rule"),
    example!("MailPage", "mail_page"),
    example!("MeetingLeadPage", "meeting_lead_page"),
    example!("MeetingPage", "meeting_page"),
    example!("MeetingPatch", "meeting_patch"),
    example!("MeetingRow", "meeting_row"),
    example!("MeetingShown", "meeting_shown"),
    example!("MeetingSlots", "meeting_slots"),
    example!("Member", "member"),
    example!("MemberChange", "member_change"),
    example!("MemberDraft", "member_draft"),
    example!("MemberList", "member_list"),
    example!("MessageDraft", "message_draft"),
    example!("MessageList", "message_list"),
    example!("MessageStored", "message_stored"),
    example!("NoteDraft", "note_draft"),
    example!("NotificationSettings", "notification_settings"),
    example!("PasswordDraft", "password_draft"),
    example!("PasswordRemoval", "password_removal"),
    example!("PasswordSignIn", "password_sign_in"),
    example!("PasswordState", "password_state"),
    example!("PersonAsk", "person_ask"),
    example!("Playbook", "playbook"),
    example!("PlaybookDraft", "playbook_draft"),
    example!("PlaybookList", "playbook_list"),
    example!("PlaybookVersions", "playbook_versions"),
    example!("PresenceDraft", "presence_draft"),
    example!("Preview", "preview"),
    example!("PreviewAsk", "preview_ask"),
    example!("Privacy", "privacy"),
    example!("PrivacyChange", "privacy_change"),
    example!("Problem", "problem_of_a_field"),
    example!("PushDevices", "push_devices"),
    example!("PushSubscription", "push_subscription"),
    example!("QuestionDismissal", "question_dismissal"),
    example!("ReadMark", "read_mark"),
    example!("RefusedList", "refused_list"),
    example!("RepList", "rep_list"),
    example!("RepRow", "rep_row"),
    example!("RescheduleDraft", "reschedule_draft"),
    example!("Rule", "rule_chat"),
    example!("RuleInputs", "rule_inputs"),
    example!("RuleList", "rule_list"),
    example!("RuleMatches", "rule_matches"),
    example!("RuleMatchesAsk", "rule_matches_ask"),
    example!("TesterLeads", "tester_leads"),
    example!("SavedReply", "saved_reply"),
    example!("SavedReplyDraft", "saved_reply_draft"),
    example!("SavedReplyList", "saved_reply_list"),
    example!("SavedView", "saved_view"),
    example!("SavedViewDraft", "saved_view_draft"),
    example!("SavedViewList", "saved_view_list"),
    example!("ScoreCourse", "score_course"),
    example!("SendAgainAsk", "send_again_ask"),
    example!("SentAgain", "sent_again"),
    example!("SessionList", "session_list"),
    example!("SessionStart", "session_start"),
    example!("SessionState", "session_state"),
    example!("SignalsReply", "signals_reply"),
    example!("SignInLink", "sign_in_link"),
    example!("SignInMethods", "sign_in_methods"),
    example!("Site", "site"),
    example!("SiteDraft", "site_draft"),
    example!("SiteList", "site_list"),
    example!("SlotList", "slot_list"),
    example!("SlotTaken", "slot_taken"),
    example!("TimelinePage", "timeline_page"),
    example!("UnansweredList", "unanswered_list"),
    example!("WaitingChats", "waiting_chats"),
    example!("Webhook", "webhook"),
    example!("WebhookDraft", "webhook_draft"),
    example!("WebhookList", "webhook_list"),
    example!("WhatIf", "what_if"),
    example!("WhatIfAsk", "what_if_ask"),
];

/// Adds an example to every body whose schema has one.
pub(super) fn add(operation: &mut Operation) {
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.content.values_mut().for_each(add_to);
    }
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            response.content.values_mut().for_each(add_to);
        }
    }
}

fn add_to(content: &mut RefOr<Content>) {
    let RefOr::T(content) = content else { return };
    let Some(RefOr::Ref(schema)) = &content.schema else { return };
    let name = schema.ref_location.rsplit('/').next();
    let example = EXAMPLES.iter().find(|(schema, _)| Some(*schema) == name);
    content.example = example.and_then(|(_, json)| serde_json::from_str(json).ok());
}
