//! The shape of each request, stricter than HubSpot's: content type, parameters, and every field of a body. A request in
//! another shape is refused before it has any effect, as the page says that each route names.

use crate::errors::{error, invalid};
use crate::pages;
use crate::request::{Answer, Content, Request};
use serde_json::Value as Json;

/// The form of a value.
enum Kind {
    Text,
    Whole,
    Flag,
    /// A list of texts.
    Texts,
    /// A list of texts, or of objects with a name and a direction.
    Sorts,
    /// Texts by name: every value of a property is a text.
    Values,
    Object(&'static [Field]),
    Objects(&'static [Field]),
}

struct Field {
    name: &'static str,
    kind: Kind,
    is_required: bool,
}

const fn needed(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_required: true }
}

const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_required: false }
}

/// The body of a route.
enum Body {
    None,
    /// `application/x-www-form-urlencoded`.
    Form(&'static [Field]),
    /// `application/json`.
    Json(&'static [Field]),
}

/// A route.
struct Route {
    /// The page of HubSpot's documentation that it follows.
    page: &'static str,
    /// Parameters of the query.
    query: &'static [&'static str],
    body: Body,
}

const ID: &[Field] = &[needed("id", Kind::Text)];
const TRACE: Field = may("objectWriteTraceId", Kind::Text);

const TOKEN: Route = Route {
    page: pages::TOKEN,
    query: &[],
    body: Body::Form(&[
        needed("grant_type", Kind::Text),
        needed("client_id", Kind::Text),
        needed("client_secret", Kind::Text),
        may("code", Kind::Text),
        may("redirect_uri", Kind::Text),
        may("refresh_token", Kind::Text),
        may("code_verifier", Kind::Text),
        may("scope", Kind::Text),
    ]),
};
const INTROSPECT: Route = Route {
    page: pages::INTROSPECT,
    query: &[],
    body: Body::Form(&[
        needed("client_id", Kind::Text),
        needed("client_secret", Kind::Text),
        needed("token", Kind::Text),
        may("token_type_hint", Kind::Text),
    ]),
};
const PRIVATE_APP: Route =
    Route { page: pages::PRIVATE_APP, query: &[], body: Body::Json(&[needed("tokenKey", Kind::Text)]) };
const DETAILS: Route = Route { page: pages::ACCOUNT, query: &[], body: Body::None };
const OWNERS: Route =
    Route { page: pages::OWNERS, query: &["email", "after", "limit", "archived", "idProperty"], body: Body::None };
const PROPERTIES: Route = Route {
    page: pages::PROPERTIES,
    query: &["archived", "properties", "dataSensitivity", "locale"],
    body: Body::None,
};
const GROUP: Route = Route {
    page: pages::PROPERTIES,
    query: &[],
    body: Body::Json(&[needed("name", Kind::Text), needed("label", Kind::Text), may("displayOrder", Kind::Whole)]),
};
const PROPERTY: &[Field] = &[
    needed("name", Kind::Text),
    needed("label", Kind::Text),
    needed("type", Kind::Text),
    needed("fieldType", Kind::Text),
    needed("groupName", Kind::Text),
    may("description", Kind::Text),
    may("displayOrder", Kind::Whole),
    may("externalOptions", Kind::Flag),
    may("formField", Kind::Flag),
    may("hasUniqueValue", Kind::Flag),
    may("hidden", Kind::Flag),
    may("referencedObjectType", Kind::Text),
    may(
        "options",
        Kind::Objects(&[
            needed("label", Kind::Text),
            needed("value", Kind::Text),
            needed("displayOrder", Kind::Whole),
            needed("hidden", Kind::Flag),
            may("description", Kind::Text),
        ]),
    ),
];
const CREATE_PROPERTY: Route = Route { page: pages::PROPERTIES, query: &[], body: Body::Json(PROPERTY) };
const CREATE_PROPERTIES: Route =
    Route { page: pages::PROPERTIES, query: &[], body: Body::Json(&[needed("inputs", Kind::Objects(PROPERTY))]) };
const ASSOCIATIONS: &[Field] = &[
    needed("to", Kind::Object(ID)),
    needed(
        "types",
        Kind::Objects(&[needed("associationCategory", Kind::Text), needed("associationTypeId", Kind::Whole)]),
    ),
];
const CREATE: Route = Route {
    page: pages::CONTACTS,
    query: &[],
    body: Body::Json(&[needed("properties", Kind::Values), needed("associations", Kind::Objects(ASSOCIATIONS)), TRACE]),
};
const BATCH_CREATE: Route = Route {
    page: pages::CONTACTS,
    query: &[],
    body: Body::Json(&[needed(
        "inputs",
        Kind::Objects(&[
            needed("properties", Kind::Values),
            needed("associations", Kind::Objects(ASSOCIATIONS)),
            TRACE,
        ]),
    )]),
};
const BATCH_READ: Route = Route {
    page: pages::CONTACTS,
    query: &["archived"],
    body: Body::Json(&[
        needed("inputs", Kind::Objects(ID)),
        needed("properties", Kind::Texts),
        needed("propertiesWithHistory", Kind::Texts),
        may("idProperty", Kind::Text),
    ]),
};
/// Updates and upserts have the same fields.
const BATCH_WRITE: Route = Route {
    page: pages::CONTACTS,
    query: &[],
    body: Body::Json(&[needed(
        "inputs",
        Kind::Objects(&[
            needed("id", Kind::Text),
            needed("properties", Kind::Values),
            may("idProperty", Kind::Text),
            TRACE,
        ]),
    )]),
};
const SEARCH: Route = Route {
    page: pages::SEARCH,
    query: &[],
    body: Body::Json(&[
        needed(
            "filterGroups",
            Kind::Objects(&[needed(
                "filters",
                Kind::Objects(&[
                    needed("propertyName", Kind::Text),
                    needed("operator", Kind::Text),
                    may("value", Kind::Text),
                    may("highValue", Kind::Text),
                    may("values", Kind::Texts),
                ]),
            )]),
        ),
        needed("limit", Kind::Whole),
        needed("after", Kind::Text),
        needed("sorts", Kind::Sorts),
        needed("properties", Kind::Texts),
        may("query", Kind::Text),
    ]),
};
const MERGE: Route = Route {
    page: pages::CONTACTS,
    query: &[],
    body: Body::Json(&[needed("primaryObjectId", Kind::Text), needed("objectIdToMerge", Kind::Text)]),
};
const FORGET: Route = Route {
    page: pages::CONTACTS,
    query: &[],
    body: Body::Json(&[needed("objectId", Kind::Text), may("idProperty", Kind::Text)]),
};
const ONE: Route = Route {
    page: pages::CONTACTS,
    query: &["properties", "propertiesWithHistory", "associations", "archived", "idProperty"],
    body: Body::None,
};
const PATCH: Route =
    Route { page: pages::CONTACTS, query: &["idProperty"], body: Body::Json(&[needed("properties", Kind::Values)]) };
const LINKS_READ: Route = Route {
    page: pages::ASSOCIATIONS,
    query: &[],
    body: Body::Json(&[needed("inputs", Kind::Objects(&[needed("id", Kind::Text), may("after", Kind::Text)]))]),
};
const LINK: Route = Route {
    page: pages::ASSOCIATIONS,
    query: &[],
    body: Body::Json(&[needed(
        "inputs",
        Kind::Objects(&[needed("from", Kind::Object(ID)), needed("to", Kind::Object(ID))]),
    )]),
};
const LINKS_OF_ONE: Route = Route { page: pages::ASSOCIATIONS, query: &["after", "limit"], body: Body::None };

/// The route of a request, by its path without a version; none of a path that is none.
fn route(method: &str, segments: &[&str]) -> Option<&'static Route> {
    Some(match (method, segments) {
        ("POST", ["oauth", "token"]) => &TOKEN,
        ("POST", ["oauth", "token", "introspect"]) => &INTROSPECT,
        ("POST", ["oauth", "private-apps", "get", "access-token-info"]) => &PRIVATE_APP,
        ("GET", ["account-info", "details"]) => &DETAILS,
        ("GET", ["crm", "owners", ..]) => &OWNERS,
        ("GET" | "DELETE", ["crm", "properties", ..]) => &PROPERTIES,
        ("POST", ["crm", "properties", _, "groups"]) => &GROUP,
        ("POST", ["crm", "properties", _, "batch", "create"]) => &CREATE_PROPERTIES,
        ("POST", ["crm", "properties", _]) => &CREATE_PROPERTY,
        ("POST", ["crm", "associations", _, _, "batch", "read"]) => &LINKS_READ,
        ("POST", ["crm", "associations", _, _, "batch", "associate", "default"]) => &LINK,
        ("POST", ["crm", "objects", _]) => &CREATE,
        ("POST", ["crm", "objects", _, "batch", "create"]) => &BATCH_CREATE,
        ("POST", ["crm", "objects", _, "batch", "read"]) => &BATCH_READ,
        ("POST", ["crm", "objects", _, "batch", "update" | "upsert"]) => &BATCH_WRITE,
        ("POST", ["crm", "objects", _, "search"]) => &SEARCH,
        ("POST", ["crm", "objects", _, "merge"]) => &MERGE,
        ("POST", ["crm", "objects", _, "gdpr-delete"]) => &FORGET,
        ("PATCH", ["crm", "objects", _, _]) => &PATCH,
        ("GET" | "DELETE", ["crm", "objects", _, _]) => &ONE,
        ("GET" | "PUT", ["crm", "objects", _, _, "associations", ..]) => &LINKS_OF_ONE,
        _ => return None,
    })
}

