//! The effect runner: runs the effects of a chat in the browser, and reports facts.

use knock_model::{MessageId, Millis};
use knock_wire::{
    ChatHello, ChatStarted, MailedChat, Message, MessageDraft, MessageList, MessageStored, Problem, RepTyping,
};
use leptos::web_sys::HtmlElement;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;

use crate::browser::{self, Browser, Tell};
use crate::chat::{Draft, Effect, Fact, Failure, Remembered};
use crate::entry_point::{EntryPoint, Opening};
use crate::words::{NO_ROOM, NOT_LISTED, NOT_TAKEN, TOO_LARGE};

thread_local! {
    /// The address by which the page identified the visitor; empty if it did not.
    static IDENTIFIED: RefCell<String> = RefCell::default();
}

/// Sets the address that messages carry.
pub(crate) fn identify(email: String) {
    IDENTIFIED.set(email);
}

/// Runs the effects of a chat.
pub(crate) trait Environment {
    /// Runs an effect; a fact may follow, asynchronously.
    fn perform(&self, effect: Effect);

    /// Schedules `Fact::Ticked`; the next call replaces this one.
    fn wake(&self, at: Option<Millis>);
}

/// A request to the server.
enum Question {
    Look,
    Start,
    Send(ChatStarted, MessageId),
    List(ChatStarted),
}

type Questions = Rc<RefCell<Vec<(u64, Question)>>>;

/// The effect runner of the browser. Ends once it is dropped.
pub(crate) struct BrowserEnvironment {
    entry_point: EntryPoint,
    browser: Browser,
    questions: Questions,
    opening: Rc<RefCell<Opening>>,
    count: RefCell<u64>,
    _tell: Tell,
}

impl BrowserEnvironment {
    /// The connection to the server `host`; facts reach the chat by `tell`.
    pub(crate) fn new(
        entry_point: EntryPoint,
        host: &str,
        opening: Opening,
        tell: impl Fn(Fact) + 'static,
    ) -> BrowserEnvironment {
        let questions = Questions::default();
        let opening = Rc::new(RefCell::new(opening));
        let (asked, here, opened) = (questions.clone(), entry_point.clone(), opening.clone());
        let server = host.to_owned();
        let report: Tell = Closure::new(move |kind: String, number: f64, code, pause: f64, text: String| {
            let reply = Reply { code, pause: Millis(pause as i64), text };
            if let Some(mut fact) = fact(&asked, &here, &kind, number as u64, reply) {
                match &mut fact {
                    Fact::Received(_, message) => address(message, &server),
                    Fact::Listed(_, Ok(messages)) | Fact::Looked(Ok(MailedChat { messages, .. })) => {
                        messages.iter_mut().for_each(|message| address(message, &server));
                    }
                    _ => {}
                }
                if matches!(fact, Fact::Started(Ok(_))) {
                    let mut opened = opened.borrow_mut();
                    (opened.resume, opened.conversation) = (None, None);
                }
                tell(fact);
            }
        });
        let browser = Browser::new(host, &report);
        BrowserEnvironment { entry_point, browser, questions, opening, count: RefCell::default(), _tell: report }
    }

    pub(crate) fn is_online(&self) -> bool {
        self.browser.is_online()
    }

    pub(crate) fn is_hidden(&self) -> bool {
        self.browser.is_hidden()
    }

    /// Reports the first act of a person on the page.
    pub(crate) fn await_act(&self) {
        self.browser.await_act();
    }

    /// Fits the panel into the space above the on-screen keyboard.
    pub(crate) fn fit(&self, element: &HtmlElement) {
        self.browser.fit(element);
    }

    fn ask(&self, question: Question, path: &str, token: &str, body: &str) {
        self.browser.ask(self.noted(question), path, token, body);
    }

    /// The number of a new request.
    fn noted(&self, question: Question) -> f64 {
        let mut count = self.count.borrow_mut();
        *count += 1;
        self.questions.borrow_mut().push((*count, question));
        *count as f64
    }
}

