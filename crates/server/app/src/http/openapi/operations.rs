//! Every documented operation, and how its callers say who they are.

use crate::permissions::{CHAT_TOKEN, Gate, KeyNeeds, MAILED_LINK, ROUTES, Route};
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
pub(super) fn access(route: &Route, id: &str) -> Access {
    match route.gate {
        Gate::Needs(_) if route.key == KeyNeeds::SignIn => Access::Member,
        Gate::Needs(_) => Access::Team,
        Gate::OpenOrKey(..) => Access::Site,
        Gate::Open(CHAT_TOKEN) if id == CHAT_FEED => Access::ChatLive,
        Gate::Open(CHAT_TOKEN | MAILED_LINK) => Access::Chat,
        Gate::Open(_) => Access::Public,
    }
}

/// A WebSocket, where it gets through.
const CHAT_FEED: &str = "openChatFeed";

/// Calls `change` with every operation that has a name, and with its name and its route.
pub(super) fn each(document: &mut OpenApi, mut change: impl FnMut(&str, &Route, &mut Operation)) {
    for route in ROUTES {
        let item = document.paths.paths.get_mut(route.path);
        let found = item.and_then(|item| operation(item, route.method));
        if let (Some(id), Some(operation)) = (route.operation, found) {
            change(id, route, operation);
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
