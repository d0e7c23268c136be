//! Actions of an admin in the connected Slack workspace: create a channel, invite users, remove members who left.

use futures_util::FutureExt;
use knock_model::Role;
use knock_wire::{SlackDraft, SlackEveryone, SlackUser};
use leptos::prelude::*;

use super::slack_form::{CHANNEL, SlackForm};
use crate::kit::changing::focus_later;

/// The id of the list of people.
pub(crate) const PEOPLE: &str = "slack-people";

impl SlackForm {
    /// Creates a channel, which becomes the monitoring channel.
    pub(crate) fn create_channel(self) {
        let name = self.new_channel.with_untracked(|typed| typed.trim().to_owned());
        self.act(move |client| {
            async move {
                let stored = client.create_slack_channel(name).await?;
                self.new_channel.try_set(String::new());
                self.take(stored, "The channel is created. Every chat is shown there.");
                self.channels.load();
                focus_later(CHANNEL.to_owned());
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Saves whether all of Slack may answer chats, for whom.
    pub(crate) fn save_everyone(self) {
        let domains = self.everyone_domains.with_untracked(|typed| {
            let parts = typed.split([',', ' ', ';', '\n']).map(str::trim).filter(|domain| !domain.is_empty());
            parts.map(str::to_owned).collect()
        });
        let role = Role::parse(&self.everyone_role.get_untracked()).unwrap_or(Role::Rep);
        let everyone = Some(SlackEveryone { is_on: self.everyone_on.get_untracked(), role, domains });
        let (monitoring_channel, note_mark) =
            self.of_untracked(|stored| (stored.monitoring_channel.clone(), stored.note_mark.clone()));
        let draft = SlackDraft { monitoring_channel, note_mark, everyone };
        self.act(move |client| {
            async move {
                self.take(client.save_slack(&draft).await?, "Saved. Who is new becomes a member within minutes.");
                self.people.load();
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Loads the next page of people.
    pub(crate) fn more_people(self) {
        let next = self.people.value.with_untracked(|people| people.as_ref().and_then(|people| people.next.clone()));
        let (Some(next), sought) = (next, self.query.get_untracked()) else { return };
        self.act(move |client| {
            async move {
                let page = client.slack_users(sought.trim(), Some(&next)).await?;
                self.people.value.try_update(|people| {
                    let Some(known) = people.as_mut().filter(|known| known.next.as_ref() == Some(&next)) else {
                        return;
                    };
                    known.users.extend(page.users);
                    known.next = page.next;
                });
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Selects a person for invitation, or removes the selection.
    pub(crate) fn tick(self, email: &str, is_ticked: bool) {
        self.ticked.update(|ticked| {
            ticked.retain(|known| known != email);
            if is_ticked {
                ticked.push(email.to_owned());
            }
        });
    }

    /// Selects all people who can be invited.
    pub(crate) fn tick_all(self) {
        let people = self.people.value.get_untracked().unwrap_or_default().users;
        self.ticked.set(people.into_iter().filter(can_be_invited).map(|person| person.email).collect());
    }

    /// Invites the selected people, one after the other; each is deselected once invited, even if a later one fails.
    pub(crate) fn invite(self) {
        let (ticked, role) = (self.ticked.get_untracked(), self.role.get_untracked());
        let role = Role::parse(&role).unwrap_or(Role::Rep);
        self.links.set(Vec::new());
        self.act(move |client| {
            async move {
                for email in ticked {
                    let invited = client.invite(email.clone(), role).await;
                    if invited.is_err() {
                        self.people.load();
                    }
                    let invited = invited?;
                    if !invited.is_mailed {
                        let link = (email.clone(), invited.invitation.reveal().to_owned());
                        self.links.try_update(|links| links.push(link));
                    }
                    self.ticked.try_update(|ticked| ticked.retain(|known| *known != email));
                }
                self.said.try_set("They are invited.");
                self.people.load();
                focus_later(PEOPLE.to_owned());
                Ok(())
            }
            .boxed_local()
        });
    }

    /// Removes a member who has left Slack.
    pub(crate) fn remove_leaver(self) {
        let Some((member, _)) = self.leaver.get_untracked() else { return };
        self.act(move |client| {
            async move {
                client.remove_member(&member, "").await?;
                self.leaver.try_set(None);
                self.said.try_set("They are no longer a member.");
                self.people.load();
                focus_later(PEOPLE.to_owned());
                Ok(())
            }
            .boxed_local()
        });
    }
}

/// Whether a person is neither a member nor invited, has not left, and has an address for an invitation.
pub(crate) fn can_be_invited(person: &SlackUser) -> bool {
    person.member.is_none() && !person.is_invited && !person.has_left && !person.email.is_empty()
}
