//! Playbooks in words: agents, languages, steps, places and versions.

use knock_wire::{KnowledgeSite, Playbook, TextsOf};

/// The purposes of the agent by word, with labels.
pub(crate) const PLAYBOOK_KINDS: [(&str, &str); 5] = [
    ("general", "General"),
    ("buying", "Buying"),
    ("support", "Support"),
    ("hiring", "Job seekers"),
    ("partnership", "Partnership"),
];

/// The languages by code, with labels.
pub(crate) const PLAYBOOK_LANGUAGES: [(&str, &str); 4] =
    [("en", "English"), ("de", "German"), ("fr", "French"), ("es", "Spanish")];

/// The label of a step, and the occasion for its texts; an unknown step is shown as its word.
pub(crate) fn step_words(step: &str) -> (&str, &'static str) {
    match step {
        "greeting" => ("Greeting", "The first text of a chat, with knowledge."),
        "greeting_empty" => ("Greeting without knowledge", "The first text of a chat on a site without knowledge."),
        "clarify" => ("What is it about?", "When it is not clear what a chat is about. Buttons with answers follow."),
        "clarify_again" => ("What is it about, again", "When the answer to that question was not understood."),
        "answer" => ("Answer", "When an answer of your team or a file fits the question."),
        "answer_page" => ("Answer from a page", "When a page has the answer."),
        "answered" => ("Asked again", "When the same is asked again and there is no other answer."),
        "unanswered" => ("No answer", "When no knowledge matches a question."),
        "handover" => ("Handover", "When the chat was assigned to a rep."),
        "wait" => ("Usual wait", "After the handover, if response times are known."),
        "back" => ("Back at a time", "When all members are away, and the time is known when one is back."),
        "busy" => ("All are busy", "When all members at work are in other chats."),
        "unavailable" => ("No one is there", "When all members are away, and no time of return is known."),
        "human" => ("A person is wanted", "When the lead asks for a person."),
        "meeting" => {
            ("Offer a meeting", "Above a booking card: to buyers whose score is High, and when a meeting is asked for.")
        }
        "email" => ("Ask for an e-mail address", "Once, while no address is known."),
        "email_thanks" => ("Address received", "When the lead gives an e-mail address."),
        "apply" => ("Where to apply", "To job seekers, where a page with open positions is known."),
        "apply_unknown" => ("Where to apply, no page", "To job seekers, where no such page is known."),
        "qualify" => ("Questions", "Questions that help to answer, one after the other."),
        "qualify_sized" => {
            ("Questions, size known", "In place of a question for the number of people, once the lead has said it.")
        }
        "waiting" => ("While waiting", "When the lead goes on writing before a rep answers."),
        "waiting_numbered" => ("While waiting, numbered", "The same, once all other texts were used."),
        "away" => ("Rep is away", "When no rep answers within two minutes and no address is known."),
        "away_email" => {
            ("Rep is away, address known", "When no rep answers within two minutes and the address is known.")
        }
        "close" => ("No more questions", "When no question is left."),
        other => request_words(other).or_else(|| talk_words(other)).unwrap_or((other, "")),
    }
}

/// The same of answers and requests in a chat that the agent has.
fn request_words(step: &str) -> Option<(&'static str, &'static str)> {
    Some(match step {
        "answered_here" => ("Asked again, without a rep", "The same, while no member of the team has the chat."),
        "helped" => (
            "Did it help?",
            "After an answer, while no member of the team has the chat. Buttons for yes and no follow.",
        ),
        "glad" => ("It helped", "When the answer is yes, or thanks."),
        "not_helped" => ("It did not help", "When the answer is no: the team has the chat then."),
        "rephrase" => ("In other words, please", "The same, while an agent keeps the chat."),
        "offered" => {
            ("Which question?", "When a question is like some of your team\u{2019}s questions. They follow as buttons.")
        }
        "email_kept" => ("Address received, no mail", "The same, while no mail is set up."),
        "meant_email" => ("Mistyped address", "When an e-mail address looks mistyped. Buttons for yes and no follow."),
        "email_again" => ("Address once more", "When the lead says that this address is not theirs."),
        "refused" => ("No address given", "When the lead gives no address or number."),
        "come_back" => ("Come back", "Once, while no mail is set up and an answer is still to come."),
        "ask_phone" => ("Ask for a phone number", "When the lead wants a call and gives no number."),
        "phone" => ("Phone number received", "When the lead gives a phone number."),
        "phone_here" => ("Phone number received, somebody is there", "The same, while a member is available."),
        "phone_back" => {
            ("Phone number received, with return time", "The same, while the time is known when a member is back.")
        }
        "away_kept" => ("Rep is away, no mail", "The same, while no mail is set up or the lead gave no address."),
        "still_asked" => ("Asked already", "When a waiting lead asks for a person or whether somebody is there."),
        "hours_here" => ("Opening hours: now", "When the lead asks who is there, and a member is available."),
        "hours_back" => ("Opening hours: later", "The same, while the time is known when a member is back."),
        "hours_unknown" => ("Opening hours: not known", "The same, while that time is not known."),
        "move_meeting" => ("Change a meeting", "When the lead wants to move or cancel their meeting."),
        "no_meeting" => ("Change a meeting, none found", "The same, when no coming meeting of this browser is known."),
        _ => return None,
    })
}