/// The refusal of a request in another shape than its route has.
pub(crate) fn refused(request: &Request, segments: &[&str]) -> Option<Answer> {
    let route = route(&request.method, segments)?;
    let unknown = request.query.keys().find(|name| !route.query.contains(&name.as_str()));
    if let Some(name) = unknown {
        return Some(invalid(&format!("The parameter {name} is unknown: {}", route.page)));
    }
    let (wanted, fields) = match route.body {
        Body::None => return None,
        Body::Form(fields) => (Content::Form, fields),
        Body::Json(fields) => (Content::Json, fields),
    };
    if request.content != wanted {
        let message = format!("The content type has to be {}: {}", wanted.as_str(), route.page);
        return Some(error(415, "VALIDATION_ERROR", &message));
    }
    let wrong = object(&request.body, fields).err()?;
    Some(invalid(&format!("Invalid input {}: {wrong}: {}", wanted.short(), route.page)))
}

fn object(given: &Json, fields: &[Field]) -> Result<(), String> {
    let object = given.as_object().ok_or("it is no object")?;
    if let Some(name) = object.keys().find(|name| fields.iter().all(|field| field.name != name.as_str())) {
        return Err(format!("the field {name} is unknown"));
    }
    for field in fields {
        match object.get(field.name) {
            None if field.is_required => return Err(format!("the required field {} is missing", field.name)),
            None => {}
            Some(value) => check(value, &field.kind).map_err(|wrong| format!("{}: {wrong}", field.name))?,
        }
    }
    Ok(())
}

