//! Mails about a meeting: to the lead in their language, to reps in English.

use crate::brand::{Brand, BrandOf};
use crate::letter::{CalendarFile, Letter, UnreadableEffect, subject};
use crate::links::Links;
use crate::texts::{named, of};
use crate::when::Reader;
use askama::Template;
use knock_agent::Language;
use knock_ical::{ALARM_MIN, Invitation, Method, Party};
use knock_model::{Description, PersonName};
use knock_ports::{MeetingMail, MeetingNews, MeetingParty};

/// The label of the link to a meeting, for members.
const OPEN: &str = "Open the meeting in Knock";

/// The texts of the mail.
pub(crate) struct Said {
    pub(crate) language: &'static str,
    pub(crate) hello: String,
    pub(crate) news: String,
    /// Subject, time, place and participants: labels and texts.
    pub(crate) rows: Vec<(String, String)>,
    pub(crate) description: String,
    pub(crate) link: String,
    pub(crate) go: String,
    pub(crate) why: String,
    pub(crate) brand: Brand,
}

#[derive(Template)]
#[template(path = "meeting.txt")]
pub(crate) struct MeetingText<'m> {
    pub(crate) said: &'m Said,
}

#[derive(Template)]
#[template(path = "meeting.html")]
pub(crate) struct MeetingHtml<'m> {
    pub(crate) said: &'m Said,
}

/// The letter about a meeting.
pub(crate) fn meeting(mail: &MeetingMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let (said, said_of) = if mail.is_to_lead {
        let reader = Reader::new(mail.details.language, &mail.zone);
        let (key, when) = (format!("meeting.subject.{}", word(mail.news)), reader.instant(mail.start));
        let said_of = of(mail.details.language).filled(&key, &[("title", &mail.details.title), ("when", &when)]);
        (to_lead(mail, &reader, links), said_of)
    } else {
        let reader = Reader::of_member(&mail.zone);
        (to_rep(mail, &reader, links), rep_subject(mail, &reader))
    };
    Ok(Letter {
        to: mail.to.email.clone(),
        name: mail.to.name.clone(),
        subject: subject(&said_of),
        text: MeetingText { said: &said }.render()?,
        html: MeetingHtml { said: &said }.render()?,
        thread: Some(mail.meeting.to_string()),
        expires_at: Some(if mail.news == MeetingNews::Reminder { mail.start } else { mail.end }),
        reply_to: Some(if mail.is_to_lead { owner(mail) } else { mail.lead_party() })
            .filter(|to| party(to.clone()).is_reachable()),
        calendar: file(mail, links),
        ..Letter::default()
    })
}

fn to_lead(mail: &MeetingMail, reader: &Reader, links: &dyn Links) -> Said {
    let texts = of(mail.details.language);
    let with = named(mail.details.language, "with", &owner(mail).name, &mail.site);
    let before = mail.before.map(|before| reader.instant(before)).unwrap_or_default();
    let places = [("with", &*with), ("site", &*mail.site), ("before", &*before), ("name", &*mail.to.name)];
    let keys: &[&str] = match (mail.news, mail.former.is_some(), mail.before.is_some()) {
        (MeetingNews::Changed, true, true) => &["meeting.reassigned", "meeting.moved"],
        (MeetingNews::Changed, true, false) => &["meeting.reassigned"],
        (MeetingNews::Changed, false, true) => &["meeting.moved"],
        (MeetingNews::Changed, false, false) => &["meeting.changed"],
        (MeetingNews::Booked, _, _) => &["meeting.booked"],
        (MeetingNews::Cancelled, _, _) => &["meeting.cancelled"],
        (MeetingNews::Reminder, _, _) => &["meeting.reminder"],
    };
    let news: Vec<_> = keys.iter().map(|key| texts.filled(key, &places)).collect();
    let names = mail.reps.iter().map(|rep| rep.name.as_str()).filter(|name| !name.is_empty());
    let row = |key: &str, text: String| (texts.text(key).to_owned(), text);
    let rows = [
        row("meeting.what", mail.details.title.to_string()),
        row("meeting.when", reader.span(mail.start, mail.end)),
        row("meeting.where", mail.details.location.to_string()),
        row("meeting.with", names.collect::<Vec<_>>().join(", ")),
        row("meeting.reason", mail.details.reason.to_string()),
    ];
    let is_on = mail.news != MeetingNews::Cancelled;
    Said {
        language: mail.details.language.as_str(),
        hello: texts.filled(if mail.to.name.is_empty() { "hello" } else { "hello.name" }, &places),
        news: news.join(" "),
        rows: rows.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        description: mail.details.description.to_string(),
        link: if is_on { links.manage_meeting(mail.meeting) } else { String::new() },
        go: manage_words(mail.details.language).to_owned(),
        why: texts.filled("meeting.why", &places),
        brand: links.brand(BrandOf::Site(mail.details.site)),
    }
}

