//! The OpenAPI document: what the handlers say of themselves, with all that is said once for all of them.

mod examples;
mod operations;
mod problems;
mod security;
#[cfg(test)]
mod tests;

use crate::permissions::Gate;
use utoipa::OpenApi;
use utoipa::openapi::Server;

/// The description of the API, which every generated client shows first.
const ABOUT: &str = "Signals in; contacts and accounts with intent, and live chats out. Instants are milliseconds since \
1970. A newer server may add fields, and words to any vocabulary: read both without failing.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Knock", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    tags(
        (name = "visitor", description = "For visitors' browsers and sites' servers."),
        (name = "team", description = "For the dashboard and the team's programs."),
        (name = "operations", description = "For monitoring."),
    ),
    components(schemas(knock_wire::Problem, knock_wire::LiveEvent, knock_wire::ChatHello, knock_wire::Message))
)]
struct Document;

/// The document before any route has said what it does.
pub(super) fn begin() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    document.info.description = Some(ABOUT.to_owned());
    document.servers = Some(vec![Server::new("/")]);
    document
}

/// Adds to the operations what is said in one place: their names, who may call them, how they fail, and examples.
pub(super) fn complete(document: &mut utoipa::openapi::OpenApi) {
    security::declare(document);
    problems::declare(document);
    operations::each(document, |id, route, operation| {
        operation.operation_id = Some(id.to_owned());
        if let Gate::Needs(permission) = route.gate {
            let needed = format!("Needs the permission `{}`.{}", permission.as_str(), route.key.words());
            operation.description = Some(paragraphs(operation.description.take(), needed));
        }
        let access = operations::access(route, id);
        operation.security = Some(security::of(access));
        problems::add(operation, access);
        examples::add(operation);
    });
}

fn paragraphs(first: Option<String>, last: String) -> String {
    first.map_or_else(|| last.clone(), |first| format!("{first}\n\n{last}"))
}
