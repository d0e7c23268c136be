//! Owners.

use crate::errors::not_found;
use crate::owner::Owner;
use crate::request::{Answer, Request};
use crate::world::World;
use serde_json::{Value as Json, json};

fn shown(id: u64, owner: &Owner) -> Json {
    let at = "2026-01-01T00:00:00.000Z";
    json!({
        "id": id.to_string(), "email": owner.email, "type": "PERSON", "firstName": owner.first_name,
        "lastName": owner.last_name, "userId": (!owner.archived).then_some(id + 1), "userIdIncludingInactive": id + 1, "createdAt": at,
        "updatedAt": at, "archived": owner.archived,
    })
}

/// `/crm/owners` and what is below.
pub(crate) fn answer(world: &World, request: &Request, rest: &[&str]) -> Answer {
    let is_archived = request.query.get("archived").is_some_and(|text| text == "true");
    if let [id] = rest {
        let found = id.parse().ok().and_then(|id: u64| world.owners.get(&id).map(|owner| shown(id, owner)));
        let found = found.filter(|owner| owner["archived"] == is_archived);
        return found.map_or_else(|| not_found(&format!("Owner {id} does not exist")), Answer::ok);
    }
    let email = request.query.get("email").map(|text| text.to_lowercase());
    let after = request.query.get("after").and_then(|text| text.parse().ok()).unwrap_or(0_u64);
    let fits = |(id, owner): &(&u64, &Owner)| {
        **id > after && owner.archived == is_archived && email.as_ref().is_none_or(|email| owner.email == *email)
    };
    let limit = request.number("limit", 100).min(500);
    let mut found: Vec<Json> =
        world.owners.iter().filter(fits).take(limit + 1).map(|(id, owner)| shown(*id, owner)).collect();
    let mut body = json!({});
    if found.len() > limit {
        found.truncate(limit);
        let last = found.last().map(|owner| owner["id"].clone());
        body["paging"] = json!({"next": {"after": last, "link": ""}});
    }
    body["results"] = json!(found);
    Answer::ok(body)
}
