//! Rules, leads and teams made at random.

use knock_model::Millis;
use knock_routing::{
    AgentChoice, AgentKind, CalendarMode, Calendars, ChatTarget, Condition, CrmAware, CrmSystem, Field, Funnel,
    LeadFields, Leaf, Link, MeetingTarget, Operator, Plan, Rep, RepState, Rule, Segment, Team, Turns, Value,
};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

pub(crate) const REPS: [&str; 5] = ["ann", "bob", "cyd", "dan", "eve"];
pub(crate) const NOW: Millis = Millis(1_800_000_000_000);

/// A field with an operator that asks it and the value that needs.
fn leaf() -> impl Strategy<Value = Leaf> {
    let text = |field: &'static str, words: &'static [&'static str]| {
        let operators = [
            Operator::Eq,
            Operator::Neq,
            Operator::Contains,
            Operator::NotContains,
            Operator::StartsWith,
            Operator::EndsWith,
        ];
        (select(operators.to_vec()), select(words.to_vec()))
            .prop_map(move |(operator, word)| made(field, operator, Some(Value::text(word))))
    };
    let number = {
        let operators = [Operator::Eq, Operator::Neq, Operator::Gt, Operator::Gte, Operator::Lt, Operator::Lte];
        (select(operators.to_vec()), 0..4_i32)
            .prop_map(|(operator, number)| made("company.employees", operator, Some(Value::Number(number.into()))))
    };
    let list = (select(vec![Operator::In, Operator::NotIn]), vec(select(vec!["DE", "us", "FR"]), 0..3))
        .prop_map(|(operator, words)| made("company.country", operator, Some(texts(&words))));
    let has = (select(vec![Operator::HasAny, Operator::HasAll]), vec(select(vec!["Pricing", "Docs"]), 0..3))
        .prop_map(|(operator, words)| made("signals.categories", operator, Some(texts(&words))));
    let set = (select(vec!["email", "company.employees", "custom.x"]), any::<bool>())
        .prop_map(|(field, is_set)| made(field, if is_set { Operator::IsSet } else { Operator::IsNotSet }, None));
    let types = &["Buying", "Support", "Job seeker"];
    prop_oneof![text("intent.type", types), text("company.country", &["de", "U", "us"]), number, list, has, set]
}

fn made(field: &str, operator: Operator, value: Option<Value>) -> Leaf {
    Leaf::new(Field::parse(field).expect("a field"), operator, value).expect("a good leaf")
}

fn texts(words: &[&str]) -> Value {
    Value::List(words.iter().map(|word| Value::text(word)).collect())
}

pub(crate) fn condition() -> impl Strategy<Value = Condition> {
    leaf().prop_map(Condition::Leaf).prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Condition::All),
            vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

pub(crate) fn lead() -> impl Strategy<Value = LeadFields> {
    let country = option::of(select(vec![Value::text(" DE "), Value::text("US"), Value::Number(1.0)]));
    let employees = option::of(select(vec![Value::Number(0.0), Value::Number(2.0), Value::text("2")]));
    let kind = option::of(select(vec!["Buying", "Support", "job seeker", "Unknown"])).prop_map(as_text);
    let categories =
        option::of(subsequence(vec!["Pricing", "Docs", "Blog"], 0..=3)).prop_map(|list| list.map(|list| texts(&list)));
    let email = option::of(select(vec!["a@corp.example", " "])).prop_map(as_text);
    let owner = option::of(select(vec!["1", "2", "4", "9", "bob@knock.example"])).prop_map(as_text);
    let flags = (option::of(any::<bool>()), option::of(any::<bool>()));
    (country, employees, kind, categories, email, owner, flags).prop_map(
        |(country, employees, kind, list, email, owner, flags)| {
            let mut lead = LeadFields::default();
            let flag = |flag: Option<bool>| flag.map(Value::Bool);
            let fields = [
                ("company.country", country),
                ("company.employees", employees),
                ("intent.type", kind),
                ("signals.categories", list),
                ("email", email),
                ("crm.hubspot.owner", owner),
                ("email.is_free", flag(flags.0)),
                ("email.is_disposable", flag(flags.1)),
            ];
            for (name, value) in fields {
                if let Some(value) = value {
                    lead.set(&Field::parse(name).expect("a field"), value);
                }
            }
            lead
        },
    )
}

fn as_text(word: Option<&'static str>) -> Option<Value> {
    word.map(Value::text)
}