fn to_rep(mail: &MeetingMail, reader: &Reader, links: &dyn Links) -> Said {
    let MeetingParty { name, email } = mail.lead_party();
    let lead = if name.is_empty() { email.clone() } else { format!("{name} <{email}>") };
    let reps: Vec<_> = mail.reps.iter().map(shown).collect();
    let fixed = [
        ("What", mail.details.title.to_string()),
        ("When", reader.span(mail.start, mail.end)),
        ("Where", mail.details.location.to_string()),
        ("Lead", lead),
        ("Team", reps.join(", ")),
        ("Reason", mail.details.reason.to_string()),
    ];
    let rows = fixed.into_iter().map(|(label, text)| (label.to_owned(), text));
    let answers = mail.answers().iter().map(|answered| (answered.question.to_string(), answered.answer.to_string()));
    Said {
        language: Language::En.as_str(),
        hello: "Hello,".to_owned(),
        news: rep_news(mail, reader),
        rows: rows.chain(answers).filter(|(_, text)| !text.is_empty()).collect(),
        description: mail.details.description.to_string(),
        link: links.meeting(mail.meeting),
        go: OPEN.to_owned(),
        why: "You get this mail because you take part in this meeting.".to_owned(),
        brand: Brand::default(),
    }
}

/// The news for a member, in a sentence or two.
fn rep_news(mail: &MeetingMail, reader: &Reader) -> String {
    match (mail.news, &mail.former) {
        (MeetingNews::Booked, None) => "A meeting with you is booked.".to_owned(),
        (MeetingNews::Booked, Some(former)) => {
            format!("This meeting is yours now. It was with {} before.", shown(former))
        }
        (MeetingNews::Changed, _) => match mail.before {
            Some(before) => {
                format!("Your meeting was rescheduled. It was planned for {}.", reader.instant(before))
            }
            None => "Your meeting has changed.".to_owned(),
        },
        (MeetingNews::Cancelled, _) if is_given_away(mail) => {
            format!("Your meeting was reassigned to {}. You need not attend.", shown(&owner(mail)))
        }
        (MeetingNews::Cancelled, _) if mail.is_cancelled_by_lead() => "The lead cancelled the meeting.".to_owned(),
        (MeetingNews::Cancelled, _) if !mail.by.is_empty() => format!("{} cancelled the meeting.", mail.by),
        (MeetingNews::Cancelled, _) => "The meeting was cancelled.".to_owned(),
        (MeetingNews::Reminder, _) => "Your meeting takes place soon.".to_owned(),
    }
}

/// The subject of a mail to a member.
fn rep_subject(mail: &MeetingMail, reader: &Reader) -> String {
    let what = match mail.news {
        MeetingNews::Booked if mail.former.is_some() => "Assigned to you",
        MeetingNews::Booked => "Booked",
        MeetingNews::Changed => "Changed",
        MeetingNews::Cancelled if is_given_away(mail) => "Reassigned",
        MeetingNews::Cancelled => "Cancelled",
        MeetingNews::Reminder => "Reminder",
    };
    format!("{what}: {}, {}", mail.details.title, reader.instant(mail.start))
}

