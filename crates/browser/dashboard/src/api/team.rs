//! The team, API keys and sessions.

use knock_model::{RepId, Role};
use knock_wire::{
    ApiKeyCreated, ApiKeyDraft, ApiKeyList, BookingLink, BookingLinkDraft, HandOverDraft, HandedOver, Invitation,
    MemberChange, MemberDraft, MemberList, Profile, ProfileDraft, RepList, SessionList, SignInLink,
};

use super::{Client, Failure, Method, Upload, json};

/// The path of the member's own picture.
const PICTURE: &str = "/api/v1/profile/picture";
/// The path of the member's own booking link.
const BOOKING_LINK: &str = "/api/v1/profile/booking-link";

impl Client {
    pub(crate) async fn members(&self) -> Result<MemberList, Failure> {
        self.get("/api/v1/members".to_owned()).await
    }

    /// All members, with their current state for routing.
    pub(crate) async fn reps(&self) -> Result<RepList, Failure> {
        self.get("/api/v1/reps".to_owned()).await
    }

    pub(crate) async fn invite(&self, email: String, role: Role) -> Result<Invitation, Failure> {
        self.ask(Method::Post, "/api/v1/members".to_owned(), Some(json(&MemberDraft { email, role })?)).await
    }

    pub(crate) async fn change_role(&self, member: &str, role: Role) -> Result<(), Failure> {
        let change = MemberChange { role: Some(role), ..MemberChange::default() };
        self.done(Method::Patch, member_path(member), Some(json(&change)?)).await
    }

    /// Changes the name and the title of a member.
    pub(crate) async fn name_member(
        &self,
        member: &str,
        ProfileDraft { name, title }: ProfileDraft,
    ) -> Result<(), Failure> {
        let change = MemberChange { name: Some(name), title: Some(title), ..MemberChange::default() };
        self.done(Method::Patch, member_path(member), Some(json(&change)?)).await
    }

    /// The member's own name, title and picture.
    pub(crate) async fn profile(&self) -> Result<Profile, Failure> {
        self.get("/api/v1/profile".to_owned()).await
    }

    pub(crate) async fn save_profile(&self, draft: &ProfileDraft) -> Result<Profile, Failure> {
        self.ask(Method::Put, "/api/v1/profile".to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn set_picture(&self, picture: Upload) -> Result<Profile, Failure> {
        self.put_file(PICTURE.to_owned(), picture).await
    }

    /// The member's own booking link.
    pub(crate) async fn booking_link(&self) -> Result<BookingLink, Failure> {
        self.get(BOOKING_LINK.to_owned()).await
    }

    pub(crate) async fn change_booking_link(&self, draft: &BookingLinkDraft) -> Result<BookingLink, Failure> {
        self.ask(Method::Put, BOOKING_LINK.to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn remove_picture(&self) -> Result<Profile, Failure> {
        self.ask(Method::Delete, PICTURE.to_owned(), None).await
    }

    /// Removes a member; the successor gets what they had to do, and routing decides without one.
    pub(crate) async fn remove_member(&self, member: &str, successor: &str) -> Result<(), Failure> {
        let query = if successor.is_empty() { String::new() } else { format!("?successor={successor}") };
        self.done(Method::Delete, member_path(member) + &query, None).await
    }

    /// Hands over the open chats of a member: to another member by id, and by the rules where it is empty.
    pub(crate) async fn hand_over(&self, member: &str, to: &str) -> Result<HandedOver, Failure> {
        let to = RepId::parse(to).ok();
        self.ask(Method::Post, format!("{}/hand-over", member_path(member)), Some(json(&HandOverDraft { to })?)).await
    }

    /// Creates a sign-in link for a member, to be passed on.
    pub(crate) async fn member_link(&self, member: &str) -> Result<SignInLink, Failure> {
        self.ask(Method::Post, format!("{}/link", member_path(member)), None).await
    }

    /// The member's own sessions.
    pub(crate) async fn sessions(&self) -> Result<SessionList, Failure> {
        self.get("/api/v1/sessions".to_owned()).await
    }

    pub(crate) async fn end_session(&self, id: &str) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/sessions/{id}"), None).await
    }

    pub(crate) async fn keys(&self) -> Result<ApiKeyList, Failure> {
        self.get("/api/v1/keys".to_owned()).await
    }

    pub(crate) async fn create_key(&self, draft: &ApiKeyDraft) -> Result<ApiKeyCreated, Failure> {
        self.ask(Method::Post, "/api/v1/keys".to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn revoke_key(&self, id: &str) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/keys/{id}"), None).await
    }
}

fn member_path(member: &str) -> String {
    format!("/api/v1/members/{member}")
}