fn rep(place: usize, id: &'static str) -> impl Strategy<Value = Rep> {
    let state = select(vec![RepState::Active, RepState::Active, RepState::Away, RepState::Removed]);
    (state, any::<bool>(), any::<bool>(), 0..4_u64).prop_map(
        move |(state, has_calendar, at_capacity, upcoming_meetings)| Rep {
            id: id.into(),
            state,
            has_calendar,
            at_capacity,
            email: Some(format!("{id}@knock.example")),
            crm_ids: [(CrmSystem::Hubspot, place.to_string())].into(),
            last_booked: None,
            upcoming_meetings,
        },
    )
}

/// A team; the numbers of turns are distinct, as a store gives them.
pub(crate) fn team() -> impl Strategy<Value = Team> {
    let reps = (rep(1, REPS[0]), rep(2, REPS[1]), rep(3, REPS[2]), rep(4, REPS[3]), rep(5, REPS[4]));
    let turns = Just((1..=REPS.len() as u64).collect::<Vec<_>>()).prop_shuffle();
    let had = vec(any::<bool>(), REPS.len());
    let free = option::of(btree_set(select(REPS.to_vec()).prop_map(String::from), 0..4));
    (reps, turns, had, free).prop_map(|((a, b, c, d, e), turns, had, free_at_slot)| {
        let mut reps = vec![a, b, c, d, e];
        for (rep, (turn, had)) in reps.iter_mut().zip(turns.into_iter().zip(had)) {
            rep.last_booked = had.then_some(turn);
        }
        Team { turns: Turns::shared(numbers(&reps)), reps, free_at_slot }
    })
}

fn numbers(reps: &[Rep]) -> std::collections::BTreeMap<String, u64> {
    reps.iter().filter_map(|rep| Some((rep.id.clone(), rep.last_booked?))).collect()
}

fn pool() -> impl Strategy<Value = Vec<String>> {
    // `zed` is not in the team.
    subsequence(vec!["ann", "bob", "cyd", "dan", "zed"], 1..=4)
        .prop_shuffle()
        .prop_map(|reps| reps.into_iter().map(String::from).collect())
}

fn chat_target() -> impl Strategy<Value = ChatTarget> {
    let agents = [AgentChoice::Auto, AgentChoice::Kind(AgentKind::Hiring)];
    prop_oneof![
        select(vec!["ann", "dan", "zed"]).prop_map(|rep| ChatTarget::Rep(rep.into())),
        pool().prop_map(ChatTarget::Pool),
        select(agents.to_vec()).prop_map(ChatTarget::AiAgent),
    ]
}

fn meeting_target() -> impl Strategy<Value = MeetingTarget> {
    let modes = [CalendarMode::Any, CalendarMode::RoundRobin, CalendarMode::All];
    let calendars = (select(modes.to_vec()), pool(), option::of(1..90_u32))
        .prop_map(|(mode, reps, duration_min)| MeetingTarget::Calendars(Calendars { mode, reps, duration_min }));
    prop_oneof![
        calendars,
        select(vec!["ann", "dan"]).prop_map(|rep| MeetingTarget::Calendars(Calendars::single(rep))),
        Just(MeetingTarget::Disqualify),
    ]
}

fn segments<T: std::fmt::Debug + Clone>(
    target: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Vec<Segment<T>>> {
    let channel = option::of(Just("#own".to_string()));
    vec((condition(), target, any::<bool>(), channel), 0..4).prop_map(|parts| {
        let segments = parts.into_iter().enumerate();
        segments
            .map(|(place, (when, target, enabled, monitoring_channel))| {
                let id = format!("s{place}");
                Segment { name: id.clone(), id, enabled, when, target, monitoring_channel }
            })
            .collect()
    })
}

pub(crate) fn rule(funnel: Funnel) -> BoxedStrategy<Rule> {
    let plan = match funnel {
        Funnel::Chat => (segments(chat_target().boxed()), chat_target())
            .prop_map(|(segments, fallback)| Plan::Chat { segments, fallback })
            .boxed(),
        Funnel::Meeting => (any::<bool>(), segments(meeting_target().boxed()), meeting_target())
            .prop_map(|(reject_private_email, segments, fallback)| Plan::Meeting {
                reject_private_email,
                segments,
                fallback,
            })
            .boxed(),
    };
    let channel = option::of(Just("#team".to_string()));
    (plan, select(CrmAware::ALL.to_vec()), channel)
        .prop_map(|(plan, crm_aware, monitoring_channel)| Rule {
            id: "r".into(),
            name: "R".into(),
            version: 3,
            is_default: true,
            enabled: true,
            crm_aware,
            monitoring_channel,
            plan,
        })
        .boxed()
}

pub(crate) fn link(funnel: Funnel) -> Link {
    Link { id: "lk".into(), funnel, channel: "G2".into(), rule: None, calendar: None }
}
