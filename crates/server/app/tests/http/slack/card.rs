//! The card of a chat: person, company, attribution, intent with its reasons, stage, assignee and reason; updated in
//! place.

use super::{Office, calls_only, mention, once, text};
use crate::support::{identify, signal};
use contract_slack::seed;
use knock_testing::{Site, found};
use serde_json::{Value, json};

const CAMPAIGN: &str = "?utm_source=linkedin&utm_medium=cpc&utm_campaign=spring";

/// The chat of a visitor of a campaign who views prices and is identified.
fn a_buyer(office: &Office) -> knock_testing::Chat {
    let (now, visitor) = (office.knock.now(), Site::new(&office.knock.site()).visitor(1));
    let pages = [format!("/pricing{CAMPAIGN}"), "/demo".to_owned(), "/pricing".to_owned()];
    let seen = (1..).zip(&pages).map(|(n, page)| signal(now, n, "page_view", page));
    let signals: Vec<Value> = seen.chain([identify(now, 9, "lee@globex.example")]).collect();
    assert_eq!(visitor.sends(&office.knock, &signals).code, 202);
    let chat = visitor.opens_chat(&office.knock);
    assert_eq!(chat.write(&office.knock, 20, "We are 200 people and need a quote").code, 201);
    chat
}

#[test]
fn a_card_says_who_it_is_how_they_came_what_they_want_and_who_has_it() {
    let office = Office::with_ann();
    let chat = a_buyer(&office);
    let card = office.post(&format!("monitor:{}", chat.id));
    let shown = card["blocks"].to_string();
    let scored = chat.record(&office.knock, &office.key)["conversation"]["intent"]["bucket"].clone();
    for wanted in [
        "Ann Lee",
        "globex.example",
        "linkedin",
        "spring",
        &format!("{} · Buying", scored.as_str().expect("a bucket")),
        "Score by: ",
        "Pricing",
        "First Seen",
        &mention(seed::ANN),
        "First message",
        "We are 200 people and need a quote",
        "Routed by Default Routing Rule",
    ] {
        assert!(shown.contains(wanted), "{wanted}: {shown}");
    }
    // The notification has who it is, how much and what they want, and their words.
    let said = text(&card, "text");
    let bucket = scored.as_str().expect("a bucket");
    assert!(said.starts_with("Ann Lee") && said.contains(&format!(", {bucket}, Buying: ")), "{said}");
    assert!(said.ends_with(": We are 200 people and need a quote"), "{said}");
    assert!(!shown.contains('\u{200b}'), "what is copied from a card has no invisible marks: {shown}");
    // The direct message is the same.
    let direct = office.post(&format!("dm:{}", chat.id));
    assert_eq!(direct["blocks"][1], card["blocks"][1]);
}

#[test]
fn a_card_is_changed_in_place_instead_of_a_new_post() {
    let office = Office::with_ann();
    let chat = a_buyer(&office);
    let card = office.post(&format!("monitor:{}", chat.id));
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    let changed = found("the card says so", || {
        office.passes_between_attempts();
        let card = office.post(&format!("monitor:{}", chat.id));
        card["blocks"].to_string().contains("Rejected").then_some(card)
    });
    assert_eq!((text(&changed, "ts"), text(&changed, "channel")), (text(&card, "ts"), seed::GENERAL.to_owned()));
    let in_channel = office.slack.messages().iter().filter(|message| message["channel"] == seed::GENERAL).count();
    assert_eq!(in_channel, 1);
    once(&office);
}

#[test]
fn a_card_follows_the_last_message_with_few_calls() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.post(&format!("monitor:{}", chat.id));
    for number in 2..9 {
        assert_eq!(chat.write(&office.knock, number, &format!("Line {number} <!here>")).code, 201);
    }
    let card = found("the card has the last message", || {
        let card = office.post(&format!("monitor:{}", chat.id));
        card["blocks"].to_string().contains("Line 8 &lt;!here&gt;").then_some(card)
    });
    assert!(text(&card, "text").ends_with(": Line 8 &lt;!here&gt;"), "{card}");
    assert!(card["blocks"].to_string().contains("We are 200 people"), "{card}");
    assert!(card["blocks"].to_string().contains("Waits for"), "{card}");
    assert!(calls_only(&card, seed::ANN), "{card}");
    let updates = office.slack.calls("chat.update");
    let of_card = updates.iter().filter(|call| call["arguments"]["ts"] == card["ts"]);
    let at: Vec<i64> = of_card.map(|call| call["at"].as_i64().expect("an instant")).collect();
    assert!(at.windows(2).all(|pair| pair[1] - pair[0] >= 1_500), "{at:?}");
    once(&office);
}