fn check(value: &Json, kind: &Kind) -> Result<(), String> {
    let each = |check: &dyn Fn(&Json) -> Result<(), String>| {
        value.as_array().ok_or_else(|| "it is no list".to_owned())?.iter().try_for_each(check)
    };
    let is = |is_right: bool, wanted: &str| if is_right { Ok(()) } else { Err(format!("it is no {wanted}")) };
    match kind {
        Kind::Text => is(value.is_string(), "text"),
        Kind::Whole => is(value.is_i64() || value.is_u64(), "whole number"),
        Kind::Flag => is(value.is_boolean(), "true or false"),
        Kind::Texts => each(&|one| is(one.is_string(), "text")),
        Kind::Sorts => each(&|one| is(one.is_string() || one["propertyName"].is_string(), "order")),
        Kind::Values => {
            let values = value.as_object().ok_or("it is no object")?;
            let wrong = values.iter().find(|(_, value)| !value.is_string());
            wrong
                .map_or(Ok(()), |(name, _)| Err(format!("Cannot deserialize value of type `java.lang.String`: {name}")))
        }
        Kind::Object(fields) => object(value, fields),
        Kind::Objects(fields) => each(&|one| object(one, fields)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const UPSERT: [&str; 5] = ["crm", "objects", "contacts", "batch", "upsert"];

    fn code(segments: &[&str], kind: &str, body: &str) -> u16 {
        let request = Request::new("POST", "/x", None, kind, body.as_bytes());
        refused(&request, segments).map_or(200, |answer| answer.code)
    }

    #[test]
    fn a_token_and_what_it_may_do_are_asked_for_by_a_form_with_the_app() {
        const FORM: &str = "application/x-www-form-urlencoded";
        let app = "client_id=client&client_secret=secret&token=t";
        let introspect = |kind, body| code(&["oauth", "token", "introspect"], kind, body);
        assert_eq!(introspect(FORM, app), 200);
        assert_eq!(introspect("application/json", r#"{"token": "t"}"#), 415);
        assert_eq!(introspect("", app), 415);
        for lacking in ["client_id=client&token=t", "client_secret=secret&token=t", "client_id=c&client_secret=s"] {
            assert_eq!(introspect(FORM, lacking), 400, "{lacking}");
        }
        assert_eq!(introspect(FORM, "client_id=c&client_secret=s&token=t&more=1"), 400);
        assert_eq!(code(&["oauth", "token"], "application/json", "{}"), 415);
        assert_eq!(code(&["oauth", "token"], FORM, "grant_type=refresh_token&refresh_token=r"), 400);
    }

    #[test]
    fn every_part_of_a_body_is_checked() {
        let upsert = |body: Json| code(&UPSERT, "application/json;charset=utf-8", &body.to_string());
        let input = json!({"id": "a@b.example", "idProperty": "email", "properties": {"a": "1"}});
        assert_eq!(upsert(json!({"inputs": [input]})), 200);
        let with = |name: &str, value: Json| {
            let mut input = input.clone();
            input[name] = value;
            upsert(json!({"inputs": [input]}))
        };
        assert_eq!(with("properties", json!({"a": 1})), 400);
        assert_eq!(with("properties", json!([["a", "1"]])), 400);
        assert_eq!(with("properties", json!({"a": null})), 400);
        assert_eq!(with("id", json!(7)), 400);
        assert_eq!(with("email", json!("a@b.example")), 400);
        assert_eq!(upsert(json!({"inputs": [{"id": "a@b.example"}]})), 400);
        assert_eq!(upsert(json!({"inputs": input})), 400);
        assert_eq!(upsert(json!({})), 400);
        assert_eq!(code(&UPSERT, "text/plain", "{}"), 415);
        assert_eq!(code(&UPSERT, "application/json", "{"), 400);
    }

    #[test]
    fn parameters_that_no_page_names_are_refused() {
        let of = |uri: &str, segments: &[&str]| refused(&Request::new("GET", uri, None, "", b""), segments).is_some();
        assert!(!of("/x?archived=true&limit=100", &["crm", "owners"]));
        assert!(of("/x?active=true", &["crm", "owners"]));
        assert!(of("/x?limit=1", &["account-info", "details"]));
    }
}
