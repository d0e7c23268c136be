//! The list has a line for every route: of the API by its OpenAPI document, of pages by the sources.

use crate::support::Knock;
use knock::permissions::ROUTES;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Methods that a route can have.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

type Routes = BTreeSet<(String, String)>;

#[test]
fn every_route_has_one_line_and_every_line_a_route() {
    let knock = Knock::start();
    let document = knock.send("GET", "/api/openapi.json", &[], None).body;
    let mut routes = Routes::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            routes.insert((path.clone(), method.to_uppercase()));
        }
    }
    undocumented(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http"), &mut routes);
    let lines: Routes = ROUTES.iter().map(|route| (route.path.to_owned(), route.method.to_owned())).collect();
    assert_eq!(lines.len(), ROUTES.len(), "a route has two lines");
    let missing: Vec<_> = routes.difference(&lines).collect();
    assert!(missing.is_empty(), "`permissions.rs` lacks {missing:?}");
    let idle: Vec<_> = lines.difference(&routes).collect();
    assert!(idle.is_empty(), "`permissions.rs` has lines of no route: {idle:?}");
}

/// Collects routes that are no part of the API's document: `.route("PATH", METHOD(..).METHOD(..))` in one line.
fn undocumented(folder: &Path, routes: &mut Routes) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            undocumented(&path, routes);
            continue;
        }
        for line in fs::read_to_string(&path).expect("text").lines() {
            let Some((_, rest)) = line.split_once(".route(\"") else { continue };
            let (path, handlers) = rest.split_once("\",").expect("a path");
            let of_path = METHODS.iter().filter(|method| has_method(handlers, method));
            let found: Routes = of_path.map(|method| (path.to_owned(), method.to_uppercase())).collect();
            assert!(!found.is_empty(), "{path}: its methods stand in another line");
            routes.extend(found);
        }
    }
}

fn has_method(handlers: &str, method: &str) -> bool {
    let call = format!("{method}(");
    handlers.trim_start().starts_with(&call) || handlers.contains(&format!(").{call}"))
}
