//! Problem responses in the OpenAPI document: those common to all operations are described once.

use super::operations::Access;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response, ResponseBuilder};

const PROBLEM: &str = "application/problem+json";

/// The shared answers: the status code, the name of the component, and what it means.
const SHARED: [(&str, &str, &str); 6] = [
    ("400", "Malformed", "The request is not of the expected shape; `errors` names the field"),
    ("401", "SignedOut", "Not signed in, or the key or token is unknown"),
    ("403", "Forbidden", "The caller may not do this, or not from this origin"),
    ("413", "TooLarge", "The body is too large"),
    ("415", "WrongMediaType", "The body is of another content type"),
    ("default", "Problem", "Any other failure; 429 and 503 come with `Retry-After`"),
];

/// Declares the shared answers.
pub(super) fn declare(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    for (_, name, meaning) in SHARED {
        let mut response = ResponseBuilder::new().description(meaning).build();
        fill(&mut response);
        components.responses.insert(name.to_owned(), response.into());
    }
}

/// Gives failures their body, and adds those that the caller or the body can cause.
pub(super) fn add(operation: &mut Operation, access: Access) {
    let responses = &mut operation.responses.responses;
    for (code, response) in responses.iter_mut() {
        if let RefOr::T(response) = response
            && is_failure(code)
        {
            fill(response);
        }
    }
    let asks_who = matches!(access, Access::Chat | Access::ChatLive | Access::Team | Access::Member);
    let has_body = operation.request_body.is_some();
    for (code, name, _) in SHARED {
        let is_met = match code {
            "401" => asks_who,
            "403" => matches!(access, Access::Team | Access::Member),
            "default" => true,
            _ => has_body,
        };
        if is_met {
            let shared = || RefOr::Ref(Ref::from_response_name(name));
            responses.entry(code.to_owned()).or_insert_with(shared);
        }
    }
}

fn is_failure(code: &str) -> bool {
    code.starts_with(['4', '5'])
}

fn fill(response: &mut Response) {
    let schema = || Content::new(Some(Ref::from_schema_name("Problem")));
    response.content.entry(PROBLEM.to_owned()).or_insert_with(|| schema().into());
}
