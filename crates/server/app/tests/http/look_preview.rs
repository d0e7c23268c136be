//! A draft of a look as pages would get it.

use serde_json::json;

use crate::support::Knock;

#[test]
fn a_draft_is_shown_and_not_saved() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let look = format!("/api/v1/sites/{}/look", knock.site());
    let preview = |draft| knock.ask("POST", &format!("{look}/preview?lang=de-AT"), &key, &draft);
    let draft = json!({
        "colour": "#0b6e4f", "title": {"de": "Frag uns", "en": "Ask us"}, "languages": ["en", "de"],
        "logo": "/v1/look/pictures/018f3c2e-0000-4000-8000-000000000000",
    });
    let shown = preview(draft);
    assert_eq!(shown.code, 200, "{}", shown.body);
    assert_eq!(shown.body["language"], "de");
    assert_eq!(shown.body["title"], "Frag uns");
    assert_eq!(shown.body["colours"]["light"]["accent"], "#0b6e4f");
    assert!(shown.body.get("logo").is_none(), "the pictures are those of the site: {}", shown.body);

    let wrong = preview(json!({"colour": "green"}));
    assert_eq!((wrong.code, &wrong.body["errors"][0]["pointer"]), (422, &json!("/colour")));
    let stored = knock.send("GET", &look, &[("authorization", &format!("Bearer {key}"))], None);
    assert_eq!((stored.code, &stored.body["title"]), (200, &json!({})), "{}", stored.body);
    assert_eq!(knock.ask("POST", "/api/v1/sites/none/look/preview", &key, &json!({})).code, 404);
}
