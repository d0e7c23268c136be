//! The rate with twenty active workflows beside that without any: two servers in turn.

use crate::measure::Shape;
use crate::server::Server;
use crate::turns::{in_turn, middle};
use knock_model::Millis;
use serde_json::{Value, json};

/// Active workflows of the one server.
const ACTIVE: usize = 20;
const PATH: &str = "/api/v1/workflows";
/// More than a visitor of the crowd has in a week.
const UNREACHED: u32 = 10_000;

/// Compares both for workflows that no visitor reaches, and for the templates, which enrol who views Pricing twice.
pub(crate) fn workflows(seconds: u64) {
    compare("that count and enrol no visitor", counting, seconds);
    compare("made of the templates", templates, seconds);
}

/// Drafts for a server.
type Drafts = fn(&Server, &str) -> Vec<Value>;

fn compare(which: &str, drafts: Drafts, seconds: u64) {
    let dirs = [(); 2].map(|()| tempfile::TempDir::new().expect("a directory"));
    let servers = dirs.each_ref().map(|dir| Server::knock(dir.path(), ""));
    let [with, _] = &servers;
    let key = with.key();
    for draft in drafts(with, &key) {
        let saved = with.ask("POST", PATH, &key, &draft);
        let path = format!("{PATH}/{}/state", saved["id"].as_str().expect("an id"));
        with.ask("PUT", &path, &key, &json!({"enabled": true}));
    }
    println!("\n{ACTIVE} active workflows {which}, in turn with none");
    for shape in [Shape::BATCHES, Shape::PROXIED] {
        let seen = in_turn(servers.each_ref(), shape, 0, seconds);
        let [(rate, all), (other, others)] = seen.each_ref().map(|figures| middle(figures, |one| one.rate));
        let [(cpu, _), (least, _)] = seen.each_ref().map(|figures| middle(figures, |one| one.cpu));
        println!("  {}: {:.3} of the rate, {:.2} times the processor time", shape.name, rate / other, cpu / least);
        println!("    {rate:.0} of {all:.0?}, {other:.0} of {others:.0?}");
    }
    let listed = with.api(&key, PATH);
    let rows = listed["workflows"].as_array().map(Vec::as_slice).unwrap_or_default();
    let enrolled: u64 = rows.iter().filter_map(|row| row["counts"]["enrolled"].as_u64()).sum();
    println!("    {enrolled} enrolments");
}

/// Workflows that look at every signal of some kind, and whose counts are out of reach.
fn counting(_: &Server, _: &str) -> Vec<Value> {
    let counted = |mut trigger: Value| {
        trigger["on"] = json!("signal");
        (trigger["count"], trigger["within_ms"]) = (json!(UNREACHED), json!(7 * Millis::DAY.0));
        trigger
    };
    let categories = ["Pricing", "Product", "Docs", "Blog", "Find a Job"];
    let of_pages = categories.map(|category| counted(json!({"signal": "page_view", "category": category})));
    let of_types = ["click", "cta", "form_start"].map(|signal| counted(json!({"signal": signal})));
    let fields = [
        ("chat.status", "Rep Reply Needed"),
        ("chat.status", "Qualified"),
        ("meeting.status", "Qualified but Not Booked"),
        ("intent.type", "Job seeker"),
    ];
    let of_fields = fields.map(|(field, value)| json!({"on": "field", "field": field, "to": [value]}));
    let of_events = ["message", "form", "link"].map(|event| json!({"on": event}));
    let triggers = of_pages.into_iter().chain(of_types).chain(of_fields).chain(of_events);
    let triggers: Vec<Value> = triggers.collect();
    let content = json!({"do": "nudge", "text": {"en": "Any questions?"}, "buttons": []});
    let draft = |(place, trigger): (usize, &Value)| {
        json!({
            "name": format!("Workflow {place}"),
            "definition": {"trigger": trigger, "steps": [{"id": "s1", "do": "nudge"}]},
            "contents": {"s1": content},
        })
    };
    triggers.iter().cycle().take(ACTIVE).enumerate().map(draft).collect()
}

/// The templates with what they leave open, as often as it takes.
fn templates(server: &Server, key: &str) -> Vec<Value> {
    let tag = server.ask("POST", "/api/v1/tags", key, &json!({"name": "Low"}))["id"].clone();
    let listed = server.api(key, &format!("{PATH}/templates"));
    let templates = listed["templates"].as_array().expect("a list");
    let draft = |(place, template): (usize, &Value)| {
        let mut draft = template["draft"].clone();
        draft["name"] = json!(format!("Workflow {place}"));
        match template["key"].as_str().unwrap_or_default() {
            "job-seekers" => draft["contents"]["s1"]["channel"] = json!("C024BE91L"),
            "clean-crm" => draft["contents"]["s2"] = json!({"do": "tag", "tag": tag}),
            _ => {}
        }
        draft
    };
    templates.iter().cycle().take(ACTIVE).enumerate().map(draft).collect()
}
