//! The contract of every database for members and their secrets.

use knock_model::{ConversationId, IntegrationId, MemberState, Millis, RepId, Role};
use knock_ports::{
    ApiKey, Integration, KnownKey, Member, OpenSession, PasswordHash, Secret, SecretHash, Setting, Settings, Store,
    StoreError, TeamAuthor, View,
};
use knock_store::Scratch;
use knock_wire::{MeetingSettings, TeamNotifications};

const NOW: Millis = Millis(1_780_000_000_000);

fn member(number: u8, role: Role, state: MemberState) -> Member {
    Member::new(RepId::new([number; 16]), format!("{number}@us.example"), role, state)
}

fn hash(number: u8) -> SecretHash {
    SecretHash([number; 32])
}

fn read<T>(store: &dyn Store, ask: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    store
        .read(&mut |view| {
            found = Some(ask(view)?);
            Ok(())
        })
        .expect("it reads");
    found.expect("it was asked")
}

#[test]
fn a_removed_member_is_on_no_list_and_keeps_id_and_address() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let all = [
        member(1, Role::Admin, MemberState::Invited),
        member(2, Role::Admin, MemberState::Active),
        member(3, Role::Manager, MemberState::Active),
    ];
    let removed = Member { role: Role::Rep, state: MemberState::Removed, ..all[2].clone() };
    let write = store.write(&mut |ledger| {
        for (member, at) in all.iter().zip(NOW.0..) {
            ledger.create_member(member, Millis(at))?;
        }
        ledger.save_member(&removed)
    });
    write.expect("written");
    assert_eq!(read(&*store, |view| view.members()), all[..2]);
    assert_eq!(read(&*store, |view| view.first_admin()), Some(all[1].clone()), "who was only invited runs nothing");
    assert_eq!(read(&*store, |view| view.member(removed.id)), Some(removed.clone()));
    assert_eq!(read(&*store, |view| view.member_by_email("3@us.example")), Some(removed.clone()));
}

#[test]
fn sessions_are_of_one_member_and_end_with_them_while_other_secrets_stay() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (one, other) = (RepId::new([1; 16]), RepId::new([2; 16]));
    let day = |days: i64| NOW + Millis::days(days);
    let session = |member: RepId, days: i64| Secret::Session { member, expires_at: day(days) };
    let conversation = ConversationId::new([7; 16]);
    let chat = Secret::Chat { conversation, opener: Some(hash(9)), expires_at: day(365) };
    let of_member = ApiKey {
        name: "Zap of one".into(),
        role: Role::Rep,
        author: Some(TeamAuthor::Member(one)),
        created_by: None,
        ends_at: None,
    };
    let key = ApiKey {
        name: "Data".into(),
        role: Role::Manager,
        author: None,
        created_by: Some(other),
        ends_at: Some(day(90)),
    };
    let secrets = [
        (hash(1), session(one, 1), NOW),
        (hash(2), session(one, 2), NOW + Millis(5)),
        (hash(3), session(one, 0), NOW),
        (hash(4), Secret::LoginLink { member: one, expires_at: day(1) }, NOW),
        (hash(5), session(other, 1), NOW),
        (hash(6), chat.clone(), NOW),
        (hash(7), Secret::ApiKey(key.clone()), NOW),
        (hash(8), Secret::ApiKey(of_member.clone()), NOW),
    ];
    let write = store
        .write(&mut |ledger| secrets.iter().try_for_each(|(hash, secret, at)| ledger.save_secret(*hash, secret, *at)));
    write.expect("written");
    let stored = read(&*store, |view| view.secret(hash(8))).map(|stored| stored.secret);
    assert_eq!(stored, Some(Secret::ApiKey(of_member)));
    let open = |hash, since, expires_at| OpenSession { hash, since, expires_at, used_at: None };
    let expected = [open(hash(2), NOW + Millis(5), day(2)), open(hash(1), NOW, day(1))];
    assert_eq!(read(&*store, |view| view.sessions(one, NOW)), expected, "open ones, the latest first");
    store.write(&mut |ledger| ledger.forget_secrets_of(one)).expect("written");
    assert_eq!(read(&*store, |view| view.secret(hash(8))), None, "a key ends with its member");
    let left = |number: u8| read(&*store, |view| view.secret(hash(number))).map(|stored| stored.secret);
    assert_eq!([1, 2, 3, 4].map(left), [None, None, None, None]);
    assert_eq!([5, 6, 7].map(left), [5, 6, 7].map(|number: usize| Some(secrets[number - 1].1.clone())));
    let known = KnownKey { hash: hash(7), key, created_at: NOW, used_at: None };
    assert_eq!(read(&*store, |view| view.api_keys()), std::slice::from_ref(&known));

    let used = NOW + Millis(9);
    let uses = [(7, None), (6, Some(day(400)))];
    let work = |ledger: &mut dyn knock_ports::Ledger| {
        uses.iter().try_for_each(|(number, end)| ledger.use_secret(hash(*number), used, *end))
    };
    store.write(&mut |ledger| work(ledger)).expect("written");
    assert_eq!(read(&*store, |view| view.api_keys()), [KnownKey { used_at: Some(used), ..known.clone() }]);
    let token = read(&*store, |view| view.secret(hash(6))).expect("it is there");
    assert_eq!((token.used_at, token.secret.expires_at()), (Some(used), Some(day(400))));

    assert_eq!(read(&*store, |view| view.opened_by(hash(9))), [conversation]);
    store.write(&mut |ledger| ledger.forget_tokens_of(conversation, Some(hash(8)))).expect("written");
    assert!(left(6).is_some(), "another browser has opened it again");
    let work = |ledger: &mut dyn knock_ports::Ledger| {
        ledger.forget_tokens_of(conversation, Some(hash(9)))?;
        ledger.forget_expired(day(1_000))
    };
    store.write(&mut |ledger| work(ledger)).expect("written");
    assert_eq!([5, 6].map(left), [None, None]);
    assert_eq!(read(&*store, |view| view.opened_by(hash(9))), []);
    assert!(left(7).is_some(), "a key that has ended stays in the list until it is revoked");
}

