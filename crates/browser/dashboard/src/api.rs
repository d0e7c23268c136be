//! The typed client: the one place that talks to the team API.

use futures_util::future::LocalBoxFuture;
use knock_model::{AccountId, ConversationId, LeadId};
use knock_wire::{
    AccountPage, AccountRecord, ContactPage, ContactRecord, ConversationPage, ConversationRecord, LeadAction,
    MessageDraft, MessageStored, Problem, RefusedList, SessionStart, SessionState, Site, SiteDraft, SiteList,
    TimelinePage,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Write;
use std::sync::Arc;

/// Lines asked for at once.
pub(crate) const PAGE: usize = 50;

/// The methods the team API knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// Reads.
    Get,
    /// Makes.
    Post,
    /// Replaces.
    Put,
    /// Ends.
    Delete,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    /// How.
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) path: String,
    /// JSON.
    pub(crate) body: Option<String>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    /// The HTTP status code.
    pub(crate) status_code: u16,
    /// JSON, or nothing.
    pub(crate) body: String,
}

/// Why an answer is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server could not be reached.
    Unreachable,
    /// Nobody is signed in.
    SignedOut,
    /// There is no such record.
    NotFound,
    /// The server says what is wrong.
    Refused(Problem),
    /// The answer is not what this app understands.
    Unreadable,
}

/// Sends one request; the tests put their own in its place.
pub(crate) type Transport = Arc<dyn Fn(Call) -> LocalBoxFuture<'static, Result<Reply, Failure>> + Send + Sync>;

/// The client. Any answer that nobody is signed in is told to `signed_out`, whoever asked.
#[derive(Clone)]
pub(crate) struct Client {
    send: Transport,
    signed_out: Arc<dyn Fn() + Send + Sync>,
}

/// What a timeline is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimelineOf {
    /// Everybody.
    All,
    /// A person.
    Contact(LeadId),
    /// A company.
    Account(AccountId),
}

/// Which conversations a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folder {
    /// All but those marked as spam.
    Open,
    /// Those marked as spam.
    Spam,
}

impl Client {
    /// A client that sends by `send`.
    pub(crate) fn new(send: Transport, signed_out: impl Fn() + Send + Sync + 'static) -> Client {
        Client { send, signed_out: Arc::new(signed_out) }
    }

    /// Who is signed in.
    pub(crate) async fn session(&self) -> Result<SessionState, Failure> {
        self.get("/api/v1/session".to_owned()).await
    }

    /// Signs in by the token of a link; a used or expired one is `Refused`.
    pub(crate) async fn sign_in(&self, token: &str) -> Result<SessionState, Failure> {
        let start = SessionStart { token: token.to_owned().into() };
        let reply = self.send(Method::Post, "/api/v1/session".to_owned(), Some(json(&start)?)).await?;
        match reply.status_code {
            401 => Err(Failure::Refused(problem(&reply))),
            _ => read(&reply),
        }
    }

    /// Signs out.
    pub(crate) async fn sign_out(&self) -> Result<(), Failure> {
        let reply = self.send(Method::Delete, "/api/v1/session".to_owned(), None).await?;
        if reply.status_code < 400 || reply.status_code == 401 { Ok(()) } else { Err(refusal(&reply)) }
    }

    /// A page of contacts.
    pub(crate) async fn contacts(&self, search: &str, after: Option<&str>) -> Result<ContactPage, Failure> {
        self.get(list_path("contacts", search, after)).await
    }

    /// A contact.
    pub(crate) async fn contact(&self, id: LeadId) -> Result<ContactRecord, Failure> {
        self.get(format!("/api/v1/contacts/{id}")).await
    }

    /// A page of accounts.
    pub(crate) async fn accounts(&self, search: &str, after: Option<&str>) -> Result<AccountPage, Failure> {
        self.get(list_path("accounts", search, after)).await
    }

    /// An account.
    pub(crate) async fn account(&self, id: AccountId) -> Result<AccountRecord, Failure> {
        self.get(format!("/api/v1/accounts/{id}")).await
    }

