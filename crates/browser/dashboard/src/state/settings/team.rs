//! State of Settings > Team: members, a created invitation and changes.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::{MemberState, Permission, RepId, Role};
use knock_routing::RepState;
use knock_wire::{Absence, Member, ProfileDraft, RepRow};
use leptos::html::Div;
use leptos::prelude::*;
use std::collections::BTreeMap;

use super::hand_over::{HandOver, Known};
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::{focus_after_dialog, focus_later, one_at_a_time};
use crate::kit::rows::Drawn;
use crate::kit::whole::Whole;
use crate::state::session::{Session, use_session};
use crate::words::absence::absence_words;
use crate::words::availability::rep_state_label;
use crate::words::failure::{errors_at, unplaced};
use crate::words::team::{changed_role, invited_words, link_words, role_may, role_question};

/// A change of a member's role that is asked about: the member, the role, and what shows the former one.
struct RoleChange {
    member: Known,
    role: Role,
    undo: Box<dyn FnOnce()>,
}

/// The shown members and the state of their actions. Texts and flags, so that few kinds of signals are compiled.
#[derive(Clone, Copy)]
pub(crate) struct Team {
    session: Session,
    draw: fn(Member, Team) -> Drawn,
    pub(crate) hand_over: HandOver,
    /// In the order of their invitations.
    pub(crate) list: Whole,
    /// The address to invite.
    pub(crate) email: RwSignal<String>,
    /// The role of the invitation, by its word.
    pub(crate) role: RwSignal<String>,
    /// The last invitation in words.
    pub(crate) invited: RwSignal<String>,
    /// Its link; empty while there is none.
    pub(crate) link: RwSignal<String>,
    /// The members as routing sees them.
    reps: StoredValue<BTreeMap<RepId, RepRow>>,
    /// Whether admins create sign-in links for members: without a mail setup.
    pub(crate) gives_links: RwSignal<bool>,
    /// The last sign-in link in words.
    pub(crate) link_words: RwSignal<String>,
    /// The sign-in link itself; empty while there is none.
    pub(crate) sign_in_link: RwSignal<String>,
    /// The change of a role to confirm.
    role_change: StoredValue<Option<RoleChange>, LocalStorage>,
    /// The question about it; empty for none.
    pub(crate) role_asked: RwSignal<String>,
    /// What the member may do then.
    pub(crate) role_words: RwSignal<String>,
    /// The member whose name is being changed: the id, and the address, empty for none.
    naming_id: RwSignal<String>,
    pub(crate) naming: RwSignal<String>,
    /// Their name and title, as typed.
    pub(crate) new_name: RwSignal<String>,
    pub(crate) new_title: RwSignal<String>,
    /// The id of the member who is about to be removed.
    leaving_id: RwSignal<String>,
    /// The address of the member who is about to be removed; empty for none.
    pub(crate) leaving: RwSignal<String>,
    /// The id of the member who gets what the leaving one had to do; empty where routing decides.
    pub(crate) successor: RwSignal<String>,
    /// The members who have signed in.
    signed_in: StoredValue<Vec<Known>>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// The element that gets the focus when a focused line is removed.
    pub(crate) region: NodeRef<Div>,
}

