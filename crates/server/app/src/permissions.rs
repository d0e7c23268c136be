//! Every route of the server, and how each authorizes callers. `docs/permissions.md` is generated from this list, and
//! a test tries each line as every role.

use knock_model::Permission;

/// The authorization of a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// By this, without a role.
    Open(&'static str),
    /// By a role with this permission.
    Needs(Permission),
    /// By this, or with an API key whose role has this permission.
    OpenOrKey(&'static str, Permission),
}

/// What an API key has to be for a route, beside the permission of its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyNeeds {
    /// Nothing else.
    Role,
    /// Bound to a member or to an integration, who is the author.
    Author,
    /// Bound to a member.
    Member,
    /// No key: only a signed-in member.
    SignIn,
}

impl KeyNeeds {
    /// What is said of it after the permission.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            KeyNeeds::Role => "",
            KeyNeeds::Author => " An API key has to be bound to a member or to an integration.",
            KeyNeeds::Member => " An API key has to be bound to a member.",
            KeyNeeds::SignIn => " API keys are refused.",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Route {
    pub method: &'static str,
    /// The path, as the router has it.
    pub path: &'static str,
    /// Its name in generated clients, part of the contract; none if the API's document leaves it out.
    pub operation: Option<&'static str>,
    /// The authorization.
    pub gate: Gate,
    /// What an API key has to be.
    pub key: KeyNeeds,
}

impl Route {
    const fn key(self, key: KeyNeeds) -> Route {
        Route { key, ..self }
    }
}

use Gate::{Needs, Open, OpenOrKey};
use Permission::{
    EditKnowledge, EditRouting, EditTags, ManageConnections, ManagePersons, ManageSites, ManageTeam, MergeContacts,
    SeeAudit, SeeKnowledge, SeeRecords, SeeReports, SeeTeam, UseInbox, UseSession,
};

const AUTHOR: KeyNeeds = KeyNeeds::Author;
const OF_MEMBER: KeyNeeds = KeyNeeds::Member;
const SIGN_IN: KeyNeeds = KeyNeeds::SignIn;

const ANYONE: &str = "anyone";
const SITE_KEY: &str = "the key of a site, from one of its origins";
const SLACK: &str = "the signature of the Slack app";
const MAIL_PROVIDER: &str = "the secret in the address that the mail provider was given";
const INSTALLER: &str = "the session of the member who began to install the app, once";
const MEETING_TOKEN: &str = "the address in the invitation";
const CONFIRM_TOKEN: &str = "the address in the mail that asks to confirm a booking";
pub(crate) const MAILED_LINK: &str = "the link of a mailed reply";
pub(crate) const CHAT_TOKEN: &str = "the token of the conversation";

const fn route(method: &'static str, path: &'static str, gate: Gate) -> Route {
    Route { method, path, operation: None, gate, key: KeyNeeds::Role }
}

const fn operation(method: &'static str, path: &'static str, id: &'static str, gate: Gate) -> Route {
    Route { method, path, operation: Some(id), gate, key: KeyNeeds::Role }
}

/// All routes: those of the team, those of visitors, operations, pages.
pub const ROUTES: &[Route] = &[
    operation("POST", "/api/v1/session", "signIn", Open("a sign-in link, once")),
    operation("GET", "/api/v1/session/methods", "listSignInMethods", Open(ANYONE)),
    operation(
        "POST",
        "/api/v1/session/link",
        "mailSignInLink",
        Open("anyone: the link is mailed to a member's address"),
    ),
    operation("GET", "/api/v1/session", "getSession", Needs(UseSession)),
    operation("DELETE", "/api/v1/session", "signOut", Needs(UseSession)),
    operation("GET", "/api/v1/conversations", "listConversations", Needs(UseInbox)),
    operation("GET", "/api/v1/conversations/{id}", "getConversation", Needs(UseInbox)),
    operation("POST", "/api/v1/conversations/{id}/messages", "sendReply", Needs(UseInbox)).key(AUTHOR),
    operation("POST", "/api/v1/conversations/{id}/notes", "writeNote", Needs(UseInbox)).key(AUTHOR),
    operation("POST", "/api/v1/conversations/{id}/presence", "tellPresence", Needs(UseInbox)).key(OF_MEMBER),
    operation("POST", "/api/v1/conversations/{id}/files", "sendReplyFile", Needs(UseInbox)).key(OF_MEMBER),
    operation("POST", "/api/v1/conversations/{id}/actions", "actOnLead", Needs(UseInbox)),
    operation("POST", "/api/v1/conversations/{id}/read", "markConversationRead", Needs(UseInbox)).key(OF_MEMBER),
    operation("GET", "/api/v1/conversations/{id}/transcript", "saveTranscript", Needs(UseInbox)),
    operation("POST", "/api/v1/conversations/{id}/transcript", "mailTranscript", Needs(UseInbox)).key(OF_MEMBER),
    operation("DELETE", "/api/v1/conversations/{id}/bounce", "mailAnyway", Needs(UseInbox)),
    operation("GET", "/api/v1/notifications", "getNotificationSettings", Needs(UseSession)).key(SIGN_IN),
    operation("PUT", "/api/v1/notifications", "changeNotificationSettings", Needs(UseSession)).key(SIGN_IN),
    operation("GET", "/api/v1/notifications/team", "getTeamNotifications", Needs(UseInbox)),
    operation("PUT", "/api/v1/notifications/team", "changeTeamNotifications", Needs(EditRouting)),
    operation("GET", "/api/v1/reject-reasons", "getRejectReasons", Needs(UseInbox)),
    operation("PUT", "/api/v1/reject-reasons", "changeRejectReasons", Needs(EditRouting)),
    operation("GET", "/api/v1/notifications/waiting", "listWaitingChats", Needs(UseInbox)).key(SIGN_IN),
    operation("PUT", "/api/v1/notifications/presence", "notePresence", Needs(UseSession)).key(SIGN_IN),
    operation("GET", "/api/v1/notifications/devices", "listPushDevices", Needs(UseSession)).key(SIGN_IN),
    operation("POST", "/api/v1/notifications/devices", "addPushDevice", Needs(UseSession)).key(SIGN_IN),
    operation("POST", "/api/v1/notifications/devices/{id}/test", "testPushDevice", Needs(UseSession)).key(SIGN_IN),
    operation("DELETE", "/api/v1/notifications/devices/{id}", "removePushDevice", Needs(UseSession)).key(SIGN_IN),
    operation("GET", "/api/v1/assignees", "listAssignees", Needs(UseInbox)),
    operation("POST", "/api/v1/conversations/{id}/assign", "assignChat", Needs(UseInbox)),
    operation("GET", "/api/v1/replies", "listReplies", Needs(UseInbox)),
    operation("POST", "/api/v1/replies", "saveReply", Needs(UseInbox)),
    operation("PUT", "/api/v1/replies/{id}", "updateReply", Needs(UseInbox)),
    operation("DELETE", "/api/v1/replies/{id}", "deleteReply", Needs(UseInbox)),
    operation("GET", "/api/v1/contacts/{id}/reminders", "listReminders", Needs(UseInbox)).key(OF_MEMBER),
    operation("POST", "/api/v1/contacts/{id}/reminders", "addReminder", Needs(UseInbox)).key(OF_MEMBER),
    operation("DELETE", "/api/v1/reminders/{id}", "removeReminder", Needs(UseInbox)).key(OF_MEMBER),
    operation("GET", "/api/v1/tags", "listTags", Needs(UseInbox)),
    operation("POST", "/api/v1/tags", "createTag", Needs(UseInbox)),
    operation("PATCH", "/api/v1/tags/{id}", "changeTag", Needs(EditTags)),
    operation("DELETE", "/api/v1/tags/{id}", "deleteTag", Needs(EditTags)),
    operation("PUT", "/api/v1/contacts/{id}/tags/{tag}", "addContactTag", Needs(UseInbox)),
    operation("DELETE", "/api/v1/contacts/{id}/tags/{tag}", "removeContactTag", Needs(UseInbox)),
    operation("GET", "/api/v1/contacts", "listContacts", Needs(SeeRecords)),
    operation("GET", "/api/v1/contacts.csv", "exportContacts", Needs(SeeRecords)),
    operation("GET", "/api/v1/contacts/fields", "listContactFields", Needs(SeeRecords)),
    operation("POST", "/api/v1/contacts/actions", "actOnContacts", Needs(UseInbox)),
    operation("GET", "/api/v1/contacts/{id}", "getContact", Needs(SeeRecords)),
    operation("PATCH", "/api/v1/contacts/{id}", "changeContact", Needs(UseInbox)),
    operation("GET", "/api/v1/contacts/{id}/merge", "previewMerge", Needs(SeeRecords)),
    operation("POST", "/api/v1/contacts/{id}/merges", "mergeContacts", Needs(MergeContacts)),
    operation("DELETE", "/api/v1/contacts/{id}/merges/{merge}", "undoMerge", Needs(MergeContacts)),
    operation("GET", "/api/v1/contacts/{id}/score", "getContactScore", Needs(SeeRecords)),
    operation("GET", "/api/v1/accounts", "listAccounts", Needs(SeeRecords)),
    operation("GET", "/api/v1/accounts.csv", "exportAccounts", Needs(SeeRecords)),
    operation("GET", "/api/v1/accounts/{id}", "getAccount", Needs(SeeRecords)),
    operation("GET", "/api/v1/views", "listViews", Needs(SeeRecords)),
    operation("POST", "/api/v1/views", "saveView", Needs(SeeRecords)),
    operation("PUT", "/api/v1/views/{id}", "updateView", Needs(SeeRecords)),
    operation("DELETE", "/api/v1/views/{id}", "deleteView", Needs(SeeRecords)),
    operation("GET", "/api/v1/timeline", "listSignals", Needs(SeeRecords)),
    operation("GET", "/api/v1/live", "openLiveFeed", Needs(SeeRecords)),
    operation("GET", "/api/v1/visits", "listVisits", Needs(UseInbox)),
    operation("POST", "/api/v1/visits/messages", "writeToVisitor", Needs(UseInbox)).key(OF_MEMBER),
    operation("GET", "/api/v1/rules", "listRules", Needs(EditRouting)),
    operation("POST", "/api/v1/rules", "createRule", Needs(EditRouting)),
    operation("GET", "/api/v1/rules/inputs", "getRuleInputs", Needs(EditRouting)),
    operation("GET", "/api/v1/rules/tester", "listTesterLeads", Needs(EditRouting)),
    operation("POST", "/api/v1/rules/matches", "countRuleMatches", Needs(EditRouting)),
    operation("PUT", "/api/v1/rules/{id}", "updateRule", Needs(EditRouting)),
    operation("DELETE", "/api/v1/rules/{id}", "deleteRule", Needs(EditRouting)),
    operation("GET", "/api/v1/rules/{id}/versions", "listRuleVersions", Needs(EditRouting)),
    operation("GET", "/api/v1/rules/{id}/fairness", "getRuleFairness", Needs(EditRouting)),
    operation("GET", "/api/v1/segment-templates", "listSegmentTemplates", Needs(EditRouting)),
    operation("POST", "/api/v1/segment-templates", "createSegmentTemplate", Needs(EditRouting)),
    operation("PUT", "/api/v1/segment-templates/{id}", "updateSegmentTemplate", Needs(EditRouting)),
    operation("DELETE", "/api/v1/segment-templates/{id}", "deleteSegmentTemplate", Needs(EditRouting)),
    operation("GET", "/api/v1/custom-fields", "getCustomFields", Needs(EditRouting)),
    operation("PUT", "/api/v1/custom-fields", "defineCustomFields", Needs(EditRouting)),
    operation("PUT", "/api/v1/contacts/{id}/custom-fields", "setCustomFields", Needs(UseInbox)),
    operation("GET", "/api/v1/links", "listLinks", Needs(EditRouting)),
    operation("POST", "/api/v1/links", "createLink", Needs(EditRouting)),
    operation("PATCH", "/api/v1/links/{slug}", "changeLink", Needs(EditRouting)),
    operation("GET", "/api/v1/links/{slug}/qr.svg", "getLinkQrSvg", Needs(UseInbox)),
    operation("GET", "/api/v1/links/{slug}/qr.png", "getLinkQrPng", Needs(UseInbox)),
    operation("POST", "/api/v1/links/{slug}/addresses", "createLinkAddresses", Needs(EditRouting)),
    operation("PUT", "/api/v1/links/{slug}/rule", "setLinkRule", Needs(EditRouting)),
    operation("GET", "/api/v1/knowledge", "listKnowledge", Needs(SeeKnowledge)),
    operation("GET", "/api/v1/knowledge/sites", "listKnowledgeSites", Needs(SeeKnowledge)),
    operation("POST", "/api/v1/knowledge/try", "tryKnowledge", Needs(SeeKnowledge)),
    operation("GET", "/api/v1/knowledge/tests", "listTestSentences", Needs(SeeKnowledge)),
    operation("PUT", "/api/v1/knowledge/tests", "saveTestSentences", Needs(EditKnowledge)),
    operation("POST", "/api/v1/knowledge/tests/run", "runTestSentences", Needs(SeeKnowledge)),
    operation("POST", "/api/v1/knowledge/answers", "addAnswer", Needs(EditKnowledge)),
    operation("PATCH", "/api/v1/knowledge/answers/{id}", "changeAnswer", Needs(EditKnowledge)),
    operation("DELETE", "/api/v1/knowledge/answers/{id}", "deleteAnswer", Needs(EditKnowledge)),
    operation("POST", "/api/v1/knowledge/answers/{id}/wordings", "addWording", Needs(EditKnowledge)),
    operation("DELETE", "/api/v1/knowledge/answers/{id}/wordings", "dismissWording", Needs(EditKnowledge)),
    operation("POST", "/api/v1/knowledge/sources", "addKnowledgeSource", Needs(EditKnowledge)),
    operation("GET", "/api/v1/knowledge/sources/{id}", "getKnowledgeSource", Needs(SeeKnowledge)),
    operation("DELETE", "/api/v1/knowledge/sources/{id}", "deleteKnowledgeSource", Needs(EditKnowledge)),
    operation("POST", "/api/v1/knowledge/sources/{id}/read", "readKnowledgeSource", Needs(EditKnowledge)),
    operation("POST", "/api/v1/knowledge/files", "addKnowledgeFile", Needs(EditKnowledge)),
    operation("GET", "/api/v1/knowledge/unanswered", "listUnansweredQuestions", Needs(SeeKnowledge)),
    operation("POST", "/api/v1/knowledge/unanswered/dismiss", "dismissQuestion", Needs(EditKnowledge)),
    operation("GET", "/api/v1/playbooks", "listPlaybooks", Needs(SeeKnowledge)),
    operation("POST", "/api/v1/playbooks/preview", "previewPlaybook", Needs(SeeKnowledge)),
    operation("GET", "/api/v1/playbooks/{kind}/{language}", "listPlaybookVersions", Needs(SeeKnowledge)),
    operation("PUT", "/api/v1/playbooks/{kind}/{language}", "savePlaybook", Needs(EditKnowledge)),
    operation("GET", "/api/v1/agent", "getAgentSettings", Needs(SeeKnowledge)),
    operation("PUT", "/api/v1/agent", "changeAgentSettings", Needs(EditKnowledge)),
    operation("GET", "/api/v1/agent/rejections", "getAgentRejections", Needs(SeeKnowledge)),
    operation("PUT", "/api/v1/agent/rejections", "changeAgentRejections", Needs(EditKnowledge)),
    operation("GET", "/api/v1/backtest", "getBacktest", Needs(SeeReports)),
    operation("GET", "/api/v1/decisions", "listDecisions", Needs(SeeReports)),
    operation("POST", "/api/v1/rules/what-if", "tryRule", Needs(SeeReports)),
    operation("GET", "/api/v1/sessions", "listSessions", Needs(UseSession)),
    operation("DELETE", "/api/v1/sessions/{id}", "endSession", Needs(UseSession)),
    operation("GET", "/api/v1/password", "getPassword", Needs(UseSession)).key(SIGN_IN),
    operation("PUT", "/api/v1/password", "setPassword", Needs(UseSession)).key(SIGN_IN),
    operation(
        "POST",
        "/api/v1/session/password",
        "signInByPassword",
        Open("a member's address and password, where passwords are a way in"),
    ),
    operation("POST", "/api/v1/password/remove", "removePassword", Needs(UseSession)).key(SIGN_IN),
    operation("GET", "/api/v1/profile", "getProfile", Needs(UseSession)).key(OF_MEMBER),
    operation("PUT", "/api/v1/profile", "changeProfile", Needs(UseSession)).key(OF_MEMBER),
    operation("GET", "/api/v1/profile/booking-link", "getBookingLink", Needs(UseInbox)).key(OF_MEMBER),
    operation("PUT", "/api/v1/profile/booking-link", "changeBookingLink", Needs(UseInbox)).key(OF_MEMBER),
    operation("PUT", "/api/v1/profile/picture", "setPicture", Needs(UseSession)).key(OF_MEMBER),
    operation("DELETE", "/api/v1/profile/picture", "removePicture", Needs(UseSession)).key(OF_MEMBER),
    operation("GET", "/api/v1/members", "listMembers", Needs(SeeTeam)),
    operation("POST", "/api/v1/members", "inviteMember", Needs(ManageTeam)),
    operation("PATCH", "/api/v1/members/{id}", "changeMember", Needs(ManageTeam)),
    operation("DELETE", "/api/v1/members/{id}", "removeMember", Needs(ManageTeam)),
    operation("POST", "/api/v1/members/{id}/link", "createMemberLink", Needs(ManageTeam)),
    operation("PUT", "/api/v1/members/{id}/picture", "setMemberPicture", Needs(ManageTeam)),
    operation("DELETE", "/api/v1/members/{id}/picture", "removeMemberPicture", Needs(ManageTeam)),
    operation("POST", "/api/v1/members/{id}/hand-over", "handOverChats", Needs(UseInbox)),
    operation("PUT", "/api/v1/members/{id}/availability", "setAvailability", Needs(ManageTeam)),
    operation("GET", "/api/v1/meetings", "listMeetings", Needs(UseInbox)),
    operation("POST", "/api/v1/meetings", "addMeeting", Needs(UseInbox)),
    operation("GET", "/api/v1/meetings/{id}", "getMeeting", Needs(UseInbox)),
    operation("PATCH", "/api/v1/meetings/{id}", "changeMeeting", Needs(UseInbox)),
    operation("GET", "/api/v1/meetings/{id}/slots", "listMeetingSlots", Needs(UseInbox)),
    operation("GET", "/api/v1/schedule", "getSchedule", Needs(UseInbox)).key(OF_MEMBER),
    operation("GET", "/api/v1/meeting-leads", "listMeetingLeads", Needs(UseInbox)),
    operation("POST", "/api/v1/meeting-leads/{id}/not-spam", "reverseMeetingSpam", Needs(UseInbox)),
    operation("GET", "/api/v1/reps", "listReps", Needs(UseInbox)),
    operation("GET", "/api/v1/availability", "getOwnAvailability", Needs(UseInbox)).key(OF_MEMBER),
    operation("PUT", "/api/v1/availability", "setOwnAvailability", Needs(UseInbox)).key(OF_MEMBER),
    operation("PUT", "/api/v1/availability/state", "setOwnAvailabilityState", Needs(UseInbox)).key(OF_MEMBER),
    operation("GET", "/api/v1/holidays", "listHolidayCountries", Needs(UseInbox)),
    operation("GET", "/api/v1/holidays/{code}", "listHolidays", Needs(UseInbox)),
    operation("GET", "/api/v1/settings/meetings", "getMeetingSettings", Needs(UseInbox)),
    operation("PUT", "/api/v1/settings/meetings", "changeMeetingSettings", Needs(EditRouting)),
    operation("GET", "/api/v1/settings/enrichment", "getEnrichment", Needs(ManageConnections)),
    operation("PUT", "/api/v1/settings/enrichment", "setUpEnrichment", Needs(ManageConnections)),
    operation("DELETE", "/api/v1/settings/enrichment", "removeEnrichment", Needs(ManageConnections)),
    operation("POST", "/api/v1/settings/enrichment/test", "testEnrichment", Needs(ManageConnections)),
    operation("GET", "/api/v1/slack", "getSlack", Needs(ManageConnections)),
    operation("PUT", "/api/v1/slack", "setUpSlack", Needs(ManageConnections)),
    operation("DELETE", "/api/v1/slack", "disconnectSlack", Needs(ManageConnections)),
    operation("POST", "/api/v1/slack/connect", "connectSlack", Needs(ManageConnections)),
    operation("POST", "/api/v1/slack/install", "installSlack", Needs(ManageConnections)).key(SIGN_IN),
    operation("GET", "/api/v1/slack/channels", "listSlackChannels", Needs(EditRouting)),
    operation("POST", "/api/v1/slack/channels", "createSlackChannel", Needs(ManageConnections)),
    operation("GET", "/api/v1/slack/users", "listSlackUsers", Needs(ManageConnections)),
    operation("GET", "/api/v1/slack/manifest", "getSlackManifest", Needs(ManageConnections)),
    operation("POST", "/api/v1/slack/test", "testSlack", Needs(ManageConnections)),
    operation("GET", "/api/v1/crm", "listCrms", Needs(ManageConnections)),
    operation("GET", "/api/v1/crm/{system}", "getCrm", Needs(ManageConnections)),
    operation("PUT", "/api/v1/crm/{system}", "changeCrm", Needs(ManageConnections)),
    operation("DELETE", "/api/v1/crm/{system}", "disconnectCrm", Needs(ManageConnections)),
    operation("POST", "/api/v1/crm/{system}/connect", "connectCrm", Needs(ManageConnections)),
    operation("POST", "/api/v1/crm/{system}/install", "installCrm", Needs(ManageConnections)).key(SIGN_IN),
    operation("GET", "/api/v1/crm/{system}/properties", "listCrmProperties", Needs(ManageConnections)),
    operation("POST", "/api/v1/crm/{system}/fields", "createCrmFields", Needs(ManageConnections)),
    operation("POST", "/api/v1/crm/{system}/dry-run", "tryCrm", Needs(ManageConnections)),
    operation("GET", "/api/v1/crm/{system}/health", "getCrmHealth", Needs(ManageConnections)),
    operation("POST", "/api/v1/crm/{system}/retry", "retryCrmWrites", Needs(ManageConnections)),
    operation("POST", "/api/v1/crm/{system}/pause", "pauseCrm", Needs(ManageConnections)),
    operation("POST", "/api/v1/crm/{system}/resync", "resyncCrm", Needs(ManageConnections)),
    operation("GET", "/api/v1/contacts/{id}/crm", "getContactCrmLog", Needs(SeeRecords)),
    operation("GET", "/api/v1/calendars", "listCalendars", Needs(UseInbox)).key(SIGN_IN),
    operation("POST", "/api/v1/calendars", "connectCalendar", Needs(UseInbox)).key(SIGN_IN),
    operation("PATCH", "/api/v1/calendars/{id}", "changeCalendar", Needs(UseInbox)).key(SIGN_IN),
    operation("DELETE", "/api/v1/calendars/{id}", "disconnectCalendar", Needs(UseInbox)).key(SIGN_IN),
    operation("POST", "/api/v1/calendars/{id}/test", "testCalendar", Needs(UseInbox)).key(SIGN_IN),
    operation("GET", "/api/v1/members/{id}/calendar", "getMemberCalendar", Needs(ManageTeam)),
    operation("GET", "/api/v1/keys", "listApiKeys", Needs(ManageTeam)),
    operation("POST", "/api/v1/keys", "createApiKey", Needs(ManageTeam)),
    operation("DELETE", "/api/v1/keys/{id}", "revokeApiKey", Needs(ManageTeam)),
    operation("GET", "/api/v1/audit", "listAuditEntries", Needs(SeeAudit)),
    operation("GET", "/api/v1/audit.csv", "exportAuditEntries", Needs(SeeAudit)),
    operation("GET", "/api/v1/privacy", "getPrivacy", Needs(ManagePersons)),
    operation("PUT", "/api/v1/privacy", "changePrivacy", Needs(ManagePersons)),
    operation("POST", "/api/v1/persons/export", "exportPerson", Needs(ManagePersons)),
    operation("POST", "/api/v1/persons/erase", "erasePerson", Needs(ManagePersons)),
    operation("GET", "/api/v1/sites", "listSites", Needs(ManageSites)),
    operation("POST", "/api/v1/sites", "createSite", Needs(ManageSites)),
    operation("PUT", "/api/v1/sites/{key}", "updateSite", Needs(ManageSites)),
    operation("DELETE", "/api/v1/sites/{key}", "removeSite", Needs(ManageSites)),
    operation("POST", "/api/v1/sites/{key}/identify-secret", "rotateIdentifySecret", Needs(ManageSites)),
    operation("POST", "/api/v1/sites/{key}/keep", "keepDemoSite", Needs(ManageSites)),
    operation("GET", "/api/v1/sites/{key}/refused", "listRefusedSignals", Needs(ManageSites)),
    operation("GET", "/api/v1/webhooks", "listWebhooks", Needs(ManageConnections)),
    operation("POST", "/api/v1/webhooks", "createWebhook", Needs(ManageConnections)),
    operation("PUT", "/api/v1/webhooks/{id}", "updateWebhook", Needs(ManageConnections)),
    operation("DELETE", "/api/v1/webhooks/{id}", "deleteWebhook", Needs(ManageConnections)),
    operation("POST", "/api/v1/webhooks/{id}/test", "testWebhook", Needs(ManageConnections)),
    operation("GET", "/api/v1/webhooks/events", "listWebhookEvents", Needs(ManageConnections)),
    operation("POST", "/api/v1/webhooks/{id}/sample", "sendWebhookSample", Needs(ManageConnections)),
    operation("POST", "/api/v1/webhooks/{id}/send-again", "resendDeliveries", Needs(ManageConnections)),
    operation("GET", "/api/v1/webhooks/{id}/deliveries", "listDeliveries", Needs(ManageConnections)),
    operation("GET", "/api/v1/mail", "listMails", Needs(ManageConnections)),
    operation("POST", "/api/v1/mail/send-again", "resendMail", Needs(ManageConnections)),
    operation("POST", "/api/v1/mail/test", "sendTestMail", Needs(ManageConnections)).key(OF_MEMBER),
    operation("GET", "/api/v1/mail/inbound", "getInboundMail", Needs(ManageConnections)),
    operation("PUT", "/api/v1/mail/inbound", "setUpInboundMail", Needs(ManageConnections)),
    operation("DELETE", "/api/v1/mail/inbound", "removeInboundMail", Needs(ManageConnections)),
    operation("POST", "/api/v1/mail/inbound/check", "checkInboundMail", Needs(ManageConnections)),
    operation("GET", "/api/v1/outbound", "getOutbound", Needs(ManageConnections)),
    operation("POST", "/api/v1/outbound/release", "releaseOutbound", Needs(ManageConnections)),
    operation("POST", "/v1/signals", "sendSignals", OpenOrKey(SITE_KEY, Permission::SendSignals)),
    operation("POST", "/v1/handoffs", "startHandoff", Open(SITE_KEY)),
    operation("POST", "/v1/handoffs/redeem", "redeemHandoff", Open(SITE_KEY)),
    operation("POST", "/v1/meetings/open", "openBooking", Open(SITE_KEY)),
    operation("POST", "/v1/meetings/email", "giveBookingEmail", Open(SITE_KEY)),
    operation("GET", "/v1/meetings/slots", "listSlots", Open(SITE_KEY)),
    operation("POST", "/v1/meetings/holds", "holdSlot", Open(SITE_KEY)),
    operation("POST", "/v1/meetings", "bookMeeting", Open(SITE_KEY)),
    operation("POST", "/v1/meetings/activity", "noteBookingActivity", Open(SITE_KEY)),
    operation("GET", "/v1/bookings/{token}", "getBooking", Open(MEETING_TOKEN)),
    operation("GET", "/v1/bookings/{token}/slots", "listBookingSlots", Open(MEETING_TOKEN)),
    operation("POST", "/v1/bookings/{token}/reschedule", "rescheduleBooking", Open(MEETING_TOKEN)),
    operation("POST", "/v1/bookings/{token}/cancel", "cancelBooking", Open(MEETING_TOKEN)),
    operation("GET", "/v1/bookings/{token}/invite.ics", "downloadInvitation", Open(MEETING_TOKEN)),
    operation("POST", "/v1/chat", "openChat", Open(SITE_KEY)),
    operation("GET", "/v1/chat/mailed", "readMailedChat", Open(MAILED_LINK)),
    operation("GET", "/v1/chat/{conversation}/messages", "listChatMessages", Open(CHAT_TOKEN)),
    operation("POST", "/v1/chat/{conversation}/messages", "sendChatMessage", Open(CHAT_TOKEN)),
    operation("POST", "/v1/chat/{conversation}/files", "sendChatFile", Open(CHAT_TOKEN)),
    operation("GET", "/v1/files/{token}", "downloadFile", Open("the link in a message, for a day or two")),
    operation("GET", "/v1/pictures/{id}", "getPicture", Open(ANYONE)),
    operation("GET", "/v1/chat/{conversation}/live", "openChatFeed", Open(CHAT_TOKEN)),
    operation("GET", "/v1/visits/events", "openVisitFeed", Open(SITE_KEY)),
    operation("POST", "/v1/visits/invitations/{id}", "noteInvitation", Open(SITE_KEY)),
    operation("POST", "/v1/chat/{conversation}/typing", "tellTyping", Open(CHAT_TOKEN)),
    operation("GET", "/healthz", "getHealth", Open(ANYONE)),
    operation("GET", "/readyz", "getReadiness", Open(ANYONE)),
    operation("GET", "/metrics", "getMetrics", Open(ANYONE)),
    route("GET", "/api/openapi.json", Open(ANYONE)),
    route("GET", "/", Open(ANYONE)),
    route("GET", "/k.js", Open(ANYONE)),
    route("GET", "/t/{version}/{file}", Open(ANYONE)),
    route("GET", "/a/{version}/{*file}", Open(ANYONE)),
    route("GET", "/l/{slug}", Open(ANYONE)),
    route("GET", "/m/{token}", Open(ANYONE)),
    route("GET", "/m/confirm/{token}", Open(CONFIRM_TOKEN)),
    route("POST", "/m/confirm/{token}", Open(CONFIRM_TOKEN)),
    route("GET", "/app", Open(ANYONE)),
    route("GET", "/app/", Open(ANYONE)),
    route("GET", "/app/push.js", Open(ANYONE)),
    route("GET", "/app/{*page}", Open(ANYONE)),
    route("GET", "/demo", Open(ANYONE)),
    route("GET", "/demo/", Open(ANYONE)),
    route("GET", "/demo/contact", Open(ANYONE)),
    route("POST", "/demo/contact", Open(ANYONE)),
    route("GET", "/demo/{*page}", Open(ANYONE)),
    route("POST", "/hooks/slack/events", Open(SLACK)),
    route("POST", "/hooks/slack/actions", Open(SLACK)),
    route("POST", "/hooks/slack/commands", Open(SLACK)),
    route("GET", "/hooks/slack/oauth", Open(INSTALLER)),
    route("GET", "/hooks/{system}/oauth", Open(INSTALLER)),
    route("POST", "/hooks/mail/{secret}", Open(MAIL_PROVIDER)),
    route("POST", "/hooks/mail/{secret}/mime", Open(MAIL_PROVIDER)),
    route("GET", "/mail/stop", Open("the link in a mail")),
    route("POST", "/mail/stop", Open("the link in a mail")),
    route("POST", "/test/clock", Open("anyone on this machine, where `--test-clock` is given")),
];