/// The same of small talk, what the agent says of itself, and abuse.
fn talk_words(step: &str) -> Option<(&'static str, &'static str)> {
    Some(match step {
        "hello" => ("Hello", "When the lead only greets."),
        "thanks" => ("Thanks", "When the lead only says thanks."),
        "bye" => ("Goodbye", "When the lead says goodbye."),
        "okay" => ("OK", "When the lead only agrees."),
        "okay_waiting" => ("OK, while waiting", "The same, while a rep is to answer."),
        "yes" => ("Yes", "When the lead says yes and nothing was asked."),
        "no" => ("No", "When the lead says no and nothing was asked."),
        "name" => ("Name received", "When the lead only gives their name."),
        "bot" => ("Are you a bot?", "When the lead asks whether this is a person."),
        "identity" => ("Who are you?", "When the lead asks who answers."),
        "identity_rep" => ("Who are you, with a rep", "The same, while a rep has the chat."),
        "capabilities" => ("What can you do?", "When the lead asks what the agent can do."),
        "privacy" => ("Data protection", "When the lead asks about their data or wants it deleted."),
        "sorry" => ("Complaint", "When the lead complains."),
        "injection" => ("Orders to the agent", "When the lead orders the agent to ignore its rules."),
        "noise" => ("Not readable", "When the message has no words that can be read."),
        "calm" => ("Insult", "When the lead insults the agent."),
        "warning" => ("Warning", "After an insult, before a chat is ended for abuse."),
        "last_words" => ("Last words", "When a chat is ended for abuse."),
        "rejected" => ("Rejected", "The last words to a lead who is rejected by the conditions under Rejections."),
        "card" => ("Card digits hidden", "When the digits of a payment card were hidden in a message."),
        "go_on" => ("Small talk goes on", "When all texts for small talk were used."),
        "go_on_numbered" => ("Small talk goes on, numbered", "The same, once these were used too."),
        _ => return None,
    })
}

/// The placeholders of a step: `{rep}, the rep or team that answers`.
pub(crate) fn places_words(places: &[String]) -> String {
    if places.is_empty() {
        return "It has no placeholders.".to_owned();
    }
    let place = |place: &String| {
        let what = match place.as_str() {
            "rep" => ", the rep or team that answers",
            "workspace" => ", the name of the site",
            "answer" => ", what was found",
            "page" => ", the address of the page",
            "wait" => ", such as \u{201c}about 5 minutes\u{201d}",
            "email" => ", the address of the lead",
            "n" => ", the number of the message",
            "phone" => ", the phone number of the lead",
            "when" => ", such as \u{201c}on Monday at 9:00\u{201d}",
            "ago" => ", such as \u{201c}about 5 minutes ago\u{201d}",
            "name" => ", the name of the lead",
            _ => "",
        };
        format!("{{{place}}}{what}")
    };
    format!("Placeholders: {}.", places.iter().map(place).collect::<Vec<_>>().join("; "))
}

/// The note where a site has no own texts.
pub(crate) fn beneath_words(playbook: &Playbook) -> Option<&'static str> {
    playbook.site.as_ref()?;
    match playbook.texts_of {
        TextsOf::Own => None,
        TextsOf::Workspace => Some("This site uses the texts of All sites."),
        TextsOf::Standard => Some("This site uses the texts of All sites, which are the standard texts."),
    }
}

/// The note at the texts of all sites where some of the sites, by key, have their own.
pub(crate) fn own_sites_words(own: &[String], sites: &[KnowledgeSite]) -> Option<String> {
    let names: Vec<&str> = sites.iter().filter(|site| own.contains(&site.key)).map(|site| site.name.as_str()).collect();
    (!names.is_empty()).then(|| format!("Not used on sites with their own texts: {}.", names.join(", ")))
}

/// Whether it is of a site without own texts.
fn is_beneath(playbook: &Playbook) -> bool {
    beneath_words(playbook).is_some()
}

