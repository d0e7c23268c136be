//! Every documented operation: its name in generated clients, and who may call it.

use utoipa::openapi::OpenApi;
use utoipa::openapi::path::{Operation, PathItem};

/// How a caller is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Nobody is asked who they are.
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
    pub(super) access: Access,
}

const fn named(method: &'static str, path: &'static str, id: &'static str, access: Access) -> Named {
    Named { method, path, id, access }
}

/// By path.
pub(super) const NAMED: &[Named] = &[
    named("get", "/api/v1/accounts", "listAccounts", Access::Team),
    named("get", "/api/v1/accounts/{id}", "getAccount", Access::Team),
    named("get", "/api/v1/contacts", "listContacts", Access::Team),
    named("get", "/api/v1/contacts/{id}", "getContact", Access::Team),
    named("get", "/api/v1/conversations", "listConversations", Access::Team),
    named("get", "/api/v1/conversations/{id}", "getConversation", Access::Team),
    named("post", "/api/v1/conversations/{id}/actions", "actOnLead", Access::Team),
    named("post", "/api/v1/conversations/{id}/messages", "sendReply", Access::Member),
    named("get", "/api/v1/decisions", "listDecisions", Access::Team),
    named("get", "/api/v1/links", "listLinks", Access::Team),
    named("put", "/api/v1/links/{slug}/rule", "setLinkRule", Access::Team),
    named("get", "/api/v1/live", "openLiveFeed", Access::Team),
    named("get", "/api/v1/mail", "listMails", Access::Team),
    named("post", "/api/v1/mail/send-again", "resendMail", Access::Team),
    named("get", "/api/v1/members", "listMembers", Access::Team),
    named("post", "/api/v1/members", "inviteMember", Access::Team),
    named("delete", "/api/v1/members/{id}", "removeMember", Access::Team),
    named("patch", "/api/v1/members/{id}", "changeRole", Access::Team),
    named("get", "/api/v1/rules", "listRules", Access::Team),
    named("post", "/api/v1/rules", "createRule", Access::Team),
    named("post", "/api/v1/rules/what-if", "tryRule", Access::Team),
    named("put", "/api/v1/rules/{id}", "updateRule", Access::Team),
    named("delete", "/api/v1/session", "signOut", Access::Team),
    named("get", "/api/v1/session", "getSession", Access::Team),
    named("post", "/api/v1/session", "signIn", Access::Public),
    named("post", "/api/v1/session/link", "mailSignInLink", Access::Public),
    named("get", "/api/v1/sessions", "listSessions", Access::Team),
    named("delete", "/api/v1/sessions/{id}", "endSession", Access::Team),
    named("get", "/api/v1/sites", "listSites", Access::Team),
    named("post", "/api/v1/sites", "createSite", Access::Team),
    named("put", "/api/v1/sites/{key}", "updateSite", Access::Team),
    named("post", "/api/v1/sites/{key}/identify-secret", "rotateIdentifySecret", Access::Team),
    named("get", "/api/v1/sites/{key}/refused", "listRefusedSignals", Access::Team),
    named("get", "/api/v1/timeline", "listSignals", Access::Team),
    named("get", "/api/v1/webhooks", "listWebhooks", Access::Team),
    named("post", "/api/v1/webhooks", "createWebhook", Access::Team),
    named("delete", "/api/v1/webhooks/{id}", "deleteWebhook", Access::Team),
    named("put", "/api/v1/webhooks/{id}", "updateWebhook", Access::Team),
    named("get", "/api/v1/webhooks/{id}/deliveries", "listDeliveries", Access::Team),
    named("post", "/api/v1/webhooks/{id}/send-again", "resendDeliveries", Access::Team),
    named("post", "/api/v1/webhooks/{id}/test", "testWebhook", Access::Team),
    named("get", "/healthz", "getHealth", Access::Public),
    named("get", "/metrics", "getMetrics", Access::Public),
    named("get", "/readyz", "getReadiness", Access::Public),
    named("post", "/v1/chat", "openChat", Access::Public),
    named("get", "/v1/chat/{conversation}/live", "openChatFeed", Access::ChatLive),
    named("get", "/v1/chat/{conversation}/messages", "listChatMessages", Access::Chat),
    named("post", "/v1/chat/{conversation}/messages", "sendChatMessage", Access::Chat),
    named("post", "/v1/handoffs", "startHandoff", Access::Public),
    named("post", "/v1/handoffs/redeem", "redeemHandoff", Access::Public),
    named("post", "/v1/signals", "sendSignals", Access::Site),
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
