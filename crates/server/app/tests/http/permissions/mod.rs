//! Every route as every role, compared with the list of which the documents are generated.

mod document;
mod routes;

use crate::members::Browser;
use crate::support::{Knock, Reply};
use knock::permissions::{Gate, KeyNeeds, ROUTES, Route};
use knock_model::{Permission, Role};
use serde_json::json;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};

/// The value of every parameter of a path: an id of no object.
const ID: &str = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d";

/// Settings without rate limits, for a test of many requests.
const FREE: [(&str, &str); 3] = [
    ("KNOCK_INGEST_RATE_PER_IP", "0"),
    ("KNOCK_INGEST_RATE_PER_SITE", "0"),
    ("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8"),
];
/// The number of requests so far: each comes from another address, since wrong secrets make an address wait.
static ASKED: AtomicU32 = AtomicU32::new(0);

/// A caller with a role, or an anonymous one, and the header that authenticates them.
struct Caller {
    role: Option<Role>,
    /// Who writes with the key.
    author: Author,
    header: Option<(&'static str, String)>,
}

/// Who writes with an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Author {
    None,
    Integration,
    Member,
}

impl Caller {
    fn anonymous() -> Caller {
        Caller { role: None, author: Author::None, header: None }
    }

    fn key(knock: &Knock, role: Role) -> Caller {
        Caller::by(role, Author::None, &knock.key(role.as_str()))
    }

    /// A key that writes as an integration, or as the first admin.
    fn writing_key(knock: &Knock, admin: &Browser, author: Author) -> Caller {
        let of = match author {
            Author::Member => json!({"member": admin.id_of(knock, "admin@localhost")}),
            _ => json!({"integration": "Zapier"}),
        };
        let draft = json!({"name": "Writing", "role": "admin", "author": of});
        let made = admin.ask(knock, "POST", "/api/v1/keys", &draft);
        assert_eq!(made.code, 201, "{}", made.body);
        Caller::by(Role::Admin, author, &made.text("key"))
    }

    fn by(role: Role, author: Author, key: &str) -> Caller {
        Caller { role: Some(role), author, header: Some(("authorization", format!("Bearer {key}"))) }
    }

    fn member(knock: &Knock, admin: &Browser, role: Role) -> Caller {
        let browser = Browser::member(knock, admin, &format!("{}@us.example", role.as_str()), role);
        Caller { role: Some(role), author: Author::Member, header: Some(("cookie", browser.cookie)) }
    }

    fn is_key(&self) -> bool {
        self.header.as_ref().is_some_and(|(name, _)| *name == "authorization")
    }

    fn ask(&self, knock: &Knock, route: &Route) -> Reply {
        let parts: Vec<&str> =
            route.path.split('/').map(|part| if part.starts_with('{') { ID } else { part }).collect();
        let path = parts.join("/");
        let from = Ipv4Addr::from_bits(0xc633_6400 + ASKED.fetch_add(1, Ordering::Relaxed)).to_string();
        let mut headers = vec![
            ("content-type", "application/json"),
            ("origin", knock.url.as_str()),
            ("x-forwarded-for", from.as_str()),
        ];
        headers.extend(self.header.as_ref().map(|(name, value)| (*name, value.as_str())));
        knock.send(route.method, &path, &headers, Some(b"{}"))
    }
}

/// The end of a problem's type; empty if the response is none.
fn problem(reply: &Reply) -> &str {
    reply.body["type"].as_str().and_then(|kind| kind.rsplit(':').next()).unwrap_or_default()
}

#[test]
fn every_route_lets_in_whom_its_line_says() {
    let knock = Knock::start_with(&FREE);
    let anonymous = Caller::anonymous();
    let admin = Browser::admin(&knock);
    let keys = Role::ALL.iter().map(|role| Caller::key(&knock, *role));
    let of_members = Role::ALL.iter().filter(|role| role.is_of_members());
    let writing = [Author::Integration, Author::Member].map(|author| Caller::writing_key(&knock, &admin, author));
    let members = of_members.map(|role| Caller::member(&knock, &admin, *role));
    let callers: Vec<Caller> = keys.chain(writing).chain(members).collect();
    // Signing out comes last.
    let is_end = |route: &&Route| (route.method, route.path) == ("DELETE", "/api/v1/session");
    for route in ROUTES.iter().filter(|route| !is_end(route)).chain(ROUTES.iter().filter(is_end)) {
        let unknown = anonymous.ask(&knock, route);
        check(route, &anonymous, &unknown, &unknown);
        for caller in &callers {
            check(route, caller, &caller.ask(&knock, route), &unknown);
        }
    }
}

/// Compares a response with the line of the list; `unknown` is the response to an anonymous caller.
fn check(route: &Route, caller: &Caller, reply: &Reply, unknown: &Reply) {
    let who = format!("{} {} as {:?}: {} {}", route.method, route.path, caller.role, reply.code, reply.body);
    match (route.gate, caller.role) {
        (Gate::Needs(_), None) => assert_eq!((reply.code, problem(reply)), (401, "signed-out"), "{who}"),
        (Gate::OpenOrKey(_, permission), Some(role)) if caller.is_key() => {
            is_by_role(role, permission, reply, &who);
        }
        (Gate::Needs(permission), Some(role)) => {
            is_by_role(role, permission, reply, &who);
            if caller.is_key() && role.may(permission) {
                is_by_key(route.key, caller.author, reply, &who);
            }
        }
        (Gate::Open(_) | Gate::OpenOrKey(..), _) => {
            assert_eq!((reply.code, problem(reply)), (unknown.code, problem(unknown)), "{who}");
            assert_ne!(problem(reply), "not-permitted", "{who}");
        }
    }
}

/// Compares a response to an API key with what the line says of keys. A refusal says what is missing.
fn is_by_key(needs: KeyNeeds, author: Author, reply: &Reply, who: &str) {
    let missing = match (needs, author) {
        (KeyNeeds::SignIn, _) => Some("signed-in member"),
        (KeyNeeds::Member, Author::None) => Some("bound to no member"),
        (KeyNeeds::Member, Author::Integration) => Some("of an integration"),
        (KeyNeeds::Author, Author::None) => Some("without an author"),
        (KeyNeeds::Role, _) | (_, Author::Member) | (KeyNeeds::Author, Author::Integration) => None,
    };
    let field = &reply.body["errors"][0];
    let is_of_key = field["pointer"] == "header/Authorization" && problem(reply) == "forbidden";
    match missing {
        Some(missing) => {
            assert!(reply.code == 403 && is_of_key, "{who}");
            assert!(field["reason"].as_str().is_some_and(|reason| reason.contains(missing)), "{who}");
        }
        None => assert!(!is_of_key, "{who}"),
    }
}

fn is_by_role(role: Role, permission: Permission, reply: &Reply, who: &str) {
    if role.may(permission) {
        assert!(!["signed-out", "not-permitted"].contains(&problem(reply)), "{who}");
        return;
    }
    assert_eq!((reply.code, problem(reply)), (403, "not-permitted"), "{who}");
    let detail = reply.body["detail"].as_str().unwrap_or_default();
    assert!(detail.contains(permission.description()) && detail.contains(role.as_str()), "{who}");
}