impl Team {
    /// An empty team, not loaded yet; lines are drawn by `draw`.
    pub(crate) fn new(draw: fn(Member, Team) -> Drawn) -> Team {
        let text = || RwSignal::new(String::new());
        Team {
            session: use_session(),
            draw,
            hand_over: expect_context(),
            list: Whole::new(),
            email: text(),
            role: RwSignal::new(Role::Rep.as_str().to_owned()),
            invited: text(),
            link: text(),
            gives_links: RwSignal::new(false),
            link_words: text(),
            sign_in_link: text(),
            role_change: StoredValue::new_local(None),
            role_asked: text(),
            role_words: text(),
            naming_id: text(),
            naming: text(),
            new_name: text(),
            new_title: text(),
            leaving_id: text(),
            leaving: text(),
            successor: text(),
            signed_in: StoredValue::new(Vec::new()),
            reps: StoredValue::new(BTreeMap::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: text(),
            region: NodeRef::new(),
        }
    }

    /// Loads the members, again too.
    pub(crate) fn load(self) {
        let client = self.session.client();
        let answer = async move {
            let members = client.members().await?.members;
            let reps = client.reps().await.map(|list| list.reps).unwrap_or_default();
            self.reps.try_set_value(reps.into_iter().map(|rep| (rep.id, rep)).collect());
            if self.is_mine() {
                let gives_links = client.sign_in_methods().await.is_ok_and(|methods| !methods.mail);
                self.gives_links.try_set(gives_links);
            }
            let signed_in = members.iter().filter(|member| member.state == MemberState::Active);
            let signed_in = signed_in.map(|member| (member.id.to_string(), member.email.clone()));
            self.signed_in.try_set_value(signed_in.collect());
            Ok(members.into_iter().map(|member| (self.draw)(member, self)).collect())
        };
        self.list.load(answer.boxed_local());
    }

    /// The reason for which a member takes no chats now, as a label; empty if they do.
    pub(crate) fn state_label(self, id: RepId) -> String {
        let label = |rep: &RepRow| match self.long_absence(id) {
            Some(absence) => absence_words(&absence, browser::local, self.session.instant()),
            None if rep.state == RepState::Active.into() => String::new(),
            None => rep_state_label(&rep.state),
        };
        self.reps.try_with_value(|reps| reps.get(&id).map(label)).flatten().unwrap_or_default()
    }

    /// The absence of a member that has lasted for long while they have chats, for those who may hand these over.
    pub(crate) fn long_absence(self, id: RepId) -> Option<Absence> {
        let may = self.session.may(Permission::EditRouting) || self.session.may(Permission::ManageTeam);
        let absence = self.reps.try_with_value(|reps| reps.get(&id)?.absence).flatten();
        absence.filter(|absence| may && absence.is_long && absence.open_chats > 0)
    }

    /// Whether the signed-in member may change the team.
    pub(crate) fn is_mine(self) -> bool {
        self.session.may(Permission::ManageTeam)
    }

    /// Invites the address in the form, and shows the link.
    pub(crate) fn invite(self) {
        let (client, email) = (self.session.client(), self.email.get_untracked().trim().to_owned());
        let role = Role::parse(&self.role.get_untracked()).unwrap_or(Role::Rep);
        self.link.set(String::new());
        let work = async move {
            let invitation = client.invite(email.clone(), role).await?;
            self.invited.try_set(invited_words(&email, invitation.is_mailed));
            self.link.try_set(invitation.invitation.reveal().to_owned());
            self.email.try_set(String::new());
            Ok(())
        };
        self.change(work.boxed_local(), Box::new(move |failure| self.ended(failure)));
    }

    /// Creates a sign-in link for a member who lost access, and shows it.
    pub(crate) fn make_link(self, (id, email): Known) {
        let client = self.session.client();
        self.sign_in_link.set(String::new());
        let work = async move {
            let made = client.member_link(&id).await?;
            self.link_words.try_set(link_words(&email));
            self.sign_in_link.try_set(made.link.reveal().to_owned());
            Ok(())
        };
        self.change(work.boxed_local(), Box::new(move |failure| self.failure.set(failure)));
    }

    /// Asks before the role of a member changes; unless it does, `undo` shows the former one.
    pub(crate) fn ask_to_change_role(self, member: Known, role: Role, undo: Box<dyn FnOnce()>) {
        self.failure.set(None);
        self.role_asked.set(role_question(&member.1, role));
        let is_own = member.1 == self.session.email_untracked();
        let own = if is_own { " This is you: only another admin can give your role back." } else { "" };
        self.role_words.set(format!("{}{own}", role_may(role)));
        self.role_change.set_value(Some(RoleChange { member, role, undo }));
    }

    /// Changes the role as confirmed.
    pub(crate) fn change_role(self) {
        let asked = self.role_change.with_value(|asked| asked.as_ref().map(|it| (it.member.clone(), it.role)));
        let Some(((id, email), role)) = asked else { return };
        let (client, shown) = (self.session.client(), id.clone());
        let work = async move { client.change_role(&id, role).await };
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.said.set(changed_role(&email, role));
                self.role_asked.set(String::new());
                focus_later(format!("role-{shown}"));
                if self.role_change.try_update_value(Option::take).flatten().is_none() {
                    // The question was closed meanwhile, and the former role is shown.
                    self.load();
                }
            }
            self.failure.set(failure);
        };
        self.change(work.boxed_local(), Box::new(ended));
    }

    /// Closes the question about a role: the former one is shown.
    pub(crate) fn keep_role(self) {
        if let Some(RoleChange { undo, .. }) = self.role_change.try_update_value(Option::take).flatten() {
            undo();
        }
        self.role_asked.set(String::new());
        self.failure.set(None);
    }

    /// Opens the form for the name of a member.
    pub(crate) fn ask_for_name(self, (id, email): Known, name: String, title: String) {
        self.failure.set(None);
        self.naming_id.set(id);
        self.new_name.set(name);
        self.new_title.set(title);
        self.naming.set(email);
    }

    /// Changes the name and the title as typed.
    pub(crate) fn name(self) {
        let (client, id) = (self.session.client(), self.naming_id.get_untracked());
        let draft = ProfileDraft { name: self.new_name.get_untracked(), title: self.new_title.get_untracked() };
        let (is_own, name) = (self.naming.get_untracked() == self.session.email_untracked(), draft.name.clone());
        let work = async move { client.name_member(&id, draft).await };
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.said.set(format!("The name of {} is saved.", self.naming.get_untracked()));
                if is_own {
                    self.session.rename(name.trim());
                }
                self.end_naming();
                focus_after_dialog(self.region);
            }
            self.ended(failure);
        };
        self.change(work.boxed_local(), Box::new(ended));
    }

    /// Closes the form for the name of a member.
    pub(crate) fn end_naming(self) {
        self.naming.set(String::new());
        self.failure.set(None);
    }

    /// The errors of a field of the form for a name.
    pub(crate) fn errors(self, field: &str) -> Vec<String> {
        self.failure.with(|failure| errors_at(failure.as_ref(), field))
    }

    /// The failure, unless a field of the form for a name shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        unplaced(self.failure.get(), &["name", "title"])
    }

    /// Opens the confirmation of removing a member.
    pub(crate) fn ask_to_remove(self, (id, email): Known) {
        self.failure.set(None);
        self.successor.set(String::new());
        self.leaving_id.set(id);
        self.leaving.set(email);
    }

    /// The members who can take over what the leaving one had to do.
    pub(crate) fn successors(self) -> Vec<Known> {
        let leaving = self.leaving_id.get();
        let others = |known: &Vec<Known>| known.iter().filter(|(id, _)| *id != leaving).cloned().collect();
        self.signed_in.try_with_value(others).unwrap_or_default()
    }

    /// Removes the confirmed member.
    pub(crate) fn remove(self) {
        let (client, id) = (self.session.client(), self.leaving_id.get_untracked());
        let successor = self.successor.get_untracked();
        let work = async move { client.remove_member(&id, &successor).await };
        self.change(work.boxed_local(), Box::new(move |failure| self.removed(failure)));
    }

    /// Closes the question about removing a member.
    pub(crate) fn keep(self) {
        self.leaving.set(String::new());
        self.failure.set(None);
    }

    fn removed(self, failure: Option<Failure>) {
        // Already removed by another member.
        let failure = failure.filter(|failure| *failure != Failure::NotFound);
        if failure.is_none() {
            self.said.set(format!("{} is no longer on the team.", self.leaving.get_untracked()));
            self.keep();
            focus_after_dialog(self.region);
        }
        self.ended(failure);
    }

    fn ended(self, failure: Option<Failure>) {
        if failure.is_none() {
            self.load();
        }
        self.failure.set(failure);
    }

    /// Sends one change at a time and reports its result; ignored once the page was left.
    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>, ended: Box<dyn FnOnce(Option<Failure>)>) {
        one_at_a_time(self.is_busy, self.failure, work, ended);
    }
}