impl Environment for BrowserEnvironment {
    fn perform(&self, effect: Effect) {
        match effect {
            Effect::Start => {
                let (entry_point, opening) = (self.entry_point.clone(), self.opening.clone());
                let write = move || written(&entry_point.start(browser::now(), &opening.borrow()));
                let number = self.noted(Question::Start);
                if self.entry_point.has_secret() {
                    self.browser.ask(number, "/v1/chat", "", &write());
                } else {
                    self.browser.ask_in_turn(number, "/v1/chat", &Closure::once_into_js(write));
                }
            }
            Effect::Look => {
                let token = self.opening.borrow().resume.clone();
                let token = token.as_ref().map_or("", |token| token.reveal());
                self.ask(Question::Look, "/v1/chat/mailed", token, "");
            }
            Effect::Invite(id) => self.opening.borrow_mut().invitation = Some(id),
            Effect::Choose(id) => {
                let mut opening = self.opening.borrow_mut();
                (opening.conversation, opening.invitation) = (Some(id), None);
            }
            Effect::Send(to, Draft { id, file: Some(file), .. }) => {
                let number = self.noted(Question::Send(to.clone(), id));
                let path = format!("{}/files", path(&to));
                self.browser.upload(number, &path, to.token.reveal(), &id.to_string(), file);
            }
            Effect::Send(to, draft) => {
                let body = written(&MessageDraft { id: draft.id.to_string(), text: draft.text, email: identified() });
                let question = Question::Send(to.clone(), draft.id);
                self.ask(question, &format!("{}/messages", path(&to)), to.token.reveal(), &body);
            }
            Effect::List(of, after) => {
                let question = Question::List(of.clone());
                self.ask(question, &format!("{}/messages?after={after}", path(&of)), of.token.reveal(), "");
            }
            Effect::Connect(to, number) => self.browser.connect(number as f64, &format!("{}/live", path(&to))),
            Effect::Hello(to, after) => self.browser.send(&written(&ChatHello { token: to.token, after })),
            Effect::Type => self.browser.type_now(),
            Effect::Disconnect => self.browser.disconnect(),
            Effect::Keep(draft) => self.entry_point.keep(&draft),
            Effect::Drop(id) => self.entry_point.drop(id),
            Effect::Remember(started, read) => self.entry_point.remember(started, read),
            Effect::Forget => self.entry_point.forget(),
        }
    }

    fn wake(&self, at: Option<Millis>) {
        self.browser.wake(at.map_or(-1.0, |at| (at - browser::now()).0.max(0) as f64));
    }
}

impl Drop for BrowserEnvironment {
    fn drop(&mut self) {
        self.browser.close();
    }
}

/// The address by which the page identified the visitor, if it did.
fn identified() -> Option<String> {
    Some(IDENTIFIED.with_borrow(Clone::clone)).filter(|email| !email.is_empty())
}

struct Reply {
    code: u16,
    pause: Millis,
    text: String,
}

fn fact(questions: &Questions, entry_point: &EntryPoint, kind: &str, number: u64, reply: Reply) -> Option<Fact> {
    match kind {
        "reply" => {
            let mut asked = questions.borrow_mut();
            let at = asked.iter().position(|(asked, _)| *asked == number)?;
            Some(answer(asked.swap_remove(at).1, entry_point, &reply))
        }
        "opened" => Some(Fact::SocketOpened(number)),
        "closed" => Some(Fact::SocketClosed(number)),
        // A newer server may send unknown messages.
        "received" => knock_json::parse(&reply.text).map(|message| Fact::Received(number, message)),
        "typing" => {
            let typing: Option<RepTyping> = knock_json::parse(&reply.text);
            Some(Fact::RepTypes(typing.map(|typing| typing.typing)))
        }
        "file" => {
            let id = MessageId::new(browser::now(), &browser::random());
            Some(Fact::Written(Draft { id, text: reply.text, file: Some(number as u32) }))
        }
        "progress" => Some(Fact::Advanced(number as u8)),
        "online" => Some(Fact::WentOnline),
        "offline" => Some(Fact::WentOffline),
        "visible" => Some(Fact::BecameVisible),
        "hidden" => Some(Fact::BecameHidden),
        "kept" => {
            let Remembered { started, read, .. } = entry_point.recall();
            started.map(|started| Fact::ReadElsewhere(started.conversation, read))
        }
        "acted" => Some(Fact::Acted),
        "tick" => Some(Fact::Ticked),
        _ => None,
    }
}

fn answer(question: Question, entry_point: &EntryPoint, reply: &Reply) -> Fact {
    match question {
        Question::Look => Fact::Looked(read(reply)),
        Question::Start => Fact::Started(read(reply)),
        Question::Send(to, id) => {
            Fact::Stored(id, read_by(&to, entry_point, reply).map(|stored: MessageStored| stored.seq))
        }
        Question::List(of) => {
            let list = read_by(&of, entry_point, reply).map(|list: MessageList| list.messages);
            Fact::Listed(of.conversation, list)
        }
    }
}

