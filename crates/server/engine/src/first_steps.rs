//! The first steps of a workspace and its members: each is done once its fact is there.

use knock_model::{FirstStep, HoursFor, Millis, Role};
use knock_ports::{Member, Profile, Site, StoreError, View};
use knock_wire::{Availability, HomeStep, WeeklyHours, Word};

/// The number of taught answers from which the agent is taught.
const ENOUGH_ANSWERS: u32 = 5;

/// The connections of the server, each by its name; none where it is not set up.
#[derive(Clone, Debug, Default)]
pub struct Connections {
    /// The sender of mails.
    pub mail: Option<String>,
    /// The Slack workspace.
    pub slack: Option<String>,
    /// The first connected CRM.
    pub crm: Option<String>,
}

/// The demo site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Demo {
    /// There was never one.
    None,
    InUse,
    /// The team keeps it.
    Kept,
    Removed,
}

/// The facts by which steps are done.
#[derive(Clone, Debug)]
struct Facts {
    profile: Profile,
    availability: Availability,
    /// The name of the provider of the member's first calendar.
    calendar: Option<String>,
    /// The host of a site of the team's own with its last signal: the last one that sent a signal, if one did.
    site: Option<(String, Option<Millis>)>,
    place: String,
    /// The number of answers that the agent was taught for such sites.
    answers: u32,
    members: u32,
    demo: Demo,
    connections: Connections,
    put_aside: Vec<FirstStep>,
}

/// The first steps of a member, of those that a role permits.
///
/// # Errors
/// When the store fails.
pub fn first_steps(
    view: &dyn View,
    member: &Member,
    role: Role,
    connections: Connections,
) -> Result<Vec<HomeStep>, StoreError> {
    Ok(steps(&read(view, member, connections)?, role))
}

/// The working hours of the first admin: for meetings only, since chats are tried at any time.
pub fn first_hours(zone: String) -> Availability {
    let day = || vec![("09:00".to_owned(), "17:00".to_owned())];
    let [mon, tue, wed, thu, fri] = std::array::from_fn(|_| day());
    let hours = WeeklyHours { zone, mon, tue, wed, thu, fri, ..WeeklyHours::default() };
    Availability { hours: Some(hours), hours_for: HoursFor::Meetings, ..Availability::default() }
}

fn read(view: &dyn View, member: &Member, connections: Connections) -> Result<Facts, StoreError> {
    let sites = view.sites()?;
    let is_demo_used = sites.iter().any(|site| site.demo && site.removed_at.is_none());
    let demo = match sites.iter().any(|site| site.demo) {
        false => Demo::None,
        true if !is_demo_used => Demo::Removed,
        true if view.settings()?.keeps_demo => Demo::Kept,
        true => Demo::InUse,
    };
    let (mut site, mut answers) = (None, 0);
    for own in sites.iter().filter(|site| !site.demo && site.removed_at.is_none()) {
        answers += view.answers(own.id)?.len();
        let at = view.last_signal_at(own.id)?;
        if site.is_none() || at.is_some() {
            site = Some((site_host(own), at));
        }
    }
    let calendars = view.calendars_of(member.id)?;
    Ok(Facts {
        profile: (*member.profile).clone(),
        availability: (*member.availability).clone(),
        calendar: calendars.first().map(|calendar| calendar.details.provider.label().to_owned()),
        site,
        place: view.meeting_settings()?.location,
        answers: count(answers),
        members: count(view.members()?.len()),
        demo,
        connections,
        put_aside: view.steps_put_aside(member.id)?,
    })
}

