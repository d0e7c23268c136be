//! The link of a mailed reply: it opens its conversation in any browser, for thirty days, and nothing else.

use crate::chat::{Chat, open_as, rep_writes};
use crate::mail::{PATIENCE, advance, gone, mails, start};
use crate::support::{Knock, Reply, batch, id, identify, signal};
use knock_testing::MailServer;
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";
const DAY: i64 = 86_400_000;

/// The address of the conversation in a mail, and the token in it.
fn link(text: &str) -> (&str, &str) {
    let address = text.split_whitespace().find(|word| word.contains("/l/")).expect("a link");
    address.split_once("#c=").expect("a token")
}

/// Sends a rep's reply to a lead who has left; the text of the mail about it.
fn mailed(knock: &Knock, server: &MailServer, chat: &Chat) -> String {
    let count = server.all().len();
    assert_eq!(rep_writes(knock, chat, 900, "It is $490 a month."), 201);
    advance(knock, PATIENCE + 1);
    server.until(count + 1)[count].part("text/plain").to_owned()
}

/// Sends another reply; the text of the mail about it.
fn mailed_again(knock: &Knock, server: &MailServer, chat: &Chat) -> String {
    let count = server.all().len();
    assert_eq!(rep_writes(knock, chat, 901, "And $40 for support."), 201);
    advance(knock, PATIENCE + 1);
    server.until(count + 1)[count].part("text/plain").to_owned()
}

/// Opens the chat of a site in a browser: with its own secret, and with the token of a mailed link.
fn open(knock: &Knock, browser: u64, resume: Option<&str>) -> Reply {
    let visitor = id(1_700_000_000_000, browser);
    let secret = format!("{browser:064}");
    let mut start = json!({"site": knock.site(), "visitor": visitor, "session": visitor, "secret": secret});
    if let Some(token) = resume {
        start["resume"] = json!(token);
    }
    let reply = knock.post("/v1/chat", &start);
    assert_eq!(reply.code, 201, "{}", reply.body);
    reply
}

fn contacts(knock: &Knock) -> Vec<Value> {
    knock.get("/api/v1/contacts", &knock.admin_key()).body["contacts"].as_array().expect("a list").clone()
}

#[test]
fn a_mailed_link_opens_its_conversation_on_another_device() {
    let server = MailServer::start();
    let knock = start(&server);
    let first = gone(&knock, &knock.site(), 1, ANN);
    let text = mailed(&knock, &server, &first);
    let (page, token) = link(&text);
    let other = Chat::new(&open(&knock, 50, Some(token)));
    assert_eq!(other.id, first.id);
    assert_eq!(other.messages(&knock, 0), first.messages(&knock, 0), "both browsers are let in");
    assert_eq!(other.write(&knock, 950, "Fine, when can we start?").code, 201);
    // From now on its own secret opens it, with a new token in place of the one before.
    let again = Chat::new(&open(&knock, 50, None));
    assert_eq!(again.id, first.id);
    let let_in = |chat: &Chat| {
        let path = format!("{}/messages", chat.path());
        knock.send("GET", &path, &[("authorization", chat.token())], None).code
    };
    assert_eq!([let_in(&first), let_in(&other), let_in(&again)], [200, 401, 200]);
    // The browser is the lead's.
    let (now, key) = (knock.now(), knock.admin_key());
    let before = contacts(&knock)[0]["signals"].as_u64().expect("a number");
    knock.post_signals(&batch(&knock.site(), 50, now, &[signal(now, 51, "page_view", "/pricing")]));
    let known = contacts(&knock);
    assert_eq!((known.len(), &known[0]["email"]), (1, &json!(ANN)), "{known:?}");
    assert_eq!(known[0]["signals"], json!(before + 1));
    assert_eq!(knock.get("/api/v1/conversations", &key).body["conversations"].as_array().map(Vec::len), Some(1));
    let page = page.strip_prefix(&knock.url).unwrap_or_else(|| panic!("{page}"));
    assert_eq!(page, format!("/l/Website?lang=en&site={}", knock.site()));
    let page = knock.send("GET", page, &[], None);
    assert!(page.code == 200 && page.body.as_str().is_some_and(|page| page.contains("Tareline")), "{}", page.body);
}

