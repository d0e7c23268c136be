//! Letters to a real SMTP server, read by a parser that is not ours.

use knock_agent::Language;
use knock_mail::{Links, MailConnector, Smtp};
use knock_model::{ConversationId, DeliveryState, Destination, EffectKind, LeadId, MeetingId, Millis};
use knock_ports::{
    ChatPlace, Clock, ConfirmationMail, Connector, Delivery, DeliveryOutcome, Effect, MeetingMail, MeetingParty,
    OutboxEntry, ReplyMail, SignInMail,
};
use knock_testing::MailServer;
use rcgen::{CertificateParams, KeyPair};
use serde_json::json;
use std::net::TcpListener;
use std::sync::Arc;

const NOW: Millis = Millis(1_780_000_000_000);

/// A tag of the length that all have.
const TAG: &str = "abcdefghijklmnopqrstuvwxyz234567abcdefghij";

struct Fixed;

impl Links for Fixed {
    fn manage_meeting(&self, meeting: MeetingId) -> String {
        format!("https://knock.example/m/{meeting}")
    }

    fn confirm_booking(&self, mail: &ConfirmationMail) -> String {
        format!("https://knock.example/m/confirm/{}", mail.booking)
    }

    fn contact(&self, lead: LeadId) -> String {
        format!("https://knock.example/app/contacts/{lead}")
    }

    fn meeting(&self, meeting: MeetingId) -> String {
        format!("https://knock.example/app/meetings/{meeting}")
    }

    fn sender(&self) -> MeetingParty {
        MeetingParty { name: "Acme".into(), email: "hello@acme.example".into() }
    }

    fn sign_in(&self, link: &str) -> String {
        format!("https://knock.example/app/sign-in?token={link}")
    }

    fn unsubscribe(&self, lead: LeadId, _: Language) -> String {
        format!("https://knock.example/mail/stop/{lead}")
    }

    fn stop_workflow_mail(&self, lead: LeadId, _: Language) -> String {
        format!("https://knock.example/mail/workflows/{lead}")
    }

    fn conversation(&self, mail: &ReplyMail, at: Millis) -> String {
        format!("https://knock.example/l/Website?site={}#c={}", mail.site_key, at.0)
    }

    fn reply_tag(&self, _: ConversationId) -> String {
        TAG.into()
    }

    fn inbox(&self, conversation: &str) -> String {
        format!("https://knock.example/app/inbox/{conversation}")
    }

    fn notification_settings(&self) -> String {
        "https://knock.example/app/settings/notifications".into()
    }

    fn reports(&self) -> String {
        "https://knock.example/app/reports".into()
    }

    fn calendar_settings(&self) -> String {
        "https://knock.example/app/settings/calendars".into()
    }
}

struct Still;

impl Clock for Still {
    fn now(&self) -> Millis {
        NOW
    }
}

fn delivery(kind: EffectKind, data: &serde_json::Value) -> Delivery {
    let entry = OutboxEntry {
        number: 7,
        to: Destination::MAIL,
        effect: Effect { kind, data: data.to_string(), at: NOW },
        stored_at: NOW,
        state: DeliveryState::UnderWay,
        due_at: NOW,
        attempts: 1,
        answer: String::new(),
    };
    Delivery { entry, settings: "{}".into() }
}

fn sign_in(to: &str, expires_at: Millis) -> Delivery {
    delivery(SignInMail::KIND, &json!(SignInMail { to: to.into(), link: "0123".into(), expires_at }))
}

fn reply() -> Delivery {
    delivery(ReplyMail::KIND, &json!(reply_mail()))
}

fn reply_mail() -> ReplyMail {
    ReplyMail {
        lead: LeadId::new([1; 16]),
        to: "ann@acme.example".into(),
        name: "Änn \"the\" Lée".into(),
        conversation: ConversationId::new([2; 16]),
        rep: "Bø 李".into(),
        rep_email: "bo@acme.example".into(),
        answers_to: String::new(),
        has_tags: false,
        site: "Acme".into(),
        site_key: "key".into(),
        language: Language::En,
        place: ChatPlace::Page("https://acme.example/pricing?a=1&b=2".into()),
        is_to_form: false,
        question: vec!["What does it <b>cost</b>?".into()],
        messages: vec!["€490 – <script>alert(1)</script>\n.\nnext line".into(), "x".repeat(2_000)],
    }
}