/// The host of a site, as people call it; its name if it has no origin.
pub fn site_host(site: &Site) -> String {
    let host = site.origins.first().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    host.map_or_else(|| site.name.clone(), |host| host.trim_start_matches("www.").to_owned())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn steps(facts: &Facts, role: Role) -> Vec<HomeStep> {
    let is_shown =
        |step: &FirstStep| role.may(step.permission()) && (*step != FirstStep::Demo || facts.demo != Demo::None);
    FirstStep::ALL.iter().copied().filter(is_shown).map(|step| shown(facts, step)).collect()
}

fn shown(facts: &Facts, step: FirstStep) -> HomeStep {
    let Facts { profile, site, place, connections, .. } = facts;
    let (mut count, mut at) = (None, None);
    let named = |name: &Option<String>| (name.is_some(), name.clone().unwrap_or_default());
    let (is_done, fact) = match step {
        FirstStep::Profile => (!profile.name.is_empty() && profile.picture.is_some(), profile.name.clone()),
        FirstStep::Hours => hours(&facts.availability),
        FirstStep::Calendar => named(&facts.calendar),
        FirstStep::Site => {
            at = site.as_ref().and_then(|(_, at)| *at);
            (at.is_some(), site.as_ref().map(|(host, _)| host.clone()).unwrap_or_default())
        }
        FirstStep::Place => (!place.is_empty(), place.clone()),
        FirstStep::Mail => named(&connections.mail),
        FirstStep::Slack => named(&connections.slack),
        FirstStep::Crm => named(&connections.crm),
        FirstStep::Answers => {
            count = Some(facts.answers);
            (facts.answers >= ENOUGH_ANSWERS, String::new())
        }
        FirstStep::Colleagues => {
            count = Some(facts.members);
            (facts.members > 1, String::new())
        }
        FirstStep::Demo => match facts.demo {
            Demo::Removed => (true, "removed".to_owned()),
            Demo::Kept => (true, "kept".to_owned()),
            Demo::None | Demo::InUse => (false, String::new()),
        },
    };
    let is_put_aside = !is_done && facts.put_aside.contains(&step);
    HomeStep { step: Word::Known(step), is_done, fact, count, at, can_wait: step.can_wait(), is_put_aside }
}

/// Whether a member has set their hours, and the zone of those that they have: the first hours were set by no one.
fn hours(availability: &Availability) -> (bool, String) {
    let Some(hours) = &availability.hours else { return (false, String::new()) };
    let first = first_hours(hours.zone.clone());
    let is_first = (availability.hours_for, &availability.hours) == (first.hours_for, &first.hours);
    (!is_first, hours.zone.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::PictureId;

    /// What makes a fact.
    type Change = fn(&mut Facts);

    fn nothing() -> Facts {
        Facts {
            profile: Profile::default(),
            availability: first_hours("Europe/Berlin".into()),
            calendar: None,
            site: None,
            place: String::new(),
            answers: 0,
            members: 1,
            demo: Demo::InUse,
            connections: Connections::default(),
            put_aside: Vec::new(),
        }
    }

    fn done(facts: &Facts) -> Vec<FirstStep> {
        let done = steps(facts, Role::Admin).into_iter().filter(|step| step.is_done);
        done.filter_map(|step| step.step.known().copied()).collect()
    }

    #[test]
    fn each_fact_is_a_step() {
        let changes: [(FirstStep, Change); 11] = [
            (FirstStep::Profile, |facts| {
                facts.profile =
                    Profile { picture: Some(PictureId::new([1; 16])), name: "Lena".into(), ..Profile::default() };
            }),
            (FirstStep::Hours, |facts| facts.availability.hours_for = HoursFor::All),
            (FirstStep::Calendar, |facts| facts.calendar = Some("CalDAV".into())),
            (FirstStep::Site, |facts| facts.site = Some(("brew.example".into(), Some(Millis(7))))),
            (FirstStep::Place, |facts| facts.place = "https://meet.example".into()),
            (FirstStep::Mail, |facts| facts.connections.mail = Some("hi@brew.example".into())),
            (FirstStep::Answers, |facts| facts.answers = ENOUGH_ANSWERS),
            (FirstStep::Slack, |facts| facts.connections.slack = Some("Acme".into())),
            (FirstStep::Crm, |facts| facts.connections.crm = Some("HubSpot".into())),
            (FirstStep::Colleagues, |facts| facts.members = 2),
            (FirstStep::Demo, |facts| facts.demo = Demo::Kept),
        ];
        assert_eq!(done(&nothing()), []);
        for (step, change) in changes {
            let mut facts = nothing();
            change(&mut facts);
            assert_eq!(done(&facts), [step]);
        }
    }

    #[test]
    fn a_part_of_a_fact_is_shown_and_is_no_step() {
        let mut facts = nothing();
        facts.profile.name = "Lena".into();
        facts.site = Some(("brew.example".into(), None));
        facts.answers = ENOUGH_ANSWERS - 1;
        facts.availability.hours = None;
        assert_eq!(done(&facts), []);
        let shown = steps(&facts, Role::Admin);
        assert_eq!([&*shown[0].fact, &*shown[1].fact, &*shown[2].fact], ["Lena", "brew.example", ""]);
    }

    #[test]
    fn a_role_sees_the_steps_that_it_may_take_and_no_demo_that_never_was() {
        let seen = |role| steps(&Facts { demo: Demo::None, ..nothing() }, role).len();
        assert_eq!([Role::Admin, Role::Manager, Role::Rep].map(seen), [10, 5, 3]);
        assert_eq!(steps(&nothing(), Role::Admin).len(), FirstStep::ALL.len());
    }

    #[test]
    fn a_step_that_is_done_is_not_put_aside() {
        let put_aside = vec![FirstStep::Slack, FirstStep::Crm];
        let slack = Some("Acme".to_owned());
        let facts = Facts { put_aside, connections: Connections { slack, ..Connections::default() }, ..nothing() };
        let aside = steps(&facts, Role::Admin).into_iter().filter(|step| step.is_put_aside);
        assert_eq!(aside.map(|step| step.step).collect::<Vec<_>>(), [Word::Known(FirstStep::Crm)]);
    }
}
