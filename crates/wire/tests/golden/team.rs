//! The team: members, invitations, sessions.

use crate::Shape;
use crate::answers::portrait;
use crate::made::{AT, secret};
use knock_model::{ActorKind, AuditAction, AvailabilityState, HoursFor, LeadId, MemberState, Millis, RepId, Role};
use knock_routing::RepState;
use knock_wire::{
    Absence, ApiKeyAuthor, ApiKeyAuthorKind, ApiKeyAuthorShown, ApiKeyCreated, ApiKeyDraft, ApiKeyList, ApiKeyRow,
    AuditActor, AuditEntry, AuditPage, AuditSubject, Availability, AvailabilityChange, AvailabilityNow, DateHours,
    ErasureReceipt, HandOverDraft, HandedOver, Invitation, Member, MemberChange, MemberDraft, MemberList, OpenSession,
    PasswordDraft, PasswordRemoval, PasswordSignIn, PasswordState, PersonAsk, Privacy, PrivacyChange, Profile,
    ProfileDraft, RepList, RepRow, SessionList, SignInLink, SignInMethods, TravelDates, WeeklyHours,
};

pub(crate) fn shapes() -> Vec<Shape> {
    let text = str::to_owned;
    let email = || "bo@us.test".to_owned();
    let nameless = || String::new();
    let (name, title, picture) = (nameless(), nameless(), nameless());
    let invited = Member { state: MemberState::Invited, role: Role::Manager, name, title, picture, ..member() };
    vec![
        Shape::of("member", &member()),
        Shape::of("member_list", &MemberList { members: vec![member(), invited] }),
        Shape::of("rep_list", &RepList { reps: vec![rep(), away()] }),
        Shape::of("rep_row", &rep()),
        Shape::of("availability", &away().availability),
        Shape::of("availability_full", &busy()),
        Shape::of("availability_change", &AvailabilityChange { state: AvailabilityState::Away }),
        Shape::of("availability_now", &AvailabilityNow { state: RepState::OffHours.into(), absence: None }),
        Shape::of(
            "availability_now_away",
            &AvailabilityNow { state: RepState::Away.into(), absence: Some(absence(None)) },
        ),
        Shape::of("hand_over_draft", &HandOverDraft { to: Some(member().id) }),
        Shape::of("hand_over_draft_anew", &HandOverDraft { to: None }),
        Shape::of("handed_over", &HandedOver { chats: 6, kept: 1 }),
        Shape::of("member_draft", &MemberDraft { email: email(), role: Role::Rep }),
        Shape::of("member_change", &MemberChange { role: Some(Role::Manager), ..MemberChange::default() }),
        Shape::of("member_change_named", &MemberChange { role: None, ..named() }),
        Shape::of("profile", &profile()),
        Shape::of("profile_draft", &ProfileDraft { name: profile().name, title: profile().title }),
        Shape::of(
            "invitation",
            &Invitation { id: member().id, invitation: secret(), expires_at: AT + Millis::days(7), is_mailed: true },
        ),
        Shape::of(
            "api_key_draft",
            &ApiKeyDraft { name: text("Data team"), role: Role::Rep, author: None, ends: Some(AT) },
        ),
        Shape::of(
            "api_key_draft_of_an_integration",
            &ApiKeyDraft {
                name: text("Prod zap"),
                role: Role::Rep,
                author: Some(ApiKeyAuthor::Integration(text("Zapier"))),
                ends: None,
            },
        ),
        Shape::of("api_key_created", &ApiKeyCreated { id: text("9f2c"), key: secret(), role: Role::Rep }),
        Shape::of("api_key_list", &ApiKeyList { keys: vec![key("9f2c", true), key("04b1", false)] }),
        Shape::of("audit_page", &AuditPage { entries: vec![role_changed(), erased()], next: Some(text("41")) }),
        Shape::of("person_ask", &PersonAsk { email: Some(email()), contact: None }),
        Shape::of("person_ask_contact", &PersonAsk { email: None, contact: Some(LeadId::new([9; 16])) }),
        Shape::of("erasure_receipt", &receipt()),
        Shape::of("erasure_receipt_incomplete", &incomplete()),
        Shape::of("privacy", &privacy(Some(90), false)),
        Shape::of("privacy_for_ever", &privacy(None, true)),
        Shape::of("privacy_change", &PrivacyChange { waits_for_consent: true }),
        Shape::of("sign_in_link", &SignInLink { link: secret(), expires_at: AT + Millis::MINUTE }),
        Shape::of("sign_in_methods", &SignInMethods { mail: false, password: true }),
        Shape::of("password_sign_in", &PasswordSignIn { email: email(), password: secret() }),
        Shape::of("password_state", &PasswordState { is_set: true, signs_in: true }),
        Shape::of("password_draft", &PasswordDraft { current: Some(secret()), password: secret() }),
        Shape::of("password_draft_first", &PasswordDraft { current: None, password: secret() }),
        Shape::of("password_removal", &PasswordRemoval { current: secret() }),
        Shape::of("session_used", &OpenSession { used_at: Some(AT + Millis::DAY), ..session("9f2c", true) }),
        Shape::of("session_list", &SessionList { sessions: vec![session("9f2c", true), session("04b1", false)] }),
    ]
}