fn deliver(url: &str, delivery: &Delivery) -> DeliveryOutcome {
    let smtp = (!url.is_empty()).then(|| Smtp::new(url, "Acme Häuser <hello@acme.example>").expect("good"));
    let connector = MailConnector { smtp: smtp.into(), links: Arc::new(Fixed), clock: Arc::new(Still) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(connector.deliver(delivery))
}

fn done() -> DeliveryOutcome {
    DeliveryOutcome::Done("answered 250".into())
}

#[test]
fn a_letter_is_read_as_it_was_written_by_another_parser() {
    let server = MailServer::start();
    assert_eq!(deliver(&server.url(), &reply()), done());
    let mail = &server.until(1)[0];
    assert_eq!((&mail.0["defects"], &mail.0["type"]), (&json!([]), &json!("multipart/alternative")));
    assert_eq!((&mail.0["from"], &mail.0["rcpt"]), (&json!("hello@acme.example"), &json!(["ann@acme.example"])));
    assert_eq!(mail.0["to"], json!([["Änn \"the\" Lée", "ann@acme.example"]]));
    assert_eq!(mail.header("Subject"), "Bø 李 of Acme replied to you");
    assert_eq!(mail.header("Date"), "Thu, 28 May 2026 20:26:40 +0000");
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    let stop = "https://knock.example/mail/stop/01010101-0101-4101-8101-010101010101";
    assert_eq!(mail.header("List-Unsubscribe"), format!("<{stop}>"));
    assert_eq!(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let (text, html) = (mail.part("text/plain"), mail.part("text/html"));
    assert!(text.contains("€490 – <script>alert(1)</script>\n.\nnext line\n"), "{text}");
    assert!(text.contains(&"x".repeat(2_000)) && html.contains(&"x".repeat(2_000)), "long lines stay whole");
    assert!(!html.contains("<script>") && html.contains("€490"), "{html}");
    assert!(text.contains(&format!("https://knock.example/l/Website?site=key#c={}", NOW.0)), "{text}");
    assert!(html.contains("https://acme.example/pricing?a=1&#38;b=2") && html.contains(stop), "{html}");
}

#[test]
fn the_tag_of_a_conversation_stands_where_answers_and_returned_mails_repeat_it() {
    let server = MailServer::start();
    for (at, (answers_to, has_tags, reply_to, from)) in [
        ("replies@acme.example", true, format!("replies+{TAG}@acme.example"), format!("replies+{TAG}@acme.example")),
        ("replies@in.acme.example", true, format!("replies+{TAG}@in.acme.example"), "hello@acme.example".into()),
        ("replies@acme.example", false, "replies@acme.example".into(), "hello@acme.example".into()),
    ]
    .into_iter()
    .enumerate()
    {
        let mail = ReplyMail { answers_to: answers_to.into(), has_tags, ..reply_mail() };
        assert_eq!(deliver(&server.url(), &delivery(ReplyMail::KIND, &json!(mail))), done());
        let mail = &server.until(at + 1)[at];
        assert_eq!(mail.header("Reply-To"), format!("Bø 李 <{reply_to}>"));
        assert_eq!(mail.0["from"], json!(from), "the envelope: another domain would not pass SPF");
        assert!(mail.header("Message-ID").starts_with(&format!("<{TAG}.")), "{}", mail.header("Message-ID"));
        assert_eq!(mail.header("References"), format!("<{TAG}@acme.example>"));
        assert_eq!(mail.header("From"), "Acme Häuser <hello@acme.example>");
    }
}

/// News of a meeting, with what no text should be broken by.
fn meeting(news: &str) -> Delivery {
    let bo = json!({"name": "Bø 李", "email": "bo@acme.example"});
    let id = "01010101-0101-4101-8101-010101010101";
    let mail = json!({
        "news": news, "to": {"name": "Änn \"the\" Lée", "email": "ann@first.example"}, "is_to_lead": true,
        "has_file": true, "meeting": id, "uid": format!("{id}@knock"), "sequence": 3, "at": NOW.0,
        "start": NOW.0 + 86_400_000, "end": NOW.0 + 88_200_000, "lead": id, "reps": [bo], "zone": "Europe/Berlin",
        "site": "Acme", "details": {
            "reps": [id], "title": "Démo – ann", "description": "x".repeat(500), "email": "ann@first.example",
            "name": "Änn \"the\" Lée", "zone": "Europe/Berlin", "language": "de", "link": "meeting", "site": 1,
            "visitor": id.replace("-4", "-7"), "session": id.replace("-4", "-7"), "reminded_until": 0,
        },
    });
    delivery(MeetingMail::KIND, &mail)
}

#[test]
fn an_invitation_is_read_as_it_was_written_by_another_parser() {
    let server = MailServer::start();
    for (at, (news, method, status)) in
        [("booked", "REQUEST", "CONFIRMED"), ("changed", "REQUEST", "CONFIRMED"), ("cancelled", "CANCEL", "CANCELLED")]
            .into_iter()
            .enumerate()
    {
        assert_eq!(deliver(&server.url(), &meeting(news)), done());
        let mail = &server.until(at + 1)[at];
        assert_eq!(mail.0["defects"], json!([]));
        let texts = json!(["multipart/alternative", ["text/plain", "text/html", "text/calendar"]]);
        assert_eq!(mail.0["tree"], json!(["multipart/mixed", [texts, "application/ics"]]));
        assert_eq!(mail.header("Reply-To"), "Bø 李 <bo@acme.example>");
        let calendars = mail.0["calendars"].as_array().expect("a list");
        assert_eq!(calendars.len(), 2);
        for calendar in calendars {
            assert_eq!(calendar["encoding"], "quoted-printable", "some mail programs read no calendars in base64");
            let said = ["method", "status", "summary", "uid"].map(|name| calendar[name].as_str().expect("a text"));
            assert_eq!(said, [method, status, "Démo – ann", "01010101-0101-4101-8101-010101010101@knock"]);
            assert_eq!((&calendar["sequence"], &calendar["start"]), (&json!(3), &json!("2026-05-29T20:26:40+00:00")));
            assert_eq!(calendar["end"], "2026-05-29T20:56:40+00:00");
            assert_eq!(calendar["organizer"], json!(["mailto:bo@acme.example"]));
            assert_eq!(calendar["attendees"], json!(["mailto:ann@first.example", "mailto:bo@acme.example"]));
        }
        assert_eq!((&calendars[0]["method_of_part"], &calendars[1]["file"]), (&json!(method), &json!("invite.ics")));
        assert!(mail.part("text/html").contains("Démo – ann") && mail.part("text/plain").contains("29. Mai 2026"));
    }
}

#[test]
fn a_reminder_that_comes_too_late_is_not_sent() {
    let server = MailServer::start();
    let mut late = meeting("reminder");
    late.entry.effect.data = late.entry.effect.data.replace(&format!("{}", NOW.0 + 86_400_000), &NOW.0.to_string());
    let refused = DeliveryOutcome::Rejected("it is too late for the meeting".into());
    assert_eq!((deliver(&server.url(), &late), server.all().len()), (refused, 0));
}

#[test]
fn the_same_delivery_has_the_same_id_on_every_attempt_and_another_has_another() {
    let server = MailServer::start();
    let first = sign_in("ann@acme.example", NOW + Millis(1));
    let mut again = first.clone();
    (again.entry.attempts, again.entry.answer) = (2, "later".into());
    let mut other = first.clone();
    other.entry.number = 8;
    for delivery in [&first, &again, &other] {
        assert_eq!(deliver(&server.url(), delivery), done());
    }
    let taken = server.until(3);
    let ids: Vec<_> = taken.iter().map(|mail| mail.header("Message-ID")).collect();
    assert!(ids[0].starts_with('<') && ids[0].ends_with("@acme.example>"), "{ids:?}");
    assert!(ids[0] == ids[1] && ids[0] != ids[2], "{ids:?}");
    assert_eq!(taken[0].header("List-Unsubscribe"), "", "they asked for it");
    assert!(taken[0].part("text/plain").contains("https://knock.example/app/sign-in?token=0123"));
}

#[test]
fn a_domain_beyond_ascii_is_written_in_ascii_and_a_local_part_beyond_it_is_refused_at_once() {
    let server = MailServer::start();
    assert_eq!(deliver(&server.url(), &sign_in("ann@müller.example", NOW + Millis(1))), done());
    let mail = &server.until(1)[0];
    let expected = "ann@xn--mller-kva.example";
    assert_eq!((&mail.0["rcpt"], &mail.0["to"]), (&json!([expected]), &json!([["", expected]])));

    let refused = deliver(&server.url(), &sign_in("jürgen@müller.example", NOW + Millis(1)));
    let DeliveryOutcome::Rejected(why) = refused else { panic!("{refused:?}") };
    assert!(why.contains("letters beyond ASCII before the @"), "{why}");
}

#[test]
fn answers_of_the_server_say_how_it_goes_on() {
    let mut server = MailServer::start();
    let url = server.url();
    let is_retry = |outcome| matches!(outcome, DeliveryOutcome::Retry(words, None) if !words.is_empty());
    let to = |name: &str| deliver(&url, &sign_in(&format!("{name}@acme.example"), NOW + Millis(1)));
    let DeliveryOutcome::Rejected(words) = to("never") else { panic!("a refusal for good") };
    assert!(words.contains("no such mailbox"), "{words}");
    assert!(is_retry(to("later")));
    server.fail(1);
    assert!(is_retry(to("ann")));
    server.close(1);
    assert!(is_retry(to("ann")), "without an answer it may not have arrived");
    assert_eq!(to("ann"), done());
    assert!(matches!(to("not an address"), DeliveryOutcome::Rejected(_)));
}

#[test]
fn a_server_that_is_not_there_or_says_nothing_is_tried_again() {
    let silent_server = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent_server.local_addr().expect("an address").port();
    let delivery = sign_in("ann@acme.example", NOW + Millis(1));
    let silent = deliver(&format!("smtp://127.0.0.1:{port}"), &delivery);
    assert!(matches!(&silent, DeliveryOutcome::Retry(..)), "{silent:?}");
    drop(silent_server);
    let refused = deliver(&format!("smtp://127.0.0.1:{port}"), &delivery);
    assert!(matches!(&refused, DeliveryOutcome::Retry(words, _) if words.contains("refused")), "{refused:?}");
}

#[test]
fn without_a_server_or_too_late_nothing_is_sent_and_the_letter_says_so() {
    let server = MailServer::start();
    let late = deliver(&server.url(), &sign_in("ann@acme.example", NOW));
    assert_eq!(late, DeliveryOutcome::Rejected("its link has expired".into()));
    let nowhere = deliver("", &sign_in("ann@acme.example", NOW + Millis(1)));
    assert_eq!(nowhere, DeliveryOutcome::Rejected("mail is not set up".into()));
    assert!(server.all().is_empty());
}

/// A self-signed certificate for this machine, and its key.
fn certificate(folder: &std::path::Path) -> (String, String) {
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
    let (certificate_file, key_file) = (folder.join("server.pem"), folder.join("server.key"));
    std::fs::write(&certificate_file, params.self_signed(&key).expect("signed").pem()).expect("written");
    std::fs::write(&key_file, key.serialize_pem()).expect("written");
    (certificate_file.display().to_string(), key_file.display().to_string())
}

#[test]
fn a_server_that_is_not_who_it_says_is_sent_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (certificate, key) = certificate(folder.path());
    for (tls, scheme, query) in [("implicit", "smtps", ""), ("starttls", "smtp", "?tls=required")] {
        let server = MailServer::start_with(&["--tls", tls, "--certificate", &certificate, "--key", &key]);
        let url = format!("{scheme}://127.0.0.1:{}{query}", server.port());
        let outcome = deliver(&url, &reply());
        assert!(matches!(&outcome, DeliveryOutcome::Retry(words, _) if words.contains("certificate")), "{outcome:?}");
        assert!(server.all().is_empty());
    }
}

#[test]
fn a_server_without_tls_is_sent_nothing_where_tls_is_required() {
    let server = MailServer::start();
    let outcome = deliver(&format!("{}?tls=required", server.url()), &reply());
    assert!(!matches!(outcome, DeliveryOutcome::Done(_)), "{outcome:?}");
    assert!(server.all().is_empty());
}

#[test]
fn who_has_to_sign_in_does() {
    let server = MailServer::start_with(&["--auth", "knock:p@ss"]);
    let url = |password: &str| format!("smtp://knock:{password}@127.0.0.1:{}?tls=none", server.port());
    assert_eq!(deliver(&url("p%40ss"), &reply()), done());
    assert_eq!(server.until(1)[0].0["user"], json!("knock"));
    let wrong = deliver(&url("wrong"), &reply());
    assert!(!matches!(wrong, DeliveryOutcome::Done(_)), "{wrong:?}");
}
