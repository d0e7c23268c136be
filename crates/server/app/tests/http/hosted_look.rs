//! Public pages and mails to leads in the look of their site.

use crate::mail::start;
use crate::meetings::{Office, TUESDAY_TEN};
use crate::support::{Knock, ORIGIN};
use knock_testing::MailServer;
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";

/// Adds a site with a look; its key.
fn add_site(knock: &Knock, key: &str, look: &Value) -> String {
    let made = knock.ask("POST", "/api/v1/sites", key, &json!({"name": "Brew & Lab", "origins": [ORIGIN]}));
    let site = made.text("key");
    let path = format!("/api/v1/sites/{site}/look");
    let set = knock.ask("PUT", &path, key, look);
    assert_eq!(set.code, 200, "{}", set.body);
    site
}

fn page(knock: &Knock, path: &str, language: &str) -> String {
    let page = knock.send("GET", path, &[("accept", "text/html"), ("accept-language", language)], None);
    page.body.as_str().unwrap_or_else(|| panic!("{path}: {}", page.body)).to_owned()
}

/// The address of the style sheet with the colours, as it stands in a page.
fn sheet(page: &str) -> &str {
    let (_, rest) = page.split_once("<link rel=\"stylesheet\" href=\"/l/look/").expect("a sheet");
    rest.split('"').next().expect("an address")
}

#[test]
fn a_page_has_the_look_of_its_site() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let look = json!({"colour": "#b3261e", "scheme": "dark", "languages": ["de", "en"],
        "privacy_url": "https://brew.example/privacy?a=1&b=2", "title": {"de": "</script><b>Frag uns"},
        "words": {"de": {"page.gone.title": "Weg <ist> er"}}});
    let site = add_site(&knock, &key, &look);

    let chat = page(&knock, "/l/chat", "fr");
    for expected in [
        "<html lang=\"de\" data-scheme=\"dark\">",
        "content=\"dark\"",
        "/widget.css?scheme=dark\"",
        "<title>Brew &amp; Lab</title>",
        "<script type=\"application/json\" id=\"look\">{\"language\":\"de\",\"name\":\"Brew & Lab\"",
        "\\u003c/script>\\u003cb>Frag uns",
        "<footer class=\"foot\"><a href=\"https://brew.example/privacy?a=1&amp;b=2\"",
    ] {
        assert!(chat.contains(expected), "{expected}: {chat}");
    }
    assert!(page(&knock, "/l/chat", "en").contains("<html lang=\"en\""), "a language that the site offers");
    for path in ["/l/none", "/m/bad", "/nothing", "/mail/stop?lead=x"] {
        let page = page(&knock, path, "de");
        assert!(page.contains("/hosted.css?scheme=dark\"") && page.contains("data-scheme=\"dark\""), "{page}");
        assert!(page.contains(&format!("/l/look/{site}.css?v=")), "{page}");
    }
    let gone = page(&knock, "/l/none", "de");
    for expected in ["<h1>Weg &lt;ist&gt; er</h1>", "<a href=\"https://brew.example/privacy?a=1&amp;b=2\""] {
        assert!(gone.contains(expected), "{expected}: {gone}");
    }

    let colours = knock.send("GET", &format!("/l/look/{}", sheet(&chat)), &[], None);
    assert_eq!((colours.code, colours.header("content-type")), (200, Some("text/css; charset=utf-8")));
    let text = colours.body.as_str().expect("a sheet").to_owned();
    assert!(text.starts_with(":root{--k-accent:#") && !text.contains("@media"), "{text}");
    let widget = chat.split("href=\"").find(|part| part.contains("widget.css")).and_then(|part| part.split('"').next());
    let widget = knock.send("GET", widget.expect("a sheet"), &[], None);
    let text = widget.body.as_str().expect("a sheet");
    assert!(!text.contains("prefers-color-scheme") && text.contains("@media"), "{text}");

    let plain = page(&knock, &format!("/l/Website?site={}", knock.site()), "en");
    assert!(plain.contains("<html lang=\"en\">") && !plain.contains("/l/look/"), "the demo keeps the standard look");
    assert_eq!(knock.send("GET", "/l/look/none.css", &[], None).code, 404);
}

#[test]
fn a_mail_to_a_lead_has_the_look_and_one_to_a_member_has_not() {
    let server = MailServer::start();
    let office = Office::of(start(&server));
    add_site(&office.knock, &office.key, &json!({"colour": "#b3261e"}));
    assert_eq!(office.books(1, ANN, TUESDAY_TEN).code, 201);
    let mails = server.until(2);
    let html = |to: &str| {
        let mail = mails.iter().find(|mail| mail.0["rcpt"] == json!([to])).expect("a mail");
        mail.part("text/html").to_owned()
    };
    let lead = html(ANN);
    assert!(lead.contains("background: #b3261e; color: #ffffff"), "{lead}");
    assert!(
        lead.contains("<strong>Brew &#38; Lab</strong>") || lead.contains("<strong>Brew &amp; Lab</strong>"),
        "{lead}"
    );
    let member = html("admin@localhost");
    assert!(!member.contains("#b3261e") && !member.contains("<strong>"), "{member}");
}