/// Whether the recipient had the meeting, and somebody else has it now.
fn is_given_away(mail: &MeetingMail) -> bool {
    mail.former.as_ref().is_some_and(|former| former.email == mail.to.email)
}

/// A member as colleagues read them.
fn shown(rep: &MeetingParty) -> String {
    if rep.name.is_empty() { rep.email.clone() } else { rep.name.to_string() }
}

/// The file for the recipient's calendar.
fn file(mail: &MeetingMail, links: &dyn Links) -> Option<CalendarFile> {
    let method = match mail.news {
        MeetingNews::Booked | MeetingNews::Changed => Method::Request,
        MeetingNews::Cancelled => Method::Cancel,
        MeetingNews::Reminder => return None,
    };
    let invitation = Invitation {
        uid: mail.uid.clone(),
        sequence: mail.sequence,
        at: mail.at,
        start: mail.start,
        end: mail.end,
        title: mail.details.title.clone(),
        description: if method == Method::Cancel { mail.details.description.clone() } else { described(mail, links) },
        place: mail.details.location.clone(),
        url: if method == Method::Cancel { String::new() } else { page(mail, links).1 },
        organizer: organizer(mail, links),
        guests: guests(mail),
        alarm_min: Some(ALARM_MIN),
    };
    mail.has_file.then(|| CalendarFile { method: method.as_str(), content: invitation.mailed(method) })
}

/// The description with the recipient's link below it.
fn described(mail: &MeetingMail, links: &dyn Links) -> Description {
    let (words, link) = page(mail, links);
    with_link(&mail.details.description, words, &link)
}

/// The recipient's page of the meeting, with the words before its address.
fn page(mail: &MeetingMail, links: &dyn Links) -> (&'static str, String) {
    match mail.is_to_lead {
        true => (manage_words(mail.details.language), links.manage_meeting(mail.meeting)),
        false => (OPEN, links.meeting(mail.meeting)),
    }
}

/// A description with a link below it.
pub fn with_link(description: &str, words: &str, link: &str) -> Description {
    let gap = if description.is_empty() { "" } else { "\n\n" };
    format!("{description}{gap}{words}: {link}").into()
}

/// The words before the link by which a lead moves or cancels a meeting.
pub fn manage_words(language: Language) -> &'static str {
    of(language).text("meeting.manage")
}

/// The organizer: for the lead the owner, if mail reaches them. For members the sender of the mail: Outlook takes no
/// invitation from oneself.
fn organizer(mail: &MeetingMail, links: &dyn Links) -> Party {
    let owner = party(owner(mail));
    let is_owners = mail.is_to_lead && owner.is_reachable();
    let sender = Some(party(links.sender())).filter(|sender| !is_owners && !sender.email.is_empty());
    sender.unwrap_or(owner)
}

/// The lead and all reps. The recipient must be among them, also one who no longer takes part: mail programs ignore the
/// file otherwise.
fn guests(mail: &MeetingMail) -> Vec<Party> {
    let mut guests: Vec<Party> = [mail.lead_party()].into_iter().chain(mail.reps.iter().cloned()).map(party).collect();
    if guests.iter().all(|guest| guest.email != mail.to.email) {
        guests.push(party(mail.to.clone()));
    }
    guests.retain(Party::is_reachable);
    guests
}

fn party(party: MeetingParty) -> Party {
    Party { name: party.name, email: party.email }
}

fn owner(mail: &MeetingMail) -> MeetingParty {
    mail.reps.first().cloned().unwrap_or(MeetingParty { name: PersonName::default(), email: mail.to.email.clone() })
}

const fn word(news: MeetingNews) -> &'static str {
    match news {
        MeetingNews::Booked => "booked",
        MeetingNews::Changed => "changed",
        MeetingNews::Cancelled => "cancelled",
        MeetingNews::Reminder => "reminder",
    }
}

#[cfg(test)]
mod tests;
