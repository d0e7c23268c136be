//! The page that asks a person whether the app may be installed.

use crate::world::seed::CLIENT_ID;
use crate::world::{Code, World};
use std::collections::BTreeSet;
use url::Url;

/// The fields of the page's form.
type Fields = serde_json::Map<String, serde_json::Value>;

fn field<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.get(name).and_then(serde_json::Value::as_str).unwrap_or_default()
}

/// The page, or why there is none.
pub(crate) fn page(fields: &Fields) -> Result<String, &'static str> {
    if field(fields, "client_id") != CLIENT_ID {
        return Err("Invalid client_id parameter");
    }
    if field(fields, "scope").is_empty() {
        return Err("Invalid permissions requested: at least one scope is wanted");
    }
    let hidden: String = ["client_id", "scope", "state", "redirect_uri"]
        .iter()
        .map(|name| format!(r#"<input type="hidden" name="{name}" value="{}">"#, escaped(field(fields, name))))
        .collect();
    let scopes: String =
        field(fields, "scope").split(',').map(|scope| format!("<li>{}</li>", escaped(scope))).collect();
    Ok(format!(
        r#"<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Knock is requesting permission to access Acme</title>
<h1>Knock is requesting permission to access the Acme workspace</h1><ul>{scopes}</ul>
<form method="post" action="/oauth/v2/authorize">{hidden}
<button name="decision" value="cancel">Cancel</button> <button name="decision" value="allow">Allow</button></form></html>"#
    ))
}

/// The address to which the browser is redirected after the decision.
pub(crate) fn decide(world: &mut World, fields: &Fields) -> Option<Url> {
    let mut back = Url::parse(field(fields, "redirect_uri")).ok()?;
    let state = field(fields, "state").to_owned();
    if field(fields, "decision") == "allow" {
        let id = world.id("code");
        let scopes: BTreeSet<String> = field(fields, "scope").split(',').map(str::to_owned).collect();
        let redirect_uri = field(fields, "redirect_uri").to_owned();
        let code = Code { scopes, redirect_uri, at: world.now(), is_used: false };
        world.codes.insert(id.clone(), code);
        back.query_pairs_mut().append_pair("code", &id).append_pair("state", &state);
    } else {
        back.query_pairs_mut().append_pair("error", "access_denied").append_pair("state", &state);
    }
    Some(back)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