#[test]
fn a_password_is_of_one_member_and_another_takes_its_place() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (one, other) = (RepId::new([1; 16]), RepId::new([2; 16]));
    let hash_of = |text: &str| PasswordHash(text.to_owned());
    let session = |member: RepId| Secret::Session { member, expires_at: NOW + Millis::DAY };
    let of_member = ApiKey {
        name: "Zap".into(),
        role: Role::Rep,
        author: Some(TeamAuthor::Member(one)),
        created_by: None,
        ends_at: None,
    };
    let write = store.write(&mut |ledger| {
        for (number, member) in [(1, one), (2, one), (3, other)] {
            ledger.save_secret(hash(number), &session(member), NOW)?;
        }
        ledger.save_secret(hash(4), &Secret::ApiKey(of_member.clone()), NOW)?;
        ledger.save_password(one, &hash_of("first"), NOW)?;
        ledger.save_password(other, &hash_of("other"), NOW)?;
        ledger.save_password(one, &hash_of("second"), NOW)?;
        ledger.forget_other_secrets_of(one, hash(2))
    });
    write.expect("written");
    let passwords = || [one, other].map(|member| read(&*store, |view| view.password(member)));
    assert_eq!(passwords(), [Some(hash_of("second")), Some(hash_of("other"))]);
    let left = |number: u8| read(&*store, |view| view.secret(hash(number))).is_some();
    assert_eq!([1, 2, 3, 4].map(left), [false, true, true, true], "a program of theirs goes on");
    store.write(&mut |ledger| ledger.forget_password(one)).expect("written");
    assert_eq!(passwords(), [None, Some(hash_of("other"))]);
    assert!(!format!("{:?}", passwords()).contains("other"));
}

#[test]
fn settings_are_the_default_until_they_are_stored() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let settings = || read(&*store, |view| view.settings());
    assert_eq!(settings(), Settings::default());
    for waits_for_consent in [true, false, true] {
        store.write(&mut |ledger| ledger.save_setting(Setting::WaitsForConsent(waits_for_consent))).expect("written");
        assert_eq!(settings(), Settings { waits_for_consent, ..Settings::default() });
    }
    for rejects_abuse in [false, true] {
        store.write(&mut |ledger| ledger.save_setting(Setting::RejectsAbuse(rejects_abuse))).expect("written");
        assert_eq!(settings(), Settings { waits_for_consent: true, rejects_abuse, ..Settings::default() });
    }
}

#[test]
fn settings_of_the_teams_notifications_are_the_default_until_they_are_stored() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let settings = || read(&*store, |view| view.team_notifications());
    assert_eq!(settings(), TeamNotifications::default());
    for absence_hours in [Some(24), None] {
        let other = TeamNotifications { pool_minutes: 5, manager_minutes: 0, absence_hours };
        store.write(&mut |ledger| ledger.save_team_notifications(&other)).expect("written");
        assert_eq!(settings(), other);
    }
}

#[test]
fn settings_of_meetings_are_the_default_until_they_are_stored() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let settings = || read(&*store, |view| view.meeting_settings());
    assert_eq!(settings(), MeetingSettings::default());
    for duration_min in [15, 45] {
        let other = MeetingSettings { duration_min, holidays: Some("DE-BY".into()), ..MeetingSettings::default() };
        store.write(&mut |ledger| ledger.save_meeting_settings(&other)).expect("written");
        assert_eq!(settings(), other);
        assert_eq!(read(&*store, |view| view.settings()), Settings::default(), "a row of their own");
    }
}

#[test]
fn integrations_have_names_of_their_own_and_outlive_their_keys() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let id = |number: u8| IntegrationId::new([number; 16]);
    let named = |number: u8, name: &str| Integration { id: id(number), name: name.into(), created_at: NOW };
    let key = ApiKey {
        name: "Prod".into(),
        role: Role::Rep,
        author: Some(TeamAuthor::Integration(id(1))),
        created_by: None,
        ends_at: None,
    };
    let written = store.write(&mut |ledger| {
        ledger.create_integration(&named(1, "Zapier"))?;
        ledger.create_integration(&named(2, "Make"))?;
        ledger.save_secret(hash(1), &Secret::ApiKey(key.clone()), NOW)
    });
    written.expect("written");
    assert_eq!(read(&*store, |view| view.integrations()), [named(2, "Make"), named(1, "Zapier")]);
    let mut taken = None;
    let work = store.write(&mut |ledger| {
        taken = ledger.take_secret(hash(1))?;
        Ok(())
    });
    work.expect("written");
    assert_eq!(taken, Some(Secret::ApiKey(key)));
    assert_eq!(read(&*store, |view| view.integration(id(1))), Some(named(1, "Zapier")));
    assert_eq!(read(&*store, |view| view.integration(id(3))), None);
    let again = store.write(&mut |ledger| ledger.create_integration(&named(3, "Zapier")));
    assert!(again.is_err(), "a name is of one");
}