/// Reads the conversation of a mailed link without opening it.
fn looks(knock: &Knock, token: &str) -> Reply {
    knock.send("GET", "/v1/chat/mailed", &[("authorization", &format!("Bearer {token}"))], None)
}

#[test]
fn who_only_looks_is_no_browser_of_the_lead_and_the_next_reply_is_mailed() {
    let server = MailServer::start();
    let knock = start(&server);
    let chat = gone(&knock, &knock.site(), 1, ANN);
    let text = mailed(&knock, &server, &chat);
    let (_, token) = link(&text);
    let key = knock.admin_key();
    let record = || {
        let mut record = chat.record(&knock, &key)["conversation"].clone();
        // The instant at which the score is read.
        record["intent"]["at"] = json!(0);
        record
    };
    let known = || {
        let mut known = contacts(&knock);
        known.iter_mut().for_each(|contact| contact["intent"]["at"] = json!(0));
        known
    };
    let before = (record(), known());

    let shown = looks(&knock, token);
    assert_eq!((shown.code, shown.text("conversation")), (200, chat.id.clone()), "{}", shown.body);
    assert_eq!(shown.body["messages"], json!(chat.messages(&knock, 0)));
    assert_eq!((record(), known()), before, "nothing is counted");

    // A second reply is mailed, as if no one had looked at the first.
    let again = mailed_again(&knock, &server, &chat);
    assert!(again.contains("And $40 for support."), "{again}");
}

#[test]
fn a_token_that_is_not_good_shows_nothing() {
    let server = MailServer::start();
    let knock = start(&server);
    let chat = gone(&knock, &knock.site(), 1, ANN);
    let text = mailed(&knock, &server, &chat);
    let (_, token) = link(&text);
    let spoilt = format!("{}AAAA", &token[..token.len() - 4]);
    for wrong in [spoilt.as_str(), "HIDDEN", chat.token().trim_start_matches("Bearer ")] {
        assert_eq!(looks(&knock, wrong).code, 401, "{wrong}");
    }
    assert_eq!(knock.send("GET", "/v1/chat/mailed", &[], None).code, 401);
    assert_eq!(looks(&knock, token).code, 200);
    advance(&knock, 30 * DAY);
    assert_eq!(looks(&knock, token).code, 401, "it is too old");
}

#[test]
fn a_token_that_is_not_good_is_as_good_as_none() {
    let server = MailServer::start();
    let (knock, other) = (start(&server), start(&server));
    let chat = gone(&knock, &knock.site(), 1, ANN);
    let text = mailed(&knock, &server, &chat);
    let (_, token) = link(&text);
    let elsewhere = gone(&other, &other.site(), 1, ANN);
    let foreign = mailed(&other, &server, &elsewhere);
    let last = if token.ends_with('A') { "B" } else { "A" };
    let spoilt = format!("{}{last}AAA", &token[..token.len() - 4]);
    for (browser, token) in [(50, link(&foreign).1), (51, spoilt.as_str()), (52, ""), (53, "HIDDEN")] {
        let opened = open(&knock, browser, Some(token));
        assert_ne!(opened.text("conversation"), chat.id, "{token}");
        let none = open(&knock, browser + 10, None);
        assert_eq!(opened.body.as_object().map(|it| it.len()), none.body.as_object().map(|it| it.len()));
        assert_eq!(Chat::new(&opened).messages(&knock, 0).len(), 1, "the greeting");
    }
    assert_eq!(Chat::new(&open(&knock, 54, Some(token))).id, chat.id);
    advance(&knock, 30 * DAY);
    assert_ne!(Chat::new(&open(&knock, 55, Some(token))).id, chat.id, "it is too old");
    assert_eq!(Chat::new(&open(&knock, 54, Some(token))).id, chat.id, "it has its own secret");
}