    /// A page of a timeline, newest first.
    pub(crate) async fn timeline(&self, of: TimelineOf, before: Option<&str>) -> Result<TimelinePage, Failure> {
        self.get(timeline_path(of, before)).await
    }

    /// A page of conversations, last active first.
    pub(crate) async fn conversations(&self, of: Folder, after: Option<&str>) -> Result<ConversationPage, Failure> {
        self.get(inbox_path(of, after)).await
    }

    /// A conversation.
    pub(crate) async fn conversation(&self, id: ConversationId) -> Result<ConversationRecord, Failure> {
        self.get(format!("/api/v1/conversations/{id}")).await
    }

    /// Writes to a lead; the same draft again stays one message.
    pub(crate) async fn write(&self, to: ConversationId, draft: &MessageDraft) -> Result<MessageStored, Failure> {
        self.ask(Method::Post, format!("/api/v1/conversations/{to}/messages"), Some(json(draft)?)).await
    }

    /// Does something with a lead.
    pub(crate) async fn act(&self, on: ConversationId, action: &LeadAction) -> Result<(), Failure> {
        let path = format!("/api/v1/conversations/{on}/actions");
        let reply = self.send(Method::Post, path, Some(json(action)?)).await?;
        self.heard(if reply.status_code < 400 { Ok(()) } else { Err(refusal(&reply)) })
    }

    /// All sites.
    pub(crate) async fn sites(&self) -> Result<SiteList, Failure> {
        self.get("/api/v1/sites".to_owned()).await
    }

    /// Makes a site.
    pub(crate) async fn add_site(&self, draft: &SiteDraft) -> Result<Site, Failure> {
        self.ask(Method::Post, "/api/v1/sites".to_owned(), Some(json(draft)?)).await
    }

    /// Replaces what a site says.
    pub(crate) async fn change_site(&self, key: &str, draft: &SiteDraft) -> Result<Site, Failure> {
        self.ask(Method::Put, format!("/api/v1/sites/{}", encode(key)), Some(json(draft)?)).await
    }

    /// Signals of a site that were not stored.
    pub(crate) async fn refused(&self, key: &str) -> Result<RefusedList, Failure> {
        self.get(format!("/api/v1/sites/{}/refused", encode(key))).await
    }

    async fn get<T: DeserializeOwned>(&self, path: String) -> Result<T, Failure> {
        self.ask(Method::Get, path, None).await
    }

    async fn ask<T: DeserializeOwned>(&self, method: Method, path: String, body: Option<String>) -> Result<T, Failure> {
        self.heard(read(&self.send(method, path, body).await?))
    }

    fn heard<T>(&self, answer: Result<T, Failure>) -> Result<T, Failure> {
        if matches!(answer, Err(Failure::SignedOut)) {
            (self.signed_out)();
        }
        answer
    }

    async fn send(&self, method: Method, path: String, body: Option<String>) -> Result<Reply, Failure> {
        (self.send)(Call { method, path, body }).await
    }
}

fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, Failure> {
    if reply.status_code >= 400 {
        return Err(refusal(reply));
    }
    serde_json::from_str(&reply.body).map_err(|_| Failure::Unreadable)
}

fn refusal(reply: &Reply) -> Failure {
    match reply.status_code {
        401 => Failure::SignedOut,
        404 => Failure::NotFound,
        _ => Failure::Refused(problem(reply)),
    }
}

/// The problem document of a reply; a proxy in between may have sent anything.
fn problem(reply: &Reply) -> Problem {
    serde_json::from_str(&reply.body).unwrap_or_else(|_| Problem {
        title: format!("The server answered {}", reply.status_code),
        status_code: reply.status_code,
        ..Problem::default()
    })
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|_| Failure::Unreadable)
}

fn list_path(list: &str, search: &str, after: Option<&str>) -> String {
    let mut path = format!("/api/v1/{list}?limit={PAGE}");
    push(&mut path, "q", Some(search.trim()));
    push(&mut path, "after", after);
    path
}

