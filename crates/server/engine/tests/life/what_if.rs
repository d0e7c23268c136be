//! What-if over more leads than a response lists.

use crate::fairness::{form, pool};
use crate::story::START;
use futures_util::future::join_all;
use knock_engine::Presenter;
use knock_model::Millis;
use knock_routing::{AgentChoice, ChatTarget, Funnel, Plan, Rule};
use knock_wire::WhatIfAsk;

const LEADS: u32 = 203;

#[test]
fn all_leads_who_would_have_gone_elsewhere_are_counted_and_the_first_are_listed() {
    let story = pool();
    let writer = story.writer.as_ref().expect("it runs");
    let sent = (0..LEADS).map(|lead| writer.commit(form(lead.into(), START + Millis(1 + i64::from(lead)))));
    assert!(story.runtime.block_on(join_all(sent)).iter().all(Result::is_ok));
    let plan = Plan::Chat { segments: Vec::new(), fallback: ChatTarget::AiAgent(AgentChoice::Auto) };
    let rule = Rule { plan, ..Rule::standard(Funnel::Chat, "") };
    let mut answer = None;
    let read = story.store().read(&mut |view| {
        let ask = WhatIfAsk { rule: rule.clone(), days: 1, links: Vec::new() };
        answer = Some(Presenter::new(view, START + Millis::days(1))?.what_if(&ask)?);
        Ok(())
    });
    read.expect("it is read");
    let answer = answer.expect("an answer");
    assert_eq!((answer.decisions, answer.changed_count, answer.changed.len()), (LEADS, LEADS, 200));
    let listed: Vec<Millis> = answer.changed.iter().map(|change| change.was.at).collect();
    assert_eq!(listed.first(), Some(&(START + Millis(1))));
    assert!(listed.is_sorted());
    assert_eq!(answer.after.values().copied().collect::<Vec<_>>(), [LEADS]);
}