#[test]
fn who_was_erased_leaves_nothing_to_open() {
    let server = MailServer::start();
    let knock = start(&server);
    let chat = gone(&knock, &knock.site(), 1, ANN);
    let text = mailed(&knock, &server, &chat);
    let (_, token) = link(&text);
    assert_eq!(Chat::new(&open(&knock, 50, Some(token))).id, chat.id);
    assert!(knock.command(&["erase", "--person", ANN]).status.success());
    for browser in [50, 51] {
        let opened = Chat::new(&open(&knock, browser, Some(token)));
        assert_ne!(opened.id, chat.id);
        assert_eq!(opened.messages(&knock, 0).len(), 1, "the greeting");
    }
    assert!(contacts(&knock).iter().all(|contact| contact["email"] != ANN));
}

#[test]
fn the_conversation_of_a_merged_lead_is_the_surviving_ones() {
    let server = MailServer::start();
    let knock = start(&server);
    let now = knock.now();
    // Identified on another device, without a chat there.
    knock.post_signals(&batch(&knock.site(), 7, now, &[identify(now, 71, ANN)]));
    let chat = open_as(&knock, &knock.site(), 1);
    assert_eq!(chat.write(&knock, 101, &format!("What does it cost? I am {ANN}")).code, 201);
    let text = mailed(&knock, &server, &chat);
    let (_, token) = link(&text);
    // A browser that was another anonymous lead's is the lead's from now on.
    assert_ne!(Chat::new(&open(&knock, 50, None)).id, chat.id);
    assert_eq!(Chat::new(&open(&knock, 50, Some(token))).id, chat.id);
    assert_eq!(Chat::new(&open(&knock, 50, None)).id, chat.id);
    let known = contacts(&knock);
    assert_eq!(known.iter().filter(|contact| contact["email"] == ANN).count(), 1, "{known:?}");
}

#[test]
fn the_list_of_mails_shows_no_token_and_the_page_speaks_the_language_of_the_mail() {
    let server = MailServer::start();
    let knock = start(&server);
    let site = knock.site();
    let chat = open_as(&knock, &site, 1);
    assert_eq!(chat.write(&knock, 101, &format!("Guten Tag, was kostet das? Ich bin {ANN}")).code, 201);
    let text = mailed(&knock, &server, &chat);
    assert!(text.contains("Das Team von Tareline hat Ihnen geantwortet:"), "{text}");
    let (page, token) = link(&text);
    let listed = mails(&knock, &knock.admin_key())[0]["text"].to_string();
    assert!(listed.contains("#c=HIDDEN") && !listed.contains(token), "{listed}");
    let get = |path: &str, headers: &[(&str, &str)]| knock.send("GET", path, headers, None);
    let shown = get(page.strip_prefix(&knock.url).expect("a page of ours"), &[]);
    assert!(shown.body.as_str().is_some_and(|page| page.contains("<html lang=\"de\">")), "{}", shown.body);
    let shown = get("/l/chat", &[("accept-language", "es-MX,en;q=0.5")]);
    assert!(shown.body.as_str().is_some_and(|page| page.contains("<html lang=\"es\">")), "{}", shown.body);
    for wrong in ["/l/Website?site=nope", &format!("/l/chat?site={site}")] {
        assert_eq!(get(wrong, &[]).code, 404, "{wrong}");
    }
    let stop = text.split_whitespace().find(|word| word.contains("/mail/stop")).expect("a link");
    let asked = get(stop.strip_prefix(&knock.url).expect("a page of ours"), &[]);
    assert!(asked.body.as_str().is_some_and(|page| page.contains("Keine E-Mails mehr")), "{}", asked.body);
}

#[test]
fn the_greeting_speaks_the_language_that_the_chat_is_shown_in() {
    let knock = Knock::start();
    let visitor = id(1_700_000_000_000, 1);
    let mut start = json!({"site": knock.site(), "visitor": visitor, "session": visitor, "language": "fr-CH"});
    let greeting = |start: &Value| {
        let chat = Chat::new(&knock.post("/v1/chat", start));
        chat.messages(&knock, 0)[0]["text"].as_str().expect("a text").to_owned()
    };
    assert!(greeting(&start).starts_with("Bonjour"));
    start["language"] = json!("tlh");
    assert!(greeting(&start).starts_with("Hi"), "that of the browser, which names none");
}
