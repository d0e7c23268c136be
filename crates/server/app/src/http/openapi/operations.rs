//! Every documented operation: its name in generated clients, and how its callers say who they are.

use crate::permissions::{CHAT_TOKEN, Gate, ROUTES, Route};
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::{Operation, PathItem};

/// The authentication of a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Without authentication.
    Public,
    /// A page of a site by its origin, or a server by an API key.
    Site,
    /// The holder of a conversation's token.
    Chat,
    /// The same; a WebSocket gives the token in its first frame.
    ChatLive,
    /// A signed-in member, or a program with an API key.
    Team,
    /// A signed-in member: what is done is theirs.
    Member,
}

/// An operation, as other programs know it.
pub(super) struct Named {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    /// Its name in generated clients; part of the contract.
    pub(super) id: &'static str,
}

const fn named(method: &'static str, path: &'static str, id: &'static str) -> Named {
    Named { method, path, id }
}

impl Named {
    /// The authorization of an operation, as in the list of all routes.
    pub(super) fn gate(&self) -> Option<Gate> {
        let is_this = |route: &&Route| route.path == self.path && route.method.eq_ignore_ascii_case(self.method);
        ROUTES.iter().find(is_this).map(|route| route.gate)
    }

    /// The authentication of an operation.
    pub(super) fn access(&self) -> Access {
        match self.gate() {
            Some(Gate::Needs(_)) if OF_MEMBERS.contains(&self.id) => Access::Member,
            Some(Gate::Needs(_)) => Access::Team,
            Some(Gate::OpenOrKey(..)) => Access::Site,
            Some(Gate::Open(CHAT_TOKEN)) if self.id == CHAT_FEED => Access::ChatLive,
            Some(Gate::Open(CHAT_TOKEN)) => Access::Chat,
            Some(Gate::Open(_)) | None => Access::Public,
        }
    }
}

/// Operations for signed-in members only: an API key cannot write to a lead, has neither a password nor an address, and
/// gets no notifications.
const OF_MEMBERS: [&str; 23] = [
    "installCrm",
    "installSlack",
    "listCalendars",
    "connectCalendar",
    "changeCalendar",
    "disconnectCalendar",
    "testCalendar",
    "sendReply",
    "getPassword",
    "setPassword",
    "removePassword",
    "sendTestMail",
    "getNotificationSettings",
    "changeNotificationSettings",
    "listWaitingChats",
    "listPushDevices",
    "addPushDevice",
    "removePushDevice",
    "testPushDevice",
    "notePresence",
    "writeNote",
    "tellPresence",
    "sendReplyFile",
];
/// A WebSocket, where it gets through.
const CHAT_FEED: &str = "openChatFeed";

