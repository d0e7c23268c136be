//! Whole conversations with the agent, in every language that it speaks, from `tests/conversations`.

use crate::chat::{Chat, open_as};
use crate::support::{Knock, batch, signal};
use knock_testing::Site;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// The texts of a step in a language, with placeholders as `{..}`; the step names its agent unless it is `general`.
fn texts(language: &str, step: &str) -> Vec<String> {
    let (kind, step) = step.split_once('/').unwrap_or(("general", step));
    let file = root().join(format!("crates/domain/agent/data/playbooks/{kind}/{language}.txt"));
    let file = fs::read_to_string(file).expect("the playbook");
    let lines = file.lines().filter_map(|line| line.split_once(": "));
    let texts: Vec<String> = lines.filter(|(known, _)| *known == step).map(|(_, text)| text.to_owned()).collect();
    assert!(!texts.is_empty(), "the {kind} agent has no {step} in {language}");
    texts
}

/// Whether a message is a text with its placeholders filled in.
fn is_of(message: &str, text: &str) -> bool {
    let parts: Vec<&str> = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)).collect();
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    let mut rest = message;
    for part in &parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    message.starts_with(first) && message.ends_with(last)
}

struct Talk<'k> {
    knock: &'k Knock,
    key: &'k str,
    language: &'k str,
    /// The name of the conversation.
    name: &'k str,
    chat: Chat,
    written: u64,
    /// The messages of the agent since the last message of the lead.
    said: Vec<Value>,
}

impl Talk<'_> {
    fn write(&mut self, text: &str) {
        self.written += 1;
        let before = self.chat.messages(self.knock, 0).len() as u64;
        assert_eq!(self.chat.write(self.knock, self.written, text).code, 201, "{text}");
        self.said = self.chat.messages(self.knock, before + 1);
        assert!(!self.said.is_empty(), "it is silent after {text}");
        let all = self.chat.messages(self.knock, 0);
        let of_agent: Vec<&Value> =
            all.iter().filter(|message| message["author"] == "ai_agent").map(|message| &message["text"]).collect();
        for (place, text) in of_agent.iter().enumerate() {
            assert!(!of_agent[..place].contains(text), "it repeats itself: {text}");
        }
    }

    fn wait(&mut self, seconds: i64) {
        let before = self.chat.messages(self.knock, 0).len() as u64;
        self.knock.advance(seconds * 1_000);
        self.said = self.chat.messages(self.knock, before);
    }

    fn check(&self, what: &str, expected: &str) {
        let record = self.chat.record(self.knock, self.key);
        let said: Vec<&str> = self.said.iter().filter_map(|message| message["text"].as_str()).collect();
        let said = (self.name, said);
        match what {
            "type" => assert_eq!(record["conversation"]["intent"]["type"], expected, "{said:?}"),
            "routed" => {
                // What the agent answers alone is not routed yet.
                let is_teams = |decision: &Value| decision["reason"] != "answered_by_agent";
                let is_routed = record["decisions"].as_array().is_some_and(|decisions| decisions.iter().any(is_teams));
                assert_eq!(is_routed, expected == "yes", "{said:?}");
            }
            "says" => {
                let (language, key) = expected.split_once(':').unwrap_or((self.language, expected));
                let texts = texts(language, key);
                assert!(
                    said.1.iter().any(|said| texts.iter().any(|text| is_of(said, text))),
                    "{said:?} is no {expected}"
                );
            }
            "answers" => assert!(said.1.iter().any(|said| said.contains(expected)), "{said:?} lacks {expected}"),
            "lacks" => assert!(!said.1.iter().any(|said| said.contains(expected)), "{said:?} has {expected}"),
            "choices" => {
                let count = |message: &Value| message["choices"].as_array().map_or(0, Vec::len);
                let count: usize = self.said.iter().map(count).sum();
                assert_eq!(count.to_string(), expected, "{:?}", self.said);
            }
            _ => panic!("{what} is nothing to check"),
        }
    }
}

