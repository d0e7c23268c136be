//! Steps and versions of a workflow in words.

use knock_wire::{StepCounts, WorkflowDraft, WorkflowState};
use knock_workflow::Action;

use super::content::read_text;
use super::draft::{FlowDraft, Kind, StepDraft};
use super::placeholders::example;
use super::reasons::{numbers_words, skip_words, whole};
use super::span::draft_words;
use super::times::{days_words, place_of};
use super::tree;
use super::trigger::trigger_words;
use crate::words::number::{count, counted};
use crate::words::rules::condition::Group;
use crate::words::rules::draft::SegmentDraft;
use crate::words::rules::texts::condition_words;

/// The kinds of steps by group, as they are offered.
pub(crate) const GROUPS: [(&str, &[Kind]); 4] = [
    ("To the lead", &[Kind::Act(Action::Nudge), Kind::Act(Action::Message), Kind::Act(Action::Mail)]),
    (
        "To the team",
        &[
            Kind::Act(Action::Slack),
            Kind::Act(Action::Assign),
            Kind::Act(Action::Task),
            Kind::Act(Action::Tag),
            Kind::Act(Action::SetField),
            Kind::Act(Action::Webhook),
        ],
    ),
    ("Wait", &[Kind::Wait, Kind::WaitUntil, Kind::WaitFor]),
    ("Decide", &[Kind::Branch, Kind::Stop]),
];

/// The longest piece of a text in a line.
const PIECE: usize = 60;

impl Kind {
    /// The spelling in the form.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Kind::Wait => "wait",
            Kind::WaitUntil => "wait_until",
            Kind::WaitFor => "wait_for",
            Kind::Branch => "branch",
            Kind::Act(action) => action.as_str(),
            Kind::Stop => "stop",
        }
    }

    /// The kind with this spelling.
    pub(crate) fn parse(word: &str) -> Option<Kind> {
        GROUPS.iter().flat_map(|(_, kinds)| kinds.iter().copied()).find(|kind| kind.as_str() == word)
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Kind::Wait => "Wait",
            Kind::WaitUntil => "Wait until a time of day",
            Kind::WaitFor => "Wait for something",
            Kind::Branch => "Go one of two ways",
            Kind::Act(action) => action_label(action),
            Kind::Stop => "Stop here",
        }
    }
}

/// The label of an action.
pub(crate) const fn action_label(action: Action) -> &'static str {
    match action {
        Action::Nudge => "Show a bubble",
        Action::Message => "Write in the chat",
        Action::Mail => "Send a mail",
        Action::Slack => "Post in Slack",
        Action::Assign => "Assign the lead",
        Action::Tag => "Set a tag",
        Action::SetField => "Set a custom field",
        Action::Webhook => "Call a webhook",
        Action::Task => "Create a task",
    }
}

/// The label of a kind of step by its spelling, else the spelling.
pub(crate) fn kind_label(word: &str) -> &str {
    match Kind::parse(word) {
        Some(kind) => kind.label(),
        None => word,
    }
}

/// The word and the badge of a state.
pub(crate) const fn state_words(state: WorkflowState) -> (&'static str, &'static str) {
    match state {
        WorkflowState::Off => ("badge badge-low", "Off"),
        WorkflowState::On => ("badge badge-high", "On"),
        WorkflowState::Archived => ("badge badge-low", "Archived"),
    }
}

/// A step in a line; `when` is its condition.
pub(crate) fn step_words(step: &StepDraft, when: Option<&Group>) -> String {
    let condition = || when.map(condition_words).unwrap_or_default();
    match step.kind {
        Kind::Wait => format!("Wait {}", draft_words(&step.span)),
        Kind::WaitUntil => {
            let until = &step.until;
            format!("Wait until {} {}, {}", until.time, days_words(&until.days), place_of(&until.zone))
        }
        Kind::WaitFor => {
            let what = if step.awaits_condition { condition() } else { trigger_words(&step.event) };
            format!("Wait for: {what}; {} at most", draft_words(&step.span))
        }
        Kind::Branch => format!("If {}", condition()),
        Kind::Act(action) => {
            let piece = piece_of(step, action);
            let label = action_label(action);
            if piece.is_empty() { label.to_owned() } else { format!("{label}: {piece}") }
        }
        Kind::Stop => "Stop here".to_owned(),
    }
}

/// The start of what an action says.
fn piece_of(step: &StepDraft, action: Action) -> String {
    let content = &step.content;
    let text = match action {
        Action::Nudge | Action::Message => example(read_text(&content.text, "en")),
        Action::Mail => example(read_text(&content.subject, "en")),
        Action::Slack => content.channel.clone(),
        Action::Task => content.words.clone(),
        Action::SetField => content.field.clone(),
        Action::Assign | Action::Tag | Action::Webhook => String::new(),
    };
    let mut letters = text.trim().chars();
    let piece: String = letters.by_ref().take(PIECE).collect();
    if letters.next().is_some() { piece + "\u{2026}" } else { piece }
}

