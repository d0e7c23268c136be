//! Every documented operation, and how its callers say who they are.

use crate::permissions::{CHAT_TOKEN, Gate, MAILED_LINK, ROUTES, Route};
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::{Operation, PathItem};

/// The authentication of a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Without authentication.
    Public,
    /// A page of a site by its origin, or a server by an API key.
    Site,
    /// The holder of a conversation's token, or of that in a mailed link.
    Chat,
    /// The same; a WebSocket gives the token in its first frame.
    ChatLive,
    /// A signed-in member, or a program with an API key.
    Team,
    /// A signed-in member: what is done is theirs.
    Member,
}

/// The authentication of a caller of this operation.
pub(super) fn access(gate: Gate, id: &str) -> Access {
    match gate {
        Gate::Needs(_) if OF_MEMBERS.contains(&id) => Access::Member,
        Gate::Needs(_) => Access::Team,
        Gate::OpenOrKey(..) => Access::Site,
        Gate::Open(CHAT_TOKEN) if id == CHAT_FEED => Access::ChatLive,
        Gate::Open(CHAT_TOKEN | MAILED_LINK) => Access::Chat,
        Gate::Open(_) => Access::Public,
    }
}

/// Operations for signed-in members only: an API key cannot write to a lead, has neither a password nor an address, and
/// gets no notifications.
const OF_MEMBERS: &[&str] = &[
    "getProfile",
    "changeProfile",
    "getBookingLink",
    "changeBookingLink",
    "setPicture",
    "removePicture",
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
    "listReminders",
    "addReminder",
    "removeReminder",
    "sendReplyFile",
    "mailTranscript",
    "writeToVisitor",
];
/// A WebSocket, where it gets through.
const CHAT_FEED: &str = "openChatFeed";

/// Calls `change` with every operation that has a name, and with its name and its gate.
pub(super) fn each(document: &mut OpenApi, mut change: impl FnMut(&str, Gate, &mut Operation)) {
    for Route { method, path, operation: id, gate } in ROUTES {
        let item = document.paths.paths.get_mut(*path);
        if let (Some(id), Some(operation)) = (id, item.and_then(|item| operation(item, method))) {
            change(id, *gate, operation);
        }
    }
}

fn operation<'i>(item: &'i mut PathItem, method: &str) -> Option<&'i mut Operation> {
    match method {
        "GET" => item.get.as_mut(),
        "PUT" => item.put.as_mut(),
        "POST" => item.post.as_mut(),
        "PATCH" => item.patch.as_mut(),
        "DELETE" => item.delete.as_mut(),
        _ => None,
    }
}