/// Plays the conversations of a file on the demo site, or on one that is taught what the file begins with; returns how many.
fn play(name: &str, language: &str) -> usize {
    let knock = Knock::start();
    let key = knock.admin_key();
    let file = fs::read_to_string(root().join(format!("tests/conversations/{name}.txt"))).expect("conversations");
    let taught: Vec<(&str, &str)> = taught(&file);
    let site = if taught.is_empty() { knock.site() } else { site_that_knows(&knock, &key, &taught) };
    let mut played = 0;
    for (number, conversation) in (1..).zip(file.split("\n## ").skip(1)) {
        let (name, lines) = conversation.split_once('\n').expect("a name");
        let of = |word: &'static str| lines.lines().filter_map(move |line| line.strip_prefix(word));
        for (page, place) in of("sees ").zip(0_i64..) {
            let at = knock.now() - 1_000 + place;
            let view = signal(at, number * 100 + place.unsigned_abs(), "page_view", page);
            assert_eq!(knock.post_signals(&batch(&site, number, at + 1_000, &[view])).code, 202);
        }
        let language = of("speaks ").next().unwrap_or(language);
        let chat = Site::new(&site).visitor(number).opens_chat_in(&knock, language);
        let mut talk =
            Talk { knock: &knock, key: &key, language, name, chat, written: number * 1_000, said: Vec::new() };
        for line in lines.lines().filter(|line| !line.is_empty()) {
            match line.split_once(' ').expect("a word and what it is about") {
                (">", text) => talk.write(text),
                ("wait", seconds) => talk.wait(seconds.parse().expect("seconds")),
                ("sees" | "speaks", _) => {}
                (what, expected) => talk.check(what, expected),
            }
        }
        played += 1;
    }
    played
}

/// The questions with answers at the begin of a file.
fn taught(file: &str) -> Vec<(&str, &str)> {
    let lines: Vec<&str> = file.lines().take_while(|line| !line.starts_with("## ")).collect();
    lines.windows(2).filter_map(|pair| Some((pair[0].strip_prefix("? ")?, pair[1].strip_prefix("= ")?))).collect()
}

/// A new site with answers.
fn site_that_knows(knock: &Knock, key: &str, taught: &[(&str, &str)]) -> String {
    let draft = json!({"name": "Roastlog", "origins": [crate::support::ORIGIN]});
    let site = knock.ask("POST", "/api/v1/sites", key, &draft).body["key"].as_str().expect("a key").to_owned();
    for (question, answer) in taught {
        let draft = json!({"site": site, "question": question, "answer": answer});
        assert_eq!(knock.ask("POST", "/api/v1/knowledge/answers", key, &draft).code, 201, "{question}");
    }
    site
}

#[test]
fn conversations_in_english() {
    assert_eq!(play("en", "en"), 19);
}

#[test]
fn conversations_in_german() {
    assert_eq!(play("de", "de"), 19);
}

#[test]
fn conversations_in_french() {
    assert_eq!(play("fr", "fr"), 19);
}

#[test]
fn conversations_in_spanish() {
    assert_eq!(play("es", "es"), 19);
}

#[test]
fn everyday_talk_on_a_small_site() {
    assert_eq!(play("everyday", "en"), 27);
}

#[test]
fn another_site_knows_nothing_of_the_demo() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let draft = json!({"name": "Shop", "origins": [crate::support::ORIGIN]});
    let site = knock.ask("POST", "/api/v1/sites", &key, &draft);
    let own = site.body["key"].as_str().expect("a key").to_owned();
    let ask = |site: &str, visitor: u64| {
        let chat = open_as(&knock, site, visitor);
        assert_eq!(chat.write(&knock, visitor, "How much does it cost? What are your prices?").code, 201);
        let said = chat.messages(&knock, 2);
        said.iter().map(|message| message["text"].as_str().expect("a text").to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert!(ask(&knock.site(), 1).contains("$490"));
    let said = ask(&own, 2);
    assert!(!said.contains('$') && !said.contains("/demo") && !said.is_empty(), "{said}");
}
