//! The team: members, invitations, sessions.

use crate::Shape;
use crate::made::{AT, secret};
use knock_model::{MemberState, Millis, RepId, Role};
use knock_wire::{Invitation, Member, MemberChange, MemberDraft, MemberList, OpenSession, SessionList};

pub(crate) fn shapes() -> Vec<Shape> {
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
        Shape::of("session_list", &SessionList { sessions: vec![session("9f2c", true), session("04b1", false)] }),
    ]
}

fn member() -> Member {
    Member { id: RepId::new([8; 16]), email: "bo@us.test".to_owned(), role: Role::Rep, state: MemberState::Active }
}

fn session(id: &str, is_this: bool) -> OpenSession {
    OpenSession { id: id.to_owned(), since: AT, expires_at: AT + Millis::days(30), is_this }
}