fn inbox_path(of: Folder, after: Option<&str>) -> String {
    let is_spam = of == Folder::Spam;
    let mut path = format!("/api/v1/conversations?limit={PAGE}&spam={is_spam}");
    push(&mut path, "after", after);
    path
}

fn timeline_path(of: TimelineOf, before: Option<&str>) -> String {
    let mut path = format!("/api/v1/timeline?limit={PAGE}");
    match of {
        TimelineOf::All => {}
        TimelineOf::Contact(id) => push(&mut path, "contact", Some(&id.to_string())),
        TimelineOf::Account(id) => push(&mut path, "account", Some(&id.to_string())),
    }
    push(&mut path, "before", before);
    path
}

fn push(path: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        path.push('&');
        path.push_str(name);
        path.push('=');
        path.push_str(&encode(value));
    }
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn searches_and_cursors_are_encoded() {
        assert_eq!(list_path("contacts", "", None), "/api/v1/contacts?limit=50");
        assert_eq!(
            list_path("contacts", " a&b=é ", Some("x+/=")),
            "/api/v1/contacts?limit=50&q=a%26b%3D%C3%A9&after=x%2B%2F%3D"
        );
        assert_eq!(inbox_path(Folder::Open, None), "/api/v1/conversations?limit=50&spam=false");
        assert_eq!(inbox_path(Folder::Spam, Some("a:b")), "/api/v1/conversations?limit=50&spam=true&after=a%3Ab");
        let id = LeadId::new([4; 16]);
        assert_eq!(
            timeline_path(TimelineOf::Contact(id), Some("9")),
            format!("/api/v1/timeline?limit=50&contact={id}&before=9")
        );
        assert_eq!(timeline_path(TimelineOf::All, None), "/api/v1/timeline?limit=50");
    }

    fn client_answering(status_code: u16) -> (Client, Arc<AtomicUsize>) {
        let told = Arc::new(AtomicUsize::new(0));
        let count = told.clone();
        let reply = Reply { status_code, body: "{}".to_owned() };
        let send: Transport = Arc::new(move |_| std::future::ready(Ok(reply.clone())).boxed_local());
        let client = Client::new(send, move || {
            count.fetch_add(1, Ordering::Relaxed);
        });
        (client, told)
    }

    #[test]
    fn whoever_asks_hears_that_nobody_is_signed_in() {
        let (client, told) = client_answering(401);
        assert_eq!(client.sites().now_or_never(), Some(Err(Failure::SignedOut)));
        assert_eq!(told.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn an_action_is_done_without_an_answer_to_read() {
        let (client, told) = client_answering(204);
        let action = LeadAction::Reject("No budget".to_owned());
        assert_eq!(client.act(ConversationId::new([6; 16]), &action).now_or_never(), Some(Ok(())));
        assert_eq!(json(&action).as_deref(), Ok(r#"{"reject":"No budget"}"#));
        assert_eq!(json(&LeadAction::UndoReject).as_deref(), Ok(r#""undo_reject""#));
        assert_eq!(told.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_used_link_is_a_refusal_and_signs_nobody_out() {
        let (client, told) = client_answering(401);
        let answer = client.sign_in("used").now_or_never();
        assert!(matches!(answer, Some(Err(Failure::Refused(_)))), "{answer:?}");
        assert_eq!(told.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn status_codes_become_failures() {
        let check = |status_code, body: &str, expected: Failure| {
            let found = read::<SiteList>(&Reply { status_code, body: body.to_owned() });
            assert_eq!(found.err(), Some(expected), "{status_code}");
        };
        check(401, "", Failure::SignedOut);
        check(404, "", Failure::NotFound);
        check(200, "<html>", Failure::Unreadable);
        let title = "The server answered 502".to_owned();
        check(502, "<html>", Failure::Refused(Problem { title, status_code: 502, ..Problem::default() }));
    }
}