/// The result of a request with a token. Another tab may have replaced an invalid one.
fn read_by<T: DeserializeOwned>(with: &ChatStarted, entry_point: &EntryPoint, reply: &Reply) -> Result<T, Failure> {
    read(reply).map_err(|failure| match failure {
        Failure::SignedOut => entry_point.renewed(with).map_or(Failure::SignedOut, Failure::Replaced),
        other @ (Failure::Later(_) | Failure::Replaced(_) | Failure::Refused(_)) => other,
    })
}

fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, Failure> {
    match reply.code {
        // A proxy in between may have sent anything.
        200..300 => knock_json::parse(&reply.text).ok_or(Failure::Later(reply.pause)),
        401 | 404 => Err(Failure::SignedOut),
        0 | 408 | 425 | 429 | 500..507 | 508.. => Err(Failure::Later(reply.pause)),
        507 => Err(Failure::Refused(NO_ROOM.to_owned())),
        // The problem document of a removed site is for its owner.
        410 => Err(Failure::Refused(String::new())),
        _ => Err(Failure::Refused(reason(&reply.text))),
    }
}

/// The text of a problem document for the visitor.
fn reason(text: &str) -> String {
    let problem: Problem = knock_json::parse(text).unwrap_or_default();
    let names = |pointer: &str| problem.errors.iter().any(|error| error.pointer == pointer);
    if names("header/Origin") {
        return NOT_LISTED.to_owned();
    }
    if names("/file") {
        return if problem.status_code == 413 { TOO_LARGE } else { NOT_TAKEN }.to_owned();
    }
    if problem.detail.is_empty() { problem.title } else { problem.detail }
}

/// Makes addresses of files and pictures absolute: the widget runs on pages of any site.
fn address(message: &mut Message, server: &str) {
    if !message.picture.is_empty() {
        message.picture.insert_str(0, server);
    }
    for file in &mut message.files {
        file.url.insert_str(0, server);
        if let Some(preview) = &mut file.preview {
            preview.url.insert_str(0, server);
        }
    }
}

fn path(to: &ChatStarted) -> String {
    format!("/v1/chat/{}", to.conversation)
}

/// The shapes of `wire` are maps with text keys: writing them cannot fail.
fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn status_codes_become_failures() {
        let check = |code, text: &str, expected: Failure| {
            let reply = Reply { code, pause: Millis(7), text: text.to_owned() };
            assert_eq!(read::<MessageStored>(&reply).err(), Some(expected), "{code}");
        };
        check(0, "", Failure::Later(Millis(7)));
        check(200, "<html>", Failure::Later(Millis(7)));
        check(301, "", Failure::Refused(String::new()));
        check(401, "", Failure::SignedOut);
        check(404, "", Failure::SignedOut);
        check(422, r#"{"type":"x","title":"Invalid","status":422}"#, Failure::Refused("Invalid".to_owned()));
        check(
            413,
            r#"{"type":"x","title":"T","status":413,"detail":"Too long"}"#,
            Failure::Refused("Too long".to_owned()),
        );
        check(
            403,
            r#"{"type":"x","title":"T","status":403,"detail":"header/Origin: is not listed",
                "errors":[{"pointer":"header/Origin","reason":"is not listed"}]}"#,
            Failure::Refused(NOT_LISTED.to_owned()),
        );
        check(410, r#"{"type":"x","title":"Gone","status":410}"#, Failure::Refused(String::new()));
        check(429, "", Failure::Later(Millis(7)));
        check(507, "", Failure::Refused(NO_ROOM.to_owned()));
        let file = r#"{"type":"x","title":"T","status":CODE,"errors":[{"pointer":"/file","reason":"r"}]}"#;
        check(413, &file.replace("CODE", "413"), Failure::Refused(TOO_LARGE.to_owned()));
        check(422, &file.replace("CODE", "422"), Failure::Refused(NOT_TAKEN.to_owned()));
        check(503, "<html>", Failure::Later(Millis(7)));
    }

    #[wasm_bindgen_test]
    fn a_reply_answers_its_own_question_once() {
        let questions = Questions::default();
        questions.borrow_mut().push((4, Question::Start));
        let reply = || Reply { code: 403, pause: Millis(0), text: String::new() };
        let entry_point = EntryPoint::Site("sitekey".to_owned());
        let fact = |number| fact(&questions, &entry_point, "reply", number, reply());
        assert!(fact(3).is_none());
        assert!(matches!(fact(4), Some(Fact::Started(Err(Failure::Refused(_))))));
        assert!(fact(4).is_none());
    }
}
