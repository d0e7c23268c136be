//! The form of a rule: its draft, live counts, its versions, saving it, and the links that use it.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_routing::{CrmAware, Funnel, Rule};
use knock_wire::{LinkShown, RuleInputs, RuleMatchesAsk, RuleVersion, RuleVersions, SegmentTemplate, SlackChannels};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::debounce::Debounce;
use crate::kit::reactive::{effect, memo};
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::rules::counting::Counting;
use crate::words::rules::draft::RuleDraft;
use crate::words::rules::fault::{FALLBACK, Fault, NAME};
use crate::words::rules::target::TargetDraft;

/// The debounce of counting leads after an edit.
const SETTLE_MS: u64 = 400;
/// The number of days whose leads are counted.
pub(crate) const DAYS: u32 = 30;

/// A rule in its editor.
#[derive(Clone, Copy)]
pub(crate) struct RuleForm {
    pub(crate) session: Session,
    /// Its versions, newest first.
    pub(crate) versions: Single<RuleVersions>,
    /// The inputs of conditions and segments.
    pub(crate) inputs: RwSignal<RuleInputs>,
    /// The channels of the Slack workspace; none if it is not connected.
    pub(crate) channels: RwSignal<Option<SlackChannels>>,
    pub(crate) templates: RwSignal<Vec<SegmentTemplate>>,
    /// The links of its funnel.
    pub(crate) links: RwSignal<Vec<LinkShown>>,
    /// The initial version of the form; none until it is loaded.
    pub(crate) base: RwSignal<Option<Rule>>,
    pub(crate) draft: RwSignal<RuleDraft>,
    /// The draft as a rule, or its faults.
    pub(crate) rule: Memo<Result<Rule, Vec<Fault>>>,
    /// The number of leads that its segments match.
    pub(crate) counting: RwSignal<Counting>,
    /// Whether it is being saved.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// The segment that is dragged.
    pub(crate) dragged: RwSignal<Option<usize>>,
    /// The segment to save as a template.
    pub(crate) templated: RwSignal<Option<usize>>,
    pub(crate) renamed: RwSignal<Option<SegmentTemplate>>,
    /// The template to delete, once confirmed.
    pub(crate) dropped: RwSignal<Option<SegmentTemplate>>,
    /// Whether faults are shown: after an attempt to save an incomplete draft.
    shows_faults: RwSignal<bool>,
    /// The server's errors by place.
    pub(crate) refused: RwSignal<Vec<Fault>>,
    takes_newest: StoredValue<bool>,
    count_turn: StoredValue<u64>,
}

impl RuleForm {
    /// Loads the rule with this id.
    pub(crate) fn start(id: String) -> RuleForm {
        let session = use_session();
        let versions = Single::new(move || {
            let (client, id) = (session.client(), id.clone());
            async move { client.rule_versions(&id).await }.boxed_local()
        });
        let form = RuleForm::of(session, versions);
        effect(move || form.take(versions.value.get()));
        form.count_live();
        versions.load();
        form
    }

    /// A form of conditions alone, which are no rule: a segment of the draft for each.
    pub(crate) fn of_conditions(session: Session) -> RuleForm {
        RuleForm::of(session, Single::new(move || async { Err(Failure::NotFound) }.boxed_local()))
    }

    fn of(session: Session, versions: Single<RuleVersions>) -> RuleForm {
        let draft = RwSignal::new(nothing());
        RuleForm {
            session,
            versions,
            inputs: RwSignal::new(RuleInputs::default()),
            channels: RwSignal::new(None),
            templates: RwSignal::new(Vec::new()),
            links: RwSignal::new(Vec::new()),
            base: RwSignal::new(None),
            draft,
            rule: memo(move || draft.with(RuleDraft::rule)),
            counting: RwSignal::new(Counting::Asked(None)),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            dragged: RwSignal::new(None),
            templated: RwSignal::new(None),
            renamed: RwSignal::new(None),
            dropped: RwSignal::new(None),
            shows_faults: RwSignal::new(false),
            refused: RwSignal::new(Vec::new()),
            takes_newest: StoredValue::new(true),
            count_turn: StoredValue::new(0),
        }
    }

