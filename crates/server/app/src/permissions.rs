//! Every route of the server, and how somebody comes in there. `docs/permissions.md` is made of this list, and a test
//! tries each line as every role.

use knock_model::Permission;

/// How somebody comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// By this, whoever they are.
    Open(&'static str),
    /// By a role with this permission.
    Needs(Permission),
    /// By this, or with an API key whose role has this permission.
    OpenOrKey(&'static str, Permission),
}

/// One route.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path, as the router has it.
    pub path: &'static str,
    /// How somebody comes in.
    pub gate: Gate,
}

use Gate::{Needs, Open, OpenOrKey};
use Permission::{
    EditKnowledge, EditRouting, ManageConnections, ManagePersons, ManageSites, ManageTeam, SeeAudit, SeeKnowledge,
    SeeRecords, SeeReports, SeeTeam, UseInbox, UseSession,
};

const ANYONE: &str = "anyone";
const SITE_KEY: &str = "the key of a site, from one of its origins";
pub(crate) const CHAT_TOKEN: &str = "the token of the conversation";

const fn route(method: &'static str, path: &'static str, gate: Gate) -> Route {
    Route { method, path, gate }
}

/// All routes: those of the team, those of visitors, operations, pages.
pub const ROUTES: &[Route] = &[
    route("POST", "/api/v1/session", Open("a sign-in link, once")),
    route("GET", "/api/v1/session/methods", Open(ANYONE)),
    route("POST", "/api/v1/session/link", Open("anyone: the link is mailed to a member's address")),
    route("GET", "/api/v1/session", Needs(UseSession)),
    route("DELETE", "/api/v1/session", Needs(UseSession)),
    route("GET", "/api/v1/conversations", Needs(UseInbox)),
    route("GET", "/api/v1/conversations/{id}", Needs(UseInbox)),
    route("POST", "/api/v1/conversations/{id}/messages", Needs(UseInbox)),
    route("POST", "/api/v1/conversations/{id}/notes", Needs(UseInbox)),
    route("POST", "/api/v1/conversations/{id}/presence", Needs(UseInbox)),
    route("POST", "/api/v1/conversations/{id}/files", Needs(UseInbox)),
    route("POST", "/api/v1/conversations/{id}/actions", Needs(UseInbox)),
    route("POST", "/api/v1/conversations/{id}/read", Needs(UseInbox)),
    route("GET", "/api/v1/notifications", Needs(UseSession)),
    route("PUT", "/api/v1/notifications", Needs(UseSession)),
    route("GET", "/api/v1/notifications/waiting", Needs(UseInbox)),
    route("PUT", "/api/v1/notifications/presence", Needs(UseSession)),
    route("GET", "/api/v1/notifications/devices", Needs(UseSession)),
    route("POST", "/api/v1/notifications/devices", Needs(UseSession)),
    route("POST", "/api/v1/notifications/devices/{id}/test", Needs(UseSession)),
    route("DELETE", "/api/v1/notifications/devices/{id}", Needs(UseSession)),
    route("GET", "/api/v1/assignees", Needs(UseInbox)),
    route("POST", "/api/v1/conversations/{id}/assign", Needs(UseInbox)),
    route("GET", "/api/v1/replies", Needs(UseInbox)),
    route("POST", "/api/v1/replies", Needs(UseInbox)),
    route("PUT", "/api/v1/replies/{id}", Needs(UseInbox)),
    route("DELETE", "/api/v1/replies/{id}", Needs(UseInbox)),
    route("GET", "/api/v1/contacts", Needs(SeeRecords)),
    route("GET", "/api/v1/contacts.csv", Needs(SeeRecords)),
    route("POST", "/api/v1/contacts/actions", Needs(UseInbox)),
    route("GET", "/api/v1/contacts/{id}", Needs(SeeRecords)),
    route("GET", "/api/v1/contacts/{id}/score", Needs(SeeRecords)),
    route("GET", "/api/v1/accounts", Needs(SeeRecords)),
    route("GET", "/api/v1/accounts/{id}", Needs(SeeRecords)),
    route("GET", "/api/v1/views", Needs(SeeRecords)),
    route("POST", "/api/v1/views", Needs(SeeRecords)),
    route("PUT", "/api/v1/views/{id}", Needs(SeeRecords)),
    route("DELETE", "/api/v1/views/{id}", Needs(SeeRecords)),
    route("GET", "/api/v1/timeline", Needs(SeeRecords)),
    route("GET", "/api/v1/live", Needs(SeeRecords)),
    route("GET", "/api/v1/rules", Needs(EditRouting)),
    route("POST", "/api/v1/rules", Needs(EditRouting)),
    route("PUT", "/api/v1/rules/{id}", Needs(EditRouting)),
    route("GET", "/api/v1/links", Needs(EditRouting)),
    route("PUT", "/api/v1/links/{slug}/rule", Needs(EditRouting)),
    route("GET", "/api/v1/knowledge", Needs(SeeKnowledge)),
    route("GET", "/api/v1/knowledge/sites", Needs(SeeKnowledge)),
    route("POST", "/api/v1/knowledge/try", Needs(SeeKnowledge)),
    route("POST", "/api/v1/knowledge/answers", Needs(EditKnowledge)),
    route("PATCH", "/api/v1/knowledge/answers/{id}", Needs(EditKnowledge)),
    route("DELETE", "/api/v1/knowledge/answers/{id}", Needs(EditKnowledge)),
    route("POST", "/api/v1/knowledge/sources", Needs(EditKnowledge)),
    route("GET", "/api/v1/knowledge/sources/{id}", Needs(SeeKnowledge)),
    route("DELETE", "/api/v1/knowledge/sources/{id}", Needs(EditKnowledge)),
    route("POST", "/api/v1/knowledge/sources/{id}/read", Needs(EditKnowledge)),
    route("POST", "/api/v1/knowledge/files", Needs(EditKnowledge)),
    route("GET", "/api/v1/knowledge/unanswered", Needs(SeeKnowledge)),
    route("POST", "/api/v1/knowledge/unanswered/dismiss", Needs(EditKnowledge)),
    route("GET", "/api/v1/playbooks", Needs(SeeKnowledge)),
    route("POST", "/api/v1/playbooks/preview", Needs(SeeKnowledge)),
    route("GET", "/api/v1/playbooks/{kind}/{language}", Needs(SeeKnowledge)),
    route("PUT", "/api/v1/playbooks/{kind}/{language}", Needs(EditKnowledge)),
    route("GET", "/api/v1/agent", Needs(SeeKnowledge)),
    route("PUT", "/api/v1/agent", Needs(EditKnowledge)),
    route("GET", "/api/v1/backtest", Needs(SeeReports)),
    route("GET", "/api/v1/decisions", Needs(SeeReports)),
    route("POST", "/api/v1/rules/what-if", Needs(SeeReports)),
    route("GET", "/api/v1/sessions", Needs(UseSession)),
    route("DELETE", "/api/v1/sessions/{id}", Needs(UseSession)),
    route("GET", "/api/v1/password", Needs(UseSession)),
    route("PUT", "/api/v1/password", Needs(UseSession)),
    route("POST", "/api/v1/session/password", Open("a member's address and password, where passwords are a way in")),
    route("POST", "/api/v1/password/remove", Needs(UseSession)),
    route("GET", "/api/v1/members", Needs(SeeTeam)),
    route("POST", "/api/v1/members", Needs(ManageTeam)),
    route("PATCH", "/api/v1/members/{id}", Needs(ManageTeam)),
    route("DELETE", "/api/v1/members/{id}", Needs(ManageTeam)),
    route("POST", "/api/v1/members/{id}/link", Needs(ManageTeam)),
    route("PUT", "/api/v1/members/{id}/availability", Needs(ManageTeam)),
    route("GET", "/api/v1/reps", Needs(UseInbox)),
    route("GET", "/api/v1/availability", Needs(UseInbox)),
    route("PUT", "/api/v1/availability", Needs(UseInbox)),
    route("GET", "/api/v1/keys", Needs(ManageTeam)),
    route("POST", "/api/v1/keys", Needs(ManageTeam)),
    route("DELETE", "/api/v1/keys/{id}", Needs(ManageTeam)),
    route("GET", "/api/v1/audit", Needs(SeeAudit)),
    route("GET", "/api/v1/audit.csv", Needs(SeeAudit)),
    route("GET", "/api/v1/privacy", Needs(ManagePersons)),
    route("PUT", "/api/v1/privacy", Needs(ManagePersons)),
    route("POST", "/api/v1/persons/export", Needs(ManagePersons)),
    route("POST", "/api/v1/persons/erase", Needs(ManagePersons)),
    route("GET", "/api/v1/sites", Needs(ManageSites)),
    route("POST", "/api/v1/sites", Needs(ManageSites)),
    route("PUT", "/api/v1/sites/{key}", Needs(ManageSites)),
    route("DELETE", "/api/v1/sites/{key}", Needs(ManageSites)),
    route("POST", "/api/v1/sites/{key}/identify-secret", Needs(ManageSites)),
    route("GET", "/api/v1/sites/{key}/refused", Needs(ManageSites)),
    route("GET", "/api/v1/webhooks", Needs(ManageConnections)),
    route("POST", "/api/v1/webhooks", Needs(ManageConnections)),
    route("PUT", "/api/v1/webhooks/{id}", Needs(ManageConnections)),
    route("DELETE", "/api/v1/webhooks/{id}", Needs(ManageConnections)),
    route("POST", "/api/v1/webhooks/{id}/test", Needs(ManageConnections)),
    route("POST", "/api/v1/webhooks/{id}/send-again", Needs(ManageConnections)),
    route("GET", "/api/v1/webhooks/{id}/deliveries", Needs(ManageConnections)),
    route("GET", "/api/v1/mail", Needs(ManageConnections)),
    route("POST", "/api/v1/mail/send-again", Needs(ManageConnections)),
    route("POST", "/api/v1/mail/test", Needs(ManageConnections)),
    route("POST", "/v1/signals", OpenOrKey(SITE_KEY, Permission::SendSignals)),
    route("POST", "/v1/handoffs", Open(SITE_KEY)),
    route("POST", "/v1/handoffs/redeem", Open(SITE_KEY)),
    route("POST", "/v1/chat", Open(SITE_KEY)),
    route("GET", "/v1/chat/{conversation}/messages", Open(CHAT_TOKEN)),
    route("POST", "/v1/chat/{conversation}/messages", Open(CHAT_TOKEN)),
    route("POST", "/v1/chat/{conversation}/files", Open(CHAT_TOKEN)),
    route("GET", "/v1/files/{token}", Open("the link in a message, for a day or two")),
    route("GET", "/v1/chat/{conversation}/live", Open(CHAT_TOKEN)),
    route("POST", "/v1/chat/{conversation}/typing", Open(CHAT_TOKEN)),
    route("GET", "/healthz", Open(ANYONE)),
    route("GET", "/readyz", Open(ANYONE)),
    route("GET", "/metrics", Open(ANYONE)),
    route("GET", "/api/openapi.json", Open(ANYONE)),
    route("GET", "/", Open(ANYONE)),
    route("GET", "/k.js", Open(ANYONE)),
    route("GET", "/t/{version}/{file}", Open(ANYONE)),
    route("GET", "/a/{version}/{*file}", Open(ANYONE)),
    route("GET", "/l/{slug}", Open(ANYONE)),
    route("GET", "/app", Open(ANYONE)),
    route("GET", "/app/", Open(ANYONE)),
    route("GET", "/app/push.js", Open(ANYONE)),
    route("GET", "/app/{*page}", Open(ANYONE)),
    route("GET", "/demo", Open(ANYONE)),
    route("GET", "/demo/", Open(ANYONE)),
    route("GET", "/demo/contact", Open(ANYONE)),
    route("POST", "/demo/contact", Open(ANYONE)),
    route("GET", "/demo/{*page}", Open(ANYONE)),
    route("GET", "/mail/stop", Open("the link in a mail")),
    route("POST", "/mail/stop", Open("the link in a mail")),
    route("POST", "/test/clock", Open("anyone on this machine, where `--test-clock` is given")),
];