/// The name of a version.
pub(crate) fn version_words(playbook: &Playbook) -> String {
    if is_beneath(playbook) {
        return match playbook.version {
            0 => "the texts of All sites".to_owned(),
            version => format!("version {version} (texts of All sites)"),
        };
    }
    match (playbook.version, playbook.is_standard) {
        (0, _) => "the standard texts".to_owned(),
        (version, true) => format!("version {version} (standard texts)"),
        (version, false) => format!("version {version}"),
    }
}

/// The message about a saved version.
pub(crate) fn saved_words(playbook: &Playbook) -> String {
    let what = match playbook {
        _ if is_beneath(playbook) => "The texts of All sites are back",
        _ if playbook.is_standard => "The standard texts are back",
        _ => "It was saved",
    };
    format!("{what} as version {}. The AI agent uses it from the next message on.", playbook.version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// All steps, as the server names them.
    const STEPS: [&str; 71] = [
        "greeting",
        "greeting_empty",
        "clarify",
        "clarify_again",
        "answer",
        "answer_page",
        "answered",
        "unanswered",
        "handover",
        "wait",
        "human",
        "back",
        "busy",
        "unavailable",
        "meeting",
        "email",
        "email_thanks",
        "apply",
        "apply_unknown",
        "qualify",
        "qualify_sized",
        "waiting",
        "waiting_numbered",
        "away",
        "away_email",
        "close",
        "answered_here",
        "helped",
        "glad",
        "not_helped",
        "rephrase",
        "offered",
        "email_kept",
        "meant_email",
        "email_again",
        "refused",
        "come_back",
        "ask_phone",
        "phone",
        "phone_here",
        "phone_back",
        "away_kept",
        "still_asked",
        "hours_here",
        "hours_back",
        "hours_unknown",
        "move_meeting",
        "no_meeting",
        "hello",
        "thanks",
        "bye",
        "okay",
        "okay_waiting",
        "yes",
        "no",
        "name",
        "bot",
        "identity",
        "identity_rep",
        "capabilities",
        "privacy",
        "sorry",
        "injection",
        "noise",
        "calm",
        "warning",
        "last_words",
        "rejected",
        "card",
        "go_on",
        "go_on_numbered",
    ];

    #[wasm_bindgen_test]
    fn every_step_has_a_label_and_a_sentence() {
        for step in STEPS {
            let (label, when) = step_words(step);
            assert!(label != step && when.ends_with('.'), "{step}");
        }
        assert_eq!(step_words("sing"), ("sing", ""));
    }

    #[wasm_bindgen_test]
    fn places_and_versions_are_named() {
        let places = ["rep".to_owned(), "moon".to_owned()];
        assert_eq!(places_words(&places), "Placeholders: {rep}, the rep or team that answers; {moon}.");
        assert_eq!(places_words(&[]), "It has no placeholders.");
        assert_eq!(version_words(&sample::playbook(3)), "version 3");
        let standard = Playbook { is_standard: true, ..sample::playbook(4) };
        assert_eq!(version_words(&standard), "version 4 (standard texts)");
        assert!(saved_words(&standard).starts_with("The standard texts are back as version 4."));
        assert_eq!(version_words(&Playbook { version: 0, ..standard }), "the standard texts");
    }

    #[wasm_bindgen_test]
    fn a_site_without_own_texts_has_those_of_all_sites() {
        let of_site =
            |version, texts_of| Playbook { site: Some("demo".to_owned()), texts_of, ..sample::playbook(version) };
        let (own, beneath) = (of_site(1, TextsOf::Own), of_site(2, TextsOf::Workspace));
        assert_eq!((beneath_words(&own), beneath_words(&sample::playbook(0))), (None, None));
        assert_eq!(beneath_words(&beneath), Some("This site uses the texts of All sites."));
        assert_eq!(version_words(&own), "version 1");
        assert_eq!(version_words(&beneath), "version 2 (texts of All sites)");
        assert_eq!(version_words(&of_site(0, TextsOf::Standard)), "the texts of All sites");
        let sites = [("a", "Shop"), ("b", "Docs"), ("c", "Blog")].map(|(key, name)| KnowledgeSite {
            key: key.to_owned(),
            name: name.to_owned(),
            is_demo: false,
        });
        let own = ["b".to_owned(), "a".to_owned(), "gone".to_owned()];
        let words = own_sites_words(&own, &sites);
        assert_eq!(words.as_deref(), Some("Not used on sites with their own texts: Shop, Docs."));
        assert_eq!(own_sites_words(&own[2..], &sites), None);
        assert!(saved_words(&beneath).starts_with("The texts of All sites are back as version 2."));
    }
}
