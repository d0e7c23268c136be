//! A lead that no segment of a long rule takes: four conditions of each hold, the fifth does not.

use knock_model::Millis;
use knock_routing::{Ask, Funnel, LeadFields, Link, Rep, Rule, Rules, Team, decide};
use serde_json::{Value, json};
use std::hint::black_box;

const NOW: Millis = Millis(1_780_315_200_000);
const SEGMENTS: usize = 50;
const REPS: usize = 20;
const POOL: usize = 5;

pub(crate) struct Routed {
    rule: Rule,
    link: Link,
    lead: LeadFields,
    team: Team,
}

impl Routed {
    pub(crate) fn new() -> Routed {
        let routed = Routed {
            rule: serde_json::from_value(rule()).expect("a good rule"),
            link: Link {
                id: "chat".into(),
                funnel: Funnel::Chat,
                channel: "Website".into(),
                rule: Some("emea".into()),
                calendar: None,
            },
            lead: serde_json::from_value(lead()).expect("a good lead"),
            team: Team { reps: (0..REPS).map(rep).collect(), ..Team::default() },
        };
        let decision = decide(routed.rules(), &routed.ask()).expect("a rule");
        assert_eq!(decision.segment.as_deref(), Some("fallback"));
        let lead = routed.ask().fields().into_owned();
        let tried = routed.rule.tried(&lead, Some(NOW));
        assert!(tried.len() == SEGMENTS && tried.iter().all(|segment| segment.deciding.len() == 1), "{tried:?}");
        routed
    }

    pub(crate) fn decide(&self) {
        black_box(decide(black_box(self.rules()), &self.ask()).expect("a rule"));
    }

    fn rules(&self) -> Rules<'_> {
        Rules(std::slice::from_ref(&self.rule))
    }

    fn ask(&self) -> Ask<'_> {
        Ask {
            funnel: Funnel::Chat,
            link: Some(&self.link),
            lead: &self.lead,
            team: &self.team,
            sticky: None,
            needs_human: false,
            now: Some(NOW),
        }
    }
}

fn rule() -> Value {
    let segments: Vec<Value> = (0..SEGMENTS).map(segment).collect();
    let pool: Vec<String> = (0..POOL).map(name).collect();
    json!({"id": "emea", "funnel": "chat", "name": "EMEA", "crm_aware": "notify", "segments": segments,
        "fallback": {"assign": {"pool": pool, "strategy": "round_robin"}}})
}

fn segment(place: usize) -> Value {
    let last = match place % 5 {
        0 => json!({"field": "email", "op": "ends_with", "value": format!("@customer{place}.example")}),
        1 => json!({"field": "intent.score", "op": "in", "value": ["High", format!("Level {place}")]}),
        2 => json!({"field": "signals.categories", "op": "has_all", "value": ["Demo/Contact sales", "Partner"]}),
        3 => json!({"field": "custom.plan", "op": "eq", "value": format!("plan {place}")}),
        _ => json!({"field": "company.employees", "op": "between", "value": [place * 1_000 + 500, 90_000]}),
    };
    let when = json!({"all": [
        {"field": "company.country", "op": "in", "value": ["AT", "CH", "FR", "IT", "DE"]},
        {"field": "company.industry", "op": "contains", "value": "software"},
        {"field": "signals.categories", "op": "has_any", "value": ["Integrations", "Pricing"]},
        {"not": {"field": "attribution.channel", "op": "eq", "value": "Paid search"}},
        last,
    ]});
    json!({"id": format!("segment-{place}"), "name": format!("Segment {place}"), "when": when,
        "assign": {"rep": name(place % REPS)}})
}

fn lead() -> Value {
    json!({
        "session.country": "DE", "session.city": "Berlin", "session.device": "desktop", "session.os": "macOS",
        "session.browser": "Firefox", "session.language": "de-DE", "session.landing_page": "/pricing",
        "session.page_count": 7, "session.seconds_on_site": 431, "session.is_returning": true,
        "attribution.channel": "Organic search", "attribution.source": "google",
        "company.domain": "example.com", "company.name": "Example GmbH", "company.employees": 320,
        "company.industry": "Computer Software", "company.country": "DE", "company.technologies": ["Rust", "Postgres"],
        "email": "ann.lee@example.com", "email.is_free": false, "person.title": "Head of Sales",
        "intent.type": "Buying", "intent.score": "Medium", "signals.engagement_score": 61,
        "signals.categories": ["Docs", "Case study", "Pricing"],
        "crm.hubspot.exists": true, "crm.hubspot.owner": "rep7@knock.example", "custom.plan": "trial",
    })
}

fn rep(place: usize) -> Rep {
    Rep { id: name(place), email: Some(format!("rep{place}@knock.example")), ..Rep::default() }
}

fn name(place: usize) -> String {
    format!("7c2f9a54-6f0b-4d0d-8f0e-{place:012}")
}