/// The lines of a version: what starts it, its conditions, and its steps with those of branches behind an arrow.
pub(crate) fn version_lines(version: &WorkflowDraft) -> Vec<String> {
    let (draft, segments) = FlowDraft::read(version, "UTC");
    let when = |key: usize| segments.iter().find(|segment: &&SegmentDraft| segment.key == key).map(|one| &one.when);
    let mut lines = vec![format!("Starts with: {}", trigger_words(&draft.trigger))];
    if let Some(group) = when(draft.when).filter(|group| !group.parts.is_empty()) {
        lines.push(format!("Only if: {}", condition_words(group)));
    }
    lines.extend(draft.stops.iter().map(|stop| format!("Ends early with: {}", trigger_words(stop))));
    lines.extend(tree::all(&draft.steps).into_iter().map(|step| step_words(step, when(step.key))));
    lines
}

/// The lines of a version that another one has not, and the other way round: `+ ...`, `- ...`.
pub(crate) fn changed_lines(old: &WorkflowDraft, new: &WorkflowDraft) -> Vec<String> {
    let (before, after) = (version_lines(old), version_lines(new));
    let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("Removed: {line}"));
    let added = after.iter().filter(|line| !before.contains(line)).map(|line| format!("Added: {line}"));
    let name = (old.name != new.name).then(|| format!("Name: {} \u{2192} {}", old.name, new.name));
    name.into_iter().chain(gone).chain(added).collect()
}

/// What a step did so far: `3 wait here, 12 done, 2 left out: quiet hours`.
pub(crate) fn step_counts_words(counts: &StepCounts) -> String {
    let mut parts = Vec::new();
    if counts.waiting > 0 {
        parts.push(format!("{} here now", counted(whole(counts.waiting), "lead")));
    }
    let outcomes = [
        ("done", "done"),
        ("waited", "waited"),
        ("happened", "it happened"),
        ("timed_out", "out of time"),
        ("then", "yes"),
        ("else", "no"),
        ("stopped", "ended here"),
    ];
    let of = |(word, label): (&str, &str)| {
        counts
            .outcomes
            .get(word)
            .filter(|number| **number > 0)
            .map(|number| format!("{} {label}", count(whole(*number))))
    };
    parts.extend(outcomes.into_iter().filter_map(of));
    parts.extend(numbers_words(&counts.skipped, skip_words).into_iter().map(|words| format!("left out {words}")));
    if let Some(nudges) = counts.nudges {
        let number = |number: u64| count(whole(number));
        parts.push(format!(
            "{} shown, {} clicked, {} closed",
            number(nudges.shown),
            number(nudges.clicked),
            number(nudges.closed)
        ));
        if nudges.not_shown > 0 {
            parts.push(format!("{} not shown in time", number(nudges.not_shown)));
        }
    }
    parts.join("; ")
}

/// The number of leads inside, in the question before a change.
pub(crate) fn inside_words(leads: u64) -> String {
    let are = if leads == 1 { "lead is" } else { "leads are" };
    format!("{} {are} inside this workflow now. What becomes of them?", count(whole(leads)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_wire::NudgeCounts;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_version_reads_as_a_list_of_steps() {
        assert_eq!(
            version_lines(&sample::workflow_draft()),
            [
                "Starts with: Page view of Pricing, 2 times within 1 day",
                "Only if: Free mail address is no",
                "Ends early with: Message by the lead",
                "Show a bubble: Hi Ann, questions about prices?",
                "If Intent score is \"High\"",
                "Wait 2 hours",
                "Stop here",
            ]
        );
    }

    #[wasm_bindgen_test]
    fn differences_of_versions_are_lines() {
        let old = sample::workflow_draft();
        let mut new = old.clone();
        new.name = "Prices".to_owned();
        new.definition.stop_when.clear();
        assert_eq!(
            changed_lines(&old, &new),
            ["Name: Pricing without a chat \u{2192} Prices", "Removed: Ends early with: Message by the lead"]
        );
        assert!(changed_lines(&old, &old).is_empty());
    }

    #[wasm_bindgen_test]
    fn every_kind_of_step_has_a_place_in_the_menu() {
        for action in Action::ALL {
            assert_eq!(Kind::parse(action.as_str()), Some(Kind::Act(*action)));
        }
        assert_eq!(kind_label("wait"), "Wait");
    }

    #[wasm_bindgen_test]
    fn counts_of_a_step_are_short() {
        let counts = StepCounts {
            waiting: 3,
            outcomes: [("done".to_owned(), 12)].into(),
            skipped: [("cap".to_owned(), 2)].into(),
            nudges: None,
        };
        let words = "3 leads here now; 12 done; left out 2 \u{d7} the lead had got enough already";
        assert_eq!(step_counts_words(&counts), words);
        let nudges = Some(NudgeCounts { shown: 8, clicked: 3, closed: 1, not_shown: 2 });
        let counts = StepCounts { nudges, ..StepCounts::default() };
        assert_eq!(step_counts_words(&counts), "8 shown, 3 clicked, 1 closed; 2 not shown in time");
        assert_eq!(inside_words(1), "1 lead is inside this workflow now. What becomes of them?");
    }
}