    /// Loads the newest version into the form, if requested.
    fn take(self, versions: Option<RuleVersions>) {
        let Some(newest) = versions.and_then(|all| all.versions.into_iter().next()) else { return };
        if !self.takes_newest.get_value() {
            return;
        }
        self.takes_newest.set_value(false);
        if self.base.with_untracked(Option::is_none) {
            self.open(newest.rule);
        } else {
            self.begin(&newest.rule);
        }
    }

    /// Starts the form from a version: its conditions become groups.
    fn begin(self, rule: &Rule) {
        let draft = RuleDraft::read(rule);
        self.base.set(Some(draft.rule().unwrap_or_else(|_| rule.clone())));
        self.draft.set(draft);
        self.forget_faults();
    }

    /// Shows the form once its inputs are loaded: a new segment begins with the first rep. Without them it is shown too.
    fn open(self, rule: Rule) {
        let (client, funnel) = (self.session.client(), rule.funnel());
        spawn_local(async move {
            let inputs = client.rule_inputs(funnel).await.unwrap_or_default();
            if self.base.is_disposed() {
                return;
            }
            let has_slack = inputs.has_slack;
            self.inputs.set(inputs);
            self.begin(&rule);
            if let Ok(known) = client.segment_templates().await {
                self.templates.try_set(known.templates);
            }
            if has_slack && let Ok(known) = client.slack_channels().await {
                self.channels.try_set(Some(known));
            }
        });
        self.load_links(funnel);
    }

    fn load_links(self, funnel: Funnel) {
        let client = self.session.client();
        spawn_local(async move {
            if let Ok(known) = client.links(false).await {
                let of_funnel = known.links.into_iter().filter(|link| link.funnel == funnel.into());
                self.links.try_set(of_funnel.collect());
            }
        });
    }

    /// Loads the newest version in place of the form.
    pub(crate) fn load_newest(self) {
        self.failure.set(None);
        self.takes_newest.set_value(true);
        self.versions.load();
    }

    /// Counts the leads of each segment soon after each change; a response for an earlier draft is dropped.
    fn count_live(self) {
        let soon = Debounce::new(SETTLE_MS, move || self.count());
        effect(move || {
            let is_loaded = self.base.with(Option::is_some);
            let is_complete = self.rule.with(Result::is_ok);
            self.count_turn.update_value(|turn| *turn += 1);
            if !is_loaded {
                return;
            }
            if is_complete {
                self.counting.update(|counting| *counting = Counting::Asked(counting.shown().cloned()));
                soon.ask();
            } else {
                self.counting.set(Counting::Incomplete);
            }
        });
    }

    /// Counts the leads now.
    pub(crate) fn count(self) {
        let Ok(rule) = self.rule.get_untracked() else { return };
        let (turn, client) = (self.count_turn.get_value(), self.session.client());
        spawn_local(async move {
            let answer = client.rule_matches(&RuleMatchesAsk { rule, days: DAYS }).await;
            if self.count_turn.try_get_value() == Some(turn) {
                self.counting.try_set(answer.map_or_else(Counting::Failed, Counting::Known));
            }
        });
    }

    /// Whether the form differs from its initial version.
    pub(crate) fn is_changed(self) -> bool {
        self.base.with(|base| {
            let Some(base) = base else { return false };
            !self.rule.with(|rule| rule.as_ref().is_ok_and(|rule| rule == base))
        })
    }

    /// Whether another version was saved meanwhile.
    pub(crate) fn is_outdated(self) -> bool {
        self.failure.with(|failure| matches!(failure, Some(Failure::Refused(problem)) if problem.status_code == 409))
    }

    /// The error at a place, after an attempt to save.
    pub(crate) fn fault(self, at: usize) -> Option<String> {
        let find = |faults: &[Fault]| faults.iter().find(|fault| fault.at == at).map(|fault| fault.reason.clone());
        let missing = || self.rule.with(|rule| rule.as_ref().err().and_then(|faults| find(faults)));
        self.shows_faults.get().then(missing).flatten().or_else(|| self.refused.with(|refused| find(refused)))
    }

    /// Loads a version into the form; saving puts it into use.
    pub(crate) fn restore(self, version: &RuleVersion) {
        let current = self.draft.with_untracked(|draft| draft.version);
        let mut draft = RuleDraft::read(&version.rule);
        draft.version = current;
        self.draft.set(draft);
        self.forget_faults();
        self.failure.set(None);
        self.said.set(format!("The form has version {}. Save to use it again.", version.rule.version));
    }