fn rep() -> RepRow {
    let day = |start: &str, end: &str| (start.to_owned(), end.to_owned());
    let hours = WeeklyHours {
        zone: "Europe/Berlin".to_owned(),
        mon: vec![day("09:00", "12:00"), day("13:00", "17:30")],
        sat: vec![day("22:00", "24:00")],
        ..WeeklyHours::default()
    };
    RepRow {
        id: member().id,
        email: member().email,
        name: "Ann".to_owned(),
        picture: portrait(),
        state: RepState::OffHours.into(),
        is_full: true,
        open_chats: 5,
        availability: Availability { hours: Some(hours), capacity: Some(5), ..Availability::default() },
        absence: None,
    }
}

fn away() -> RepRow {
    let availability = Availability {
        state: AvailabilityState::Away,
        away_until: Some(AT + Millis::DAY),
        away_since: Some(AT),
        ..Availability::default()
    };
    RepRow {
        state: RepState::Away.into(),
        is_full: false,
        open_chats: 0,
        availability,
        absence: Some(absence(Some(AT))),
        ..rep()
    }
}

fn absence(since: Option<Millis>) -> Absence {
    Absence { since, is_long: since.is_none(), will_be_long: true, open_chats: 7, waiting_chats: 3 }
}

/// With every field.
fn busy() -> Availability {
    let text = str::to_owned;
    let ranges = vec![(text("09:00"), text("12:00"))];
    Availability {
        hours_for: HoursFor::Meetings,
        overrides: vec![
            DateHours { date: text("2026-12-23"), ranges },
            DateHours { date: text("2026-12-24"), ranges: Vec::new() },
        ],
        travel: vec![TravelDates { from: text("2027-01-11"), to: text("2027-01-15"), zone: text("America/New_York") }],
        holidays: Some(text("DE-BY")),
        away_until: None,
        away_since: None,
        state: AvailabilityState::Active,
        ..rep().availability
    }
}

fn privacy(signals_days: Option<u32>, waits_for_consent: bool) -> Privacy {
    Privacy { signals_days, deliveries_days: 30, waits_for_consent }
}

fn member() -> Member {
    let Profile { email, name, title, picture } = profile();
    Member { id: RepId::new([8; 16]), email, role: Role::Rep, state: MemberState::Active, name, title, picture }
}

fn profile() -> Profile {
    let (email, name) = ("bo@us.test".to_owned(), "Bo Lund".to_owned());
    Profile { email, name, title: "Account executive".to_owned(), picture: portrait() }
}

fn named() -> MemberChange {
    MemberChange { name: Some(profile().name), title: Some(profile().title), ..MemberChange::default() }
}

fn key(id: &str, is_named: bool) -> ApiKeyRow {
    let named = |text: &str| if is_named { text.to_owned() } else { String::new() };
    ApiKeyRow {
        id: id.to_owned(),
        name: named("Data team"),
        role: Role::Rep.into(),
        author: is_named.then(|| ApiKeyAuthorShown { kind: ApiKeyAuthorKind::Integration, name: "Zapier".to_owned() }),
        created_by: named("ann@acme.test"),
        created_at: AT,
        used_at: is_named.then_some(AT + Millis::DAY),
        ends_at: is_named.then_some(AT + Millis::days(90)),
        has_ended: false,
    }
}

fn session(id: &str, is_this: bool) -> OpenSession {
    OpenSession { id: id.to_owned(), since: AT, expires_at: AT + Millis::days(30), used_at: None, is_this }
}

fn role_changed() -> AuditEntry {
    let text = str::to_owned;
    let fields = |role: &str| [(text("role"), serde_json::Value::from(role))].into();
    AuditEntry {
        id: 42,
        at: AT,
        actor: AuditActor { kind: ActorKind::Member.into(), id: member().id.to_string(), name: text("ann@acme.test") },
        action: AuditAction::MemberRoleChanged.into(),
        subject: AuditSubject { kind: text("member"), id: member().id.to_string(), name: member().email },
        before: fields("rep"),
        after: fields("manager"),
        receipt: None,
    }
}

fn erased() -> AuditEntry {
    let command_line = ActorKind::CommandLine;
    AuditEntry {
        id: 41,
        actor: AuditActor { kind: command_line.into(), id: command_line.as_str().to_owned(), name: String::new() },
        action: AuditAction::PersonErased.into(),
        subject: AuditSubject { kind: "person".to_owned(), id: String::new(), name: String::new() },
        before: [].into(),
        after: [("signals".to_owned(), serde_json::Value::from(12))].into(),
        receipt: Some(receipt().id),
        ..role_changed()
    }
}

fn receipt() -> ErasureReceipt {
    let (id, by) = ("5f2b9c0e4a7d4c1b8e6f3a2d1c0b9a87".to_owned(), "ann@acme.test".to_owned());
    let (browsers, signals, conversations, messages) = (1, 12, 1, 4);
    ErasureReceipt { id, at: AT, by, browsers, signals, conversations, messages, ..ErasureReceipt::default() }
}

fn incomplete() -> ErasureReceipt {
    let reason = Some("others read the file".to_owned());
    ErasureReceipt { not_removed: reason.clone(), not_scrubbed: reason, files: 2, ..receipt() }
}