/// By path.
pub(super) const NAMED: &[Named] = &[
    named("get", "/api/v1/accounts", "listAccounts"),
    named("get", "/api/v1/accounts/{id}", "getAccount"),
    named("get", "/api/v1/agent", "getAgentSettings"),
    named("put", "/api/v1/agent", "changeAgentSettings"),
    named("get", "/api/v1/assignees", "listAssignees"),
    named("get", "/api/v1/audit", "listAuditEntries"),
    named("get", "/api/v1/audit.csv", "exportAuditEntries"),
    named("get", "/api/v1/backtest", "getBacktest"),
    named("get", "/api/v1/calendars", "listCalendars"),
    named("post", "/api/v1/calendars", "connectCalendar"),
    named("delete", "/api/v1/calendars/{id}", "disconnectCalendar"),
    named("patch", "/api/v1/calendars/{id}", "changeCalendar"),
    named("post", "/api/v1/calendars/{id}/test", "testCalendar"),
    named("get", "/api/v1/contacts", "listContacts"),
    named("get", "/api/v1/contacts.csv", "exportContacts"),
    named("post", "/api/v1/contacts/actions", "actOnContacts"),
    named("get", "/api/v1/contacts/{id}", "getContact"),
    named("get", "/api/v1/contacts/{id}/score", "getContactScore"),
    named("get", "/api/v1/conversations", "listConversations"),
    named("get", "/api/v1/conversations/{id}", "getConversation"),
    named("post", "/api/v1/conversations/{id}/actions", "actOnLead"),
    named("post", "/api/v1/conversations/{id}/assign", "assignChat"),
    named("post", "/api/v1/conversations/{id}/files", "sendReplyFile"),
    named("post", "/api/v1/conversations/{id}/messages", "sendReply"),
    named("post", "/api/v1/conversations/{id}/read", "markConversationRead"),
    named("post", "/api/v1/conversations/{id}/notes", "writeNote"),
    named("post", "/api/v1/conversations/{id}/presence", "tellPresence"),
    named("get", "/api/v1/decisions", "listDecisions"),
    named("get", "/api/v1/knowledge", "listKnowledge"),
    named("post", "/api/v1/knowledge/answers", "addAnswer"),
    named("delete", "/api/v1/knowledge/answers/{id}", "deleteAnswer"),
    named("patch", "/api/v1/knowledge/answers/{id}", "changeAnswer"),
    named("post", "/api/v1/knowledge/files", "addKnowledgeFile"),
    named("get", "/api/v1/knowledge/sites", "listKnowledgeSites"),
    named("post", "/api/v1/knowledge/sources", "addKnowledgeSource"),
    named("delete", "/api/v1/knowledge/sources/{id}", "deleteKnowledgeSource"),
    named("get", "/api/v1/knowledge/sources/{id}", "getKnowledgeSource"),
    named("post", "/api/v1/knowledge/sources/{id}/read", "readKnowledgeSource"),
    named("post", "/api/v1/knowledge/try", "tryKnowledge"),
    named("get", "/api/v1/knowledge/unanswered", "listUnansweredQuestions"),
    named("post", "/api/v1/knowledge/unanswered/dismiss", "dismissQuestion"),
    named("get", "/api/v1/links", "listLinks"),
    named("post", "/api/v1/links", "createLink"),
    named("patch", "/api/v1/links/{slug}", "changeLink"),
    named("post", "/api/v1/links/{slug}/addresses", "createLinkAddresses"),
    named("get", "/api/v1/links/{slug}/qr.png", "getLinkQrPng"),
    named("get", "/api/v1/links/{slug}/qr.svg", "getLinkQrSvg"),
    named("put", "/api/v1/links/{slug}/rule", "setLinkRule"),
    named("get", "/api/v1/live", "openLiveFeed"),
    named("get", "/api/v1/mail", "listMails"),
    named("post", "/api/v1/mail/send-again", "resendMail"),
    named("post", "/api/v1/mail/test", "sendTestMail"),
    named("get", "/api/v1/members", "listMembers"),
    named("post", "/api/v1/members", "inviteMember"),
    named("delete", "/api/v1/members/{id}", "removeMember"),
    named("patch", "/api/v1/members/{id}", "changeRole"),
    named("get", "/api/v1/members/{id}/calendar", "getMemberCalendar"),
    named("post", "/api/v1/members/{id}/link", "createMemberLink"),
    named("put", "/api/v1/members/{id}/availability", "setAvailability"),
    named("get", "/api/v1/reps", "listReps"),
    named("get", "/api/v1/availability", "getOwnAvailability"),
    named("put", "/api/v1/availability", "setOwnAvailability"),
    named("put", "/api/v1/availability/state", "setOwnAvailabilityState"),
    named("get", "/api/v1/holidays", "listHolidayCountries"),
    named("get", "/api/v1/holidays/{code}", "listHolidays"),
    named("delete", "/api/v1/settings/enrichment", "removeEnrichment"),
    named("get", "/api/v1/settings/enrichment", "getEnrichment"),
    named("put", "/api/v1/settings/enrichment", "setUpEnrichment"),
    named("post", "/api/v1/settings/enrichment/test", "testEnrichment"),
    named("delete", "/api/v1/slack", "disconnectSlack"),
    named("get", "/api/v1/slack", "getSlack"),
    named("put", "/api/v1/slack", "setUpSlack"),
    named("get", "/api/v1/slack/channels", "listSlackChannels"),
    named("post", "/api/v1/slack/channels", "createSlackChannel"),
    named("post", "/api/v1/slack/connect", "connectSlack"),
    named("post", "/api/v1/slack/install", "installSlack"),
    named("get", "/api/v1/slack/manifest", "getSlackManifest"),
    named("post", "/api/v1/slack/test", "testSlack"),
    named("get", "/api/v1/slack/users", "listSlackUsers"),
    named("get", "/api/v1/contacts/{id}/crm", "getContactCrmLog"),
    named("get", "/api/v1/crm", "listCrms"),
    named("delete", "/api/v1/crm/{system}", "disconnectCrm"),
    named("get", "/api/v1/crm/{system}", "getCrm"),
    named("put", "/api/v1/crm/{system}", "changeCrm"),
    named("post", "/api/v1/crm/{system}/connect", "connectCrm"),
    named("post", "/api/v1/crm/{system}/dry-run", "tryCrm"),
    named("post", "/api/v1/crm/{system}/fields", "createCrmFields"),
    named("get", "/api/v1/crm/{system}/health", "getCrmHealth"),
    named("post", "/api/v1/crm/{system}/install", "installCrm"),
    named("post", "/api/v1/crm/{system}/pause", "pauseCrm"),
    named("get", "/api/v1/crm/{system}/properties", "listCrmProperties"),
    named("post", "/api/v1/crm/{system}/resync", "resyncCrm"),
    named("post", "/api/v1/crm/{system}/retry", "retryCrmWrites"),
    named("get", "/api/v1/settings/meetings", "getMeetingSettings"),
    named("put", "/api/v1/settings/meetings", "changeMeetingSettings"),
    named("get", "/api/v1/notifications", "getNotificationSettings"),
    named("put", "/api/v1/notifications", "changeNotificationSettings"),
    named("get", "/api/v1/notifications/devices", "listPushDevices"),
    named("post", "/api/v1/notifications/devices", "addPushDevice"),
    named("delete", "/api/v1/notifications/devices/{id}", "removePushDevice"),
    named("post", "/api/v1/notifications/devices/{id}/test", "testPushDevice"),
    named("put", "/api/v1/notifications/presence", "notePresence"),
    named("get", "/api/v1/notifications/waiting", "listWaitingChats"),
    named("get", "/api/v1/password", "getPassword"),
    named("put", "/api/v1/password", "setPassword"),
    named("post", "/api/v1/password/remove", "removePassword"),
    named("post", "/api/v1/persons/erase", "erasePerson"),
    named("post", "/api/v1/persons/export", "exportPerson"),
    named("get", "/api/v1/playbooks", "listPlaybooks"),
    named("post", "/api/v1/playbooks/preview", "previewPlaybook"),
    named("get", "/api/v1/playbooks/{kind}/{language}", "listPlaybookVersions"),
    named("put", "/api/v1/playbooks/{kind}/{language}", "savePlaybook"),
    named("get", "/api/v1/privacy", "getPrivacy"),
    named("put", "/api/v1/privacy", "changePrivacy"),
    named("get", "/api/v1/replies", "listReplies"),
    named("post", "/api/v1/replies", "saveReply"),
    named("delete", "/api/v1/replies/{id}", "deleteReply"),
    named("put", "/api/v1/replies/{id}", "updateReply"),
    named("get", "/api/v1/segment-templates", "listSegmentTemplates"),
    named("post", "/api/v1/segment-templates", "createSegmentTemplate"),
    named("put", "/api/v1/segment-templates/{id}", "updateSegmentTemplate"),
    named("delete", "/api/v1/segment-templates/{id}", "deleteSegmentTemplate"),
    named("get", "/api/v1/custom-fields", "getCustomFields"),
    named("put", "/api/v1/custom-fields", "defineCustomFields"),
    named("put", "/api/v1/contacts/{id}/custom-fields", "setCustomFields"),
    named("get", "/api/v1/rules", "listRules"),
    named("post", "/api/v1/rules", "createRule"),
    named("post", "/api/v1/rules/what-if", "tryRule"),
    named("get", "/api/v1/rules/inputs", "getRuleInputs"),
    named("get", "/api/v1/rules/tester", "listTesterLeads"),
    named("post", "/api/v1/rules/matches", "countRuleMatches"),
    named("put", "/api/v1/rules/{id}", "updateRule"),
    named("delete", "/api/v1/rules/{id}", "deleteRule"),
    named("get", "/api/v1/rules/{id}/versions", "listRuleVersions"),
    named("get", "/api/v1/rules/{id}/fairness", "getRuleFairness"),
    named("delete", "/api/v1/session", "signOut"),
    named("get", "/api/v1/session", "getSession"),
    named("post", "/api/v1/session", "signIn"),
    named("post", "/api/v1/session/link", "mailSignInLink"),
    named("get", "/api/v1/session/methods", "listSignInMethods"),
    named("post", "/api/v1/session/password", "signInByPassword"),
    named("get", "/api/v1/sessions", "listSessions"),
    named("delete", "/api/v1/sessions/{id}", "endSession"),
    named("get", "/api/v1/keys", "listApiKeys"),
    named("post", "/api/v1/keys", "createApiKey"),
    named("delete", "/api/v1/keys/{id}", "revokeApiKey"),
    named("get", "/api/v1/sites", "listSites"),
    named("post", "/api/v1/sites", "createSite"),
    named("delete", "/api/v1/sites/{key}", "removeSite"),
    named("put", "/api/v1/sites/{key}", "updateSite"),
    named("post", "/api/v1/sites/{key}/identify-secret", "rotateIdentifySecret"),
    named("get", "/api/v1/sites/{key}/refused", "listRefusedSignals"),
    named("get", "/api/v1/timeline", "listSignals"),
    named("get", "/api/v1/views", "listViews"),
    named("post", "/api/v1/views", "saveView"),
    named("delete", "/api/v1/views/{id}", "deleteView"),
    named("put", "/api/v1/views/{id}", "updateView"),
    named("get", "/api/v1/webhooks", "listWebhooks"),
    named("post", "/api/v1/webhooks", "createWebhook"),
    named("delete", "/api/v1/webhooks/{id}", "deleteWebhook"),
    named("put", "/api/v1/webhooks/{id}", "updateWebhook"),
    named("get", "/api/v1/webhooks/{id}/deliveries", "listDeliveries"),
    named("post", "/api/v1/webhooks/{id}/send-again", "resendDeliveries"),
    named("post", "/api/v1/webhooks/{id}/test", "testWebhook"),
    named("get", "/healthz", "getHealth"),
    named("get", "/metrics", "getMetrics"),
    named("get", "/readyz", "getReadiness"),
    named("post", "/v1/chat", "openChat"),
    named("post", "/v1/chat/{conversation}/files", "sendChatFile"),
    named("get", "/v1/chat/{conversation}/live", CHAT_FEED),
    named("get", "/v1/chat/{conversation}/messages", "listChatMessages"),
    named("post", "/v1/chat/{conversation}/messages", "sendChatMessage"),
    named("post", "/v1/chat/{conversation}/typing", "tellTyping"),
    named("get", "/v1/files/{token}", "downloadFile"),
    named("post", "/v1/handoffs", "startHandoff"),
    named("post", "/v1/handoffs/redeem", "redeemHandoff"),
    named("post", "/v1/signals", "sendSignals"),
    named("get", "/api/v1/meeting-leads", "listMeetingLeads"),
    named("post", "/api/v1/meeting-leads/{id}/not-spam", "reverseMeetingSpam"),
    named("get", "/api/v1/meetings", "listMeetings"),
    named("get", "/api/v1/meetings/{id}", "getMeeting"),
    named("patch", "/api/v1/meetings/{id}", "changeMeeting"),
    named("get", "/api/v1/meetings/{id}/slots", "listMeetingSlots"),
    named("get", "/v1/bookings/{token}", "getBooking"),
    named("post", "/v1/bookings/{token}/cancel", "cancelBooking"),
    named("get", "/v1/bookings/{token}/invite.ics", "downloadInvitation"),
    named("post", "/v1/bookings/{token}/reschedule", "rescheduleBooking"),
    named("get", "/v1/bookings/{token}/slots", "listBookingSlots"),
    named("post", "/v1/meetings", "bookMeeting"),
    named("post", "/v1/meetings/activity", "noteBookingActivity"),
    named("post", "/v1/meetings/email", "giveBookingEmail"),
    named("post", "/v1/meetings/holds", "holdSlot"),
    named("post", "/v1/meetings/open", "openBooking"),
    named("get", "/v1/meetings/slots", "listSlots"),
];

/// Calls `change` with every operation that has a name here.
pub(super) fn each(document: &mut OpenApi, mut change: impl FnMut(&Named, &mut Operation)) {
    for named in NAMED {
        let item = document.paths.paths.get_mut(named.path);
        if let Some(operation) = item.and_then(|item| operation(item, named.method)) {
            change(named, operation);
        }
    }
}

fn operation<'i>(item: &'i mut PathItem, method: &str) -> Option<&'i mut Operation> {
    match method {
        "get" => item.get.as_mut(),
        "put" => item.put.as_mut(),
        "post" => item.post.as_mut(),
        "patch" => item.patch.as_mut(),
        "delete" => item.delete.as_mut(),
        _ => None,
    }
}