    /// Drops the changes.
    pub(crate) fn discard(self) {
        if let Some(base) = self.base.get_untracked() {
            self.draft.set(RuleDraft::read(&base));
        }
        self.forget_faults();
        self.failure.set(None);
        self.said.set(String::new());
    }

    fn forget_faults(self) {
        self.shows_faults.set(false);
        self.refused.set(Vec::new());
    }

    /// Saves the form as the next version; if it is incomplete, the focus goes to the first fault.
    pub(crate) fn save(self) {
        self.said.set(String::new());
        let rule = match self.rule.get_untracked() {
            Ok(rule) => rule,
            Err(faults) => {
                self.shows_faults.set(true);
                self.said.set("Not saved: something is missing.".to_owned());
                focus_fault(&faults);
                return;
            }
        };
        let client = self.session.client();
        let work = async move {
            let saved = client.save_rule(&rule).await?;
            if !self.base.is_disposed() {
                self.said.set(format!("Saved as version {}. It applies from the next lead on.", saved.version));
                self.draft.update(|draft| draft.version = saved.version);
                self.base.set(Some(Rule { version: saved.version, is_default: saved.is_default, ..rule }));
                self.forget_faults();
                self.versions.load();
            }
            Ok(())
        };
        let ended = move |failure: Option<Failure>| {
            if let Some(Failure::Refused(problem)) = &failure {
                let place = |draft: &RuleDraft| {
                    problem.errors.iter().map(|error| draft.fault(&error.pointer, error.reason.clone())).collect()
                };
                let faults: Vec<Fault> = self.draft.with_untracked(place);
                focus_fault(&faults);
                self.refused.set(faults);
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    /// Sets or removes the rule of a link.
    pub(crate) fn give(self, link: LinkShown, is_given: bool) {
        let (client, id) = (self.session.client(), self.draft.with_untracked(|draft| draft.id.clone()));
        let funnel = self.draft.with_untracked(|draft| draft.funnel);
        let work = async move {
            let outcome = client.give_rule(&link.slug, is_given.then_some(id)).await;
            if !self.links.is_disposed() {
                self.load_links(funnel);
            }
            outcome?;
            let words = if is_given { "has this rule now" } else { "has the default rule now" };
            self.said.try_set(format!("{} {words}.", link.name));
            Ok(())
        };
        self.do_one(work.boxed_local());
    }

    /// Sends a change; the failure is shown at the form.
    pub(crate) fn do_one(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        let ended = move |failure| self.failure.set(failure);
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }
}

/// An empty draft until the rule is loaded.
fn nothing() -> RuleDraft {
    RuleDraft {
        id: String::new(),
        version: 0,
        is_default: false,
        funnel: Funnel::Chat,
        name: String::new(),
        is_enabled: true,
        crm_aware: CrmAware::Off,
        channel: String::new(),
        rejects_private: false,
        segments: Vec::new(),
        fallback: TargetDraft::new(Funnel::Chat, None),
    }
}

/// A new id that no segment had before: the turns of a pool are counted by it.
pub(crate) fn new_segment_id() -> String {
    let hex = |byte: u8| format!("{byte:02x}");
    browser::random().into_iter().map(hex).collect()
}

fn focus_fault(faults: &[Fault]) {
    if let Some(fault) = faults.first() {
        focus_later(match fault.at {
            NAME => "rule-name".to_owned(),
            FALLBACK => target_id(FALLBACK),
            at => part_id(at),
        });
    }
}

/// The id of the control at the place of a fault: of a comparison, or of the assignee of a segment.
pub(crate) fn part_id(id: usize) -> String {
    format!("part-{id}")
}

/// The id of the control for the assignee.
pub(crate) fn target_id(at: usize) -> String {
    if at == FALLBACK { "fallback-way".to_owned() } else { part_id(at) }
}

/// The id of the button that adds a comparison to a group.
pub(crate) fn add_id(group: usize) -> String {
    format!("add-{group}")
}

/// The id of the name field of a segment.
pub(crate) fn name_id(key: usize) -> String {
    format!("segment-{key}-name")
}
