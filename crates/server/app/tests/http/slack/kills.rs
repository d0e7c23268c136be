//! A chat with replies from Slack, with the server killed at each of its steps: no message is lost, and none is posted
//! or sent twice.

use super::failing::until_shown;
use super::{Office, once};
use knock_testing::{Chat, found};
use serde_json::json;

const FIRST: &str = "We are 200 people and need a quote";
const ANSWER: &str = "Happy to help";
const SECOND: &str = "By Friday please";

/// A step of such a chat.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    LeadWrites,
    RepAnswers,
    LeadWritesAgain,
}

/// The moment within a step at which the server is killed.
#[derive(Clone, Copy)]
enum Moment {
    /// Right after the acknowledgement of the message.
    Acknowledged,
    /// While it waits for Slack's response to the call with this number of a method; Slack has executed the call.
    Calling(&'static str, usize),
}

use Moment::{Acknowledged, Calling};

impl Office {
    pub(super) fn killed(self) -> Office {
        let mut knock = self.knock;
        knock.kill();
        let left = knock.select("SELECT number || ':' || attempts FROM outbox WHERE state = 1");
        let office = Office { knock: knock.kill_and_restart(), left, ..self };
        office.slack.tell(&format!("http://{}", office.knock.address()));
        office
    }
}

fn survives(killed: Step, moment: Moment) {
    let mut office = Office::with_ann();
    let mut chat = None;
    for step in [Step::LeadWrites, Step::RepAnswers, Step::LeadWritesAgain] {
        let is_killed = step == killed;
        let before = match moment {
            Calling(method, number) if is_killed => {
                let fault = json!({"method": method, "do": "hang", "times": 1, "after": number});
                office.slack.control("POST", "faults", &fault);
                office.slack.calls(method).len()
            }
            _ => 0,
        };
        match step {
            Step::LeadWrites => chat = Some(office.visitor_writes(1, FIRST)),
            Step::RepAnswers => drop(office.ann_writes(chat.as_ref().expect("a chat"), ANSWER)),
            Step::LeadWritesAgain => {
                assert_eq!(chat.as_ref().expect("a chat").write(&office.knock, 2, SECOND).code, 201);
            }
        }
        if is_killed {
            if let Calling(method, number) = moment {
                found("Slack is asked", || (office.slack.calls(method).len() > before + number).then_some(()));
            }
            office = office.killed();
        }
        is_done(&office, chat.as_ref().expect("a chat"), step);
    }
    is_whole(&office, chat.as_ref().expect("a chat"));
}

/// Waits until a step has taken effect.
fn is_done(office: &Office, chat: &Chat, step: Step) {
    match step {
        Step::LeadWrites => until_shown(office, chat, &[FIRST]),
        Step::RepAnswers => found("the lead sees the answer", || {
            office.passes_between_attempts();
            says(office, chat, ANSWER).map(|_| ())
        }),
        Step::LeadWritesAgain => until_shown(office, chat, &[FIRST, SECOND]),
    }
}

/// The number of a rep's messages with this text in a chat; none if there is none.
fn says(office: &Office, chat: &Chat, wanted: &str) -> Option<usize> {
    let seen = office.seen(chat);
    Some(seen.iter().filter(|(author, text)| author == "rep" && text == wanted).count()).filter(|count| *count > 0)
}

fn is_whole(office: &Office, chat: &Chat) {
    found("nothing waits to be posted", || {
        office.passes_between_attempts();
        (office.settings()["waiting"] == 0).then_some(())
    });
    office.settle();
    once(office);
    assert_eq!(says(office, chat, ANSWER), Some(1));
    assert_eq!(chat.status(&office.knock, &office.key), "Rep Discovery");
    let state = &chat.record(&office.knock, &office.key)["conversation"]["state"];
    assert_eq!(
        (&state["rep_owner"], &state["responding_rep"]),
        (&json!("ann@acme.example"), &json!("ann@acme.example"))
    );
    assert!(state["response_minutes"].is_number(), "{state}");
}

#[test]
fn killed_once_the_lead_has_written() {
    survives(Step::LeadWrites, Acknowledged);
}

#[test]
fn killed_while_the_direct_message_is_opened() {
    survives(Step::LeadWrites, Calling("conversations.open", 0));
}

#[test]
fn killed_while_the_first_post_is_made() {
    survives(Step::LeadWrites, Calling("chat.postMessage", 0));
}

#[test]
fn killed_while_the_second_post_is_made() {
    survives(Step::LeadWrites, Calling("chat.postMessage", 1));
}

#[test]
fn killed_once_slack_has_delivered_the_answer() {
    survives(Step::RepAnswers, Acknowledged);
}

#[test]
fn killed_while_the_card_is_changed_after_the_answer() {
    survives(Step::RepAnswers, Calling("chat.update", 0));
}

#[test]
fn killed_once_the_lead_has_written_again() {
    survives(Step::LeadWritesAgain, Acknowledged);
}

#[test]
fn killed_while_the_second_line_is_posted() {
    survives(Step::LeadWritesAgain, Calling("chat.postMessage", 0));
}
