//! Channels of a provider: stored one by one, heard by their secret, closed with their account.

use crate::scene::{ANN, Scene};
use knock_calendar_sync::Heard;
use knock_context::hash;
use knock_model::Millis;
use knock_ports::{CalendarChannel, PushNews, PushNotice};

/// A channel that is asked for, with the secret `right`.
fn asked(id: &str) -> CalendarChannel {
    let (id, calendar, secret) = (id.to_owned(), "own".to_owned(), hex::encode(hash("right").0));
    CalendarChannel { id, calendar, secret, ..CalendarChannel::default() }
}

fn notice(secret: &str, remote: &str, what: PushNews) -> PushNotice {
    PushNotice { secret: secret.to_owned(), remote: remote.to_owned(), what }
}

#[test]
fn a_message_counts_by_its_secret_and_may_come_before_the_answer() {
    let scene = Scene::open();
    scene.connects(ANN, None, "ann@us.example").expect("connected");
    let account = scene.account(ANN);
    assert!(scene.keeps(&account, vec![asked("a")], Vec::new()));
    assert_eq!(scene.hears("b", notice("right", "", PushNews::Changed)), None, "there is no such channel");
    assert_eq!(scene.hears("a", notice("wrong", "other", PushNews::Ended)), Some(Heard::Unknown));
    assert_eq!(scene.account(ANN).channels, [asked("a")], "nothing happened");

    assert_eq!(scene.hears("a", notice("right", "remote", PushNews::Opened)), Some(Heard::Taken));
    let known = CalendarChannel { remote: "remote".to_owned(), ..asked("a") };
    assert_eq!(scene.account(ANN).channels, std::slice::from_ref(&known));
    let answered = CalendarChannel { expires_at: Millis(5), ..asked("a") };
    assert!(scene.keeps(&account, vec![answered, asked("b")], Vec::new()));
    let known = CalendarChannel { expires_at: Millis(5), ..known };
    assert_eq!(scene.account(ANN).channels, [known, asked("b")], "what was said before stays");
    assert_eq!(scene.hears("a", notice("right", "remote", PushNews::Ended)), Some(Heard::Taken));
    assert_eq!(scene.account(ANN).channels, [asked("b")]);

    scene.connects(ANN, None, "ann@us.example").expect("connected");
    assert_eq!(scene.account(ANN).channels, [asked("b")], "a new consent keeps what is open");
    assert!(!scene.keeps(&account, vec![asked("c")], vec!["b".to_owned()]), "another consent");
    assert_eq!(scene.account(ANN).channels, [asked("b")]);
}

#[test]
fn channels_are_closed_before_the_consent_ends() {
    let scene = Scene::open();
    scene.connects(ANN, None, "ann@us.example").expect("connected");
    let open = CalendarChannel { remote: "remote".to_owned(), expires_at: Millis(i64::MAX), ..asked("a") };
    assert!(scene.keeps(&scene.account(ANN), vec![open, asked("b")], Vec::new()));
    scene.disconnects(ANN);
    let provider = scene.provider.state();
    // Nothing is known at the provider of one that it has not answered for.
    assert_eq!((provider.closed.as_slice(), provider.revoked), (&[("a".to_owned(), 0)][..], 1));
}
