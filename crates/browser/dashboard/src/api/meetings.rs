//! Meetings, and leads by their Meeting Status.

use knock_model::{LeadId, MeetingId, Millis};
use knock_wire::{
    MeetingDraft, MeetingLeadPage, MeetingPage, MeetingPatch, MeetingRow, MeetingSlots, Schedule, TeamSchedule,
};

use super::{Client, Failure, Method, json, push};

const PATH: &str = "/api/v1/meetings";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MeetingsAsk {
    /// Meetings that end after this instant.
    pub(crate) from: Option<Millis>,
    /// Meetings that begin before this instant.
    pub(crate) to: Option<Millis>,
    /// The id of the owner, or `me`; empty for all.
    pub(crate) owner: String,
    /// The state; empty for all.
    pub(crate) state: &'static str,
    pub(crate) is_latest_first: bool,
    /// The number of items in a page, 1 to 200.
    pub(crate) limit: usize,
}

impl MeetingsAsk {
    fn path(&self, after: Option<&str>) -> String {
        let mut path = format!("{PATH}?limit={}", self.limit);
        let instant = |at: Option<Millis>| at.map(|at| at.0.to_string());
        push(&mut path, "from", instant(self.from).as_deref());
        push(&mut path, "to", instant(self.to).as_deref());
        push(&mut path, "owner", Some(&self.owner));
        push(&mut path, "state", Some(self.state));
        push(&mut path, "sort", self.is_latest_first.then_some("-start_at"));
        push(&mut path, "after", after);
        path
    }
}

impl Client {
    pub(crate) async fn meetings(&self, ask: &MeetingsAsk, after: Option<&str>) -> Result<MeetingPage, Failure> {
        self.get(ask.path(after)).await
    }

    pub(crate) async fn meeting(&self, id: MeetingId) -> Result<MeetingRow, Failure> {
        self.get(format!("{PATH}/{id}")).await
    }

    /// Enters a meeting by hand; the same draft again answers the same meeting.
    pub(crate) async fn add_meeting(&self, draft: &MeetingDraft) -> Result<MeetingRow, Failure> {
        self.ask(Method::Post, PATH.to_owned(), Some(json(draft)?)).await
    }

    /// The member's own hours and busy times between two instants.
    pub(crate) async fn schedule(&self, from: Millis, to: Millis) -> Result<Schedule, Failure> {
        self.get(format!("/api/v1/schedule?from={}&to={}", from.0, to.0)).await
    }

    /// The time of all members between two instants, 8 days at most.
    pub(crate) async fn team_schedule(&self, from: Millis, to: Millis) -> Result<TeamSchedule, Failure> {
        self.get(format!("/api/v1/schedule/team?from={}&to={}", from.0, to.0)).await
    }

    /// Changes a meeting in one way.
    pub(crate) async fn change_meeting(&self, id: MeetingId, patch: &MeetingPatch) -> Result<MeetingRow, Failure> {
        self.ask(Method::Patch, format!("{PATH}/{id}"), Some(json(patch)?)).await
    }

    /// The slots to which a meeting can be rescheduled.
    pub(crate) async fn meeting_slots(&self, id: MeetingId) -> Result<MeetingSlots, Failure> {
        self.get(format!("{PATH}/{id}/slots")).await
    }

    /// A page of the leads in Meeting Status `Spam`.
    pub(crate) async fn spam_leads(&self, limit: usize, after: Option<&str>) -> Result<MeetingLeadPage, Failure> {
        let mut path = format!("/api/v1/meeting-leads?status=Spam&limit={limit}");
        push(&mut path, "after", after);
        self.get(path).await
    }

    /// Marks the address of a lead as not spam.
    pub(crate) async fn not_spam(&self, lead: LeadId) -> Result<(), Failure> {
        self.done(Method::Post, format!("/api/v1/meeting-leads/{lead}/not-spam"), None).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_is_wanted_is_asked_for() {
        let all = MeetingsAsk { limit: 50, ..MeetingsAsk::default() };
        assert_eq!(all.path(None), "/api/v1/meetings?limit=50");
        let past = MeetingsAsk {
            to: Some(Millis(7)),
            owner: "me".to_owned(),
            state: "no_show",
            is_latest_first: true,
            limit: 200,
            ..MeetingsAsk::default()
        };
        let expected = "/api/v1/meetings?limit=200&to=7&owner=me&state=no_show&sort=-start_at&after=1%3A2";
        assert_eq!(past.path(Some("1:2")), expected);
    }
}
