//! The team: members, invitations, sessions.

use crate::Shape;
use crate::made::{AT, secret};
use knock_model::{MemberState, Millis, RepId, Role};
use knock_wire::{
    ApiKeyCreated, ApiKeyDraft, ApiKeyList, ApiKeyRow, Invitation, Member, MemberChange, MemberDraft, MemberList,
    OpenSession, SessionList,
};

pub(crate) fn shapes() -> Vec<Shape> {
    let text = str::to_owned;
    let email = || "bo@us.test".to_owned();
    let invited = Member { state: MemberState::Invited, role: Role::Manager, ..member() };
    vec![
        Shape::of("member", &member()),
        Shape::of("member_list", &MemberList { members: vec![member(), invited] }),
        Shape::of("member_draft", &MemberDraft { email: email(), role: Role::Rep }),
        Shape::of("member_change", &MemberChange { role: Role::Manager }),
        Shape::of(
            "invitation",
            &Invitation { id: member().id, invitation: secret(), expires_at: AT + Millis::days(7), is_mailed: true },
        ),
        Shape::of("api_key_draft", &ApiKeyDraft { name: text("Data team"), role: Role::Rep, ends: Some(AT) }),
        Shape::of("api_key_created", &ApiKeyCreated { id: text("9f2c"), key: secret(), role: Role::Rep }),
        Shape::of("api_key_list", &ApiKeyList { keys: vec![key("9f2c", true), key("04b1", false)] }),
        Shape::of("session_used", &OpenSession { used_at: Some(AT + Millis::DAY), ..session("9f2c", true) }),
        Shape::of("session_list", &SessionList { sessions: vec![session("9f2c", true), session("04b1", false)] }),
    ]
}

fn member() -> Member {
    Member { id: RepId::new([8; 16]), email: "bo@us.test".to_owned(), role: Role::Rep, state: MemberState::Active }
}

fn key(id: &str, is_named: bool) -> ApiKeyRow {
    let named = |text: &str| if is_named { text.to_owned() } else { String::new() };
    ApiKeyRow {
        id: id.to_owned(),
        name: named("Data team"),
        role: Role::Rep.into(),
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
