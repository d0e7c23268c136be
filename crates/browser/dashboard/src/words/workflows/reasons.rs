//! Why a lead was not enrolled, and what the steps of a run did, in words. Unknown words are shown as they are.

use knock_wire::{RunEntry, WorkflowCounts};
use std::collections::BTreeMap;

use crate::words::number::{count, counted};

/// Why a lead was not enrolled.
const REFUSALS: [(&str, &str); 10] = [
    ("disabled", "the workflow was off"),
    ("stale", "the signal arrived too late"),
    ("spam", "the lead is spam"),
    ("rejected", "the lead was rejected"),
    ("consent", "the lead has denied consent"),
    ("active", "the lead was in it already"),
    ("already", "the lead has been in it before"),
    ("too_soon", "the last time was too recent"),
    ("conditions", "the conditions did not hold"),
    ("never", "what starts it never happened"),
];

/// Why an action was left out, deferred, or could not be carried out.
const SKIPS: [(&str, &str); 24] = [
    ("expired", "it was too late"),
    ("consent", "the lead has denied consent"),
    ("no_address", "no e-mail address is known"),
    ("unsubscribed", "the lead has unsubscribed"),
    ("human", "a member of the team had just written"),
    ("cap", "the lead had got enough already"),
    ("quiet", "quiet hours"),
    ("not_shown", "no page showed it in time"),
    ("slack_off", "Slack is not connected"),
    ("mail_off", "the server sends no mail"),
    ("no_open_chat", "the lead has no open chat"),
    ("no_owner", "the lead has no owner"),
    ("tag_gone", "the tag was deleted"),
    ("field_gone", "the custom field was deleted"),
    ("webhook_gone", "the webhook was deleted"),
    ("member_gone", "the member has left the team or answers no chats"),
    ("rule_gone", "the routing rule was deleted or switched off"),
    ("nobody_free", "no member is free"),
    ("lead_gone", "the contact was erased or marked as spam"),
    ("no_text", "it has no text"),
    ("wrong_type", "the custom field has another type"),
    ("too_many", "the contact has as many as there can be"),
    ("mail_returned", "mails to the address come back"),
    ("content_gone", "it has nothing to say"),
];

const OUTCOMES: [(&str, &str); 8] = [
    ("waited", "waited"),
    ("happened", "it happened"),
    ("timed_out", "it did not happen in time"),
    ("then", "the condition held"),
    ("else", "the condition did not hold"),
    ("stopped", "stopped here"),
    ("skipped", "left out"),
    ("deferred", "put off"),
];

fn known<'w>(of: &'static [(&'static str, &'static str)], word: &'w str) -> &'w str {
    of.iter().find(|(known, _)| *known == word).map_or(word, |(_, words)| words)
}

/// Why a lead was not enrolled, in the middle of a sentence.
pub(crate) fn refusal_words(reason: &str) -> &str {
    known(&REFUSALS, reason)
}

/// Why an action was left out, in the middle of a sentence.
pub(crate) fn skip_words(reason: &str) -> &str {
    known(&SKIPS, reason)
}

/// What a step of a run did: `left out: quiet hours`.
pub(crate) fn entry_words(entry: &RunEntry) -> String {
    let did = match (entry.outcome.as_str(), entry.reason.as_str()) {
        ("done", "not_shown") => "withdrawn",
        ("done", "") => "done",
        ("done", _) => "could not be done",
        (outcome, _) => known(&OUTCOMES, outcome),
    };
    if entry.reason.is_empty() { did.to_owned() } else { format!("{did}: {}", skip_words(&entry.reason)) }
}

/// The state of a run: its badge and its word.
pub(crate) fn run_state(state: &str) -> (&'static str, &str) {
    match state {
        "active" => ("badge badge-open", "Inside"),
        "finished" => ("badge badge-high", "Went through"),
        "stopped" => ("badge badge-low", "Stopped"),
        other => ("badge badge-low", other),
    }
}

/// Numbers by reason, the greatest first: `12 × the conditions did not hold`.
pub(crate) fn numbers_words(numbers: &BTreeMap<String, u64>, words: fn(&str) -> &str) -> Vec<String> {
    let mut all: Vec<_> = numbers.iter().filter(|(_, number)| **number > 0).collect();
    all.sort_by_key(|(_, number)| std::cmp::Reverse(**number));
    all.into_iter().map(|(reason, number)| format!("{} \u{d7} {}", count(whole(*number)), words(reason))).collect()
}

/// The leads of a workflow: `12 enrolled: 3 inside now, 8 went through, 1 stopped`.
pub(crate) fn counts_words(counts: &WorkflowCounts) -> String {
    if counts.enrolled == 0 {
        return "No lead has been in it yet".to_owned();
    }
    let [active, finished, stopped] = [counts.active, counts.finished, counts.stopped].map(|one| count(whole(one)));
    format!(
        "{} so far: {active} inside now, {finished} went through, {stopped} stopped",
        counted(whole(counts.enrolled), "lead")
    )
}

/// A number for display.
pub(crate) fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use knock_workflow::{Failure, RefusalReason, SkipReason};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_reason_has_words() {
        for reason in RefusalReason::ALL {
            assert_ne!(refusal_words(reason.as_str()), reason.as_str());
        }
        let skips = SkipReason::ALL.iter().map(|reason| reason.as_str());
        let mut said: Vec<_> =
            skips.chain(Failure::ALL.iter().map(|reason| reason.as_str())).chain(["quiet"]).collect();
        assert!(said.iter().all(|reason| skip_words(reason) != *reason), "{said:?}");
        let mut known: Vec<_> = SKIPS.iter().map(|(reason, _)| *reason).collect();
        said.sort_unstable();
        said.dedup();
        known.sort_unstable();
        assert_eq!(known, said, "and no others");
        assert_eq!(refusal_words("other"), "other");
    }

    #[wasm_bindgen_test]
    fn what_a_step_did_is_a_phrase() {
        let entry = |outcome: &str, reason: &str| RunEntry {
            step: "s1".to_owned(),
            kind: "mail".to_owned(),
            at: Millis(1),
            outcome: outcome.to_owned(),
            reason: reason.to_owned(),
            until: None,
        };
        assert_eq!(entry_words(&entry("skipped", "cap")), "left out: the lead had got enough already");
        assert_eq!(entry_words(&entry("timed_out", "")), "it did not happen in time");
        assert_eq!(entry_words(&entry("done", "")), "done");
        assert_eq!(entry_words(&entry("done", "tag_gone")), "could not be done: the tag was deleted");
        assert_eq!(entry_words(&entry("done", "not_shown")), "withdrawn: no page showed it in time");
    }

    #[wasm_bindgen_test]
    fn counts_read_as_a_sentence() {
        let mut counts = WorkflowCounts::default();
        assert_eq!(counts_words(&counts), "No lead has been in it yet");
        (counts.enrolled, counts.active, counts.finished) = (1_200, 200, 1_000);
        assert_eq!(counts_words(&counts), "1,200 leads so far: 200 inside now, 1,000 went through, 0 stopped");
        let refused = [("already".to_owned(), 2), ("conditions".to_owned(), 30), ("spam".to_owned(), 0)].into();
        assert_eq!(
            numbers_words(&refused, refusal_words),
            ["30 \u{d7} the conditions did not hold", "2 \u{d7} the lead has been in it before"]
        );
    }
}
