//! Matches users of the Slack workspace with members, by their e-mail address.

use crate::commands::assign::answers_chats;
use knock_ports::{Member, SlackPerson};

/// Returns the member of a Slack user: one who answers chats and has the user's address.
pub fn slack_member<'m>(person: &SlackPerson, members: &'m [Member]) -> Option<&'m Member> {
    let is_they = |member: &&Member| member.email.eq_ignore_ascii_case(&person.email) && answers_chats(member);
    members.iter().find(is_they).filter(|_| person.is_member())
}

pub fn person_in_slack<'p>(member: &Member, people: &'p [SlackPerson]) -> Option<&'p SlackPerson> {
    people.iter().find(|person| person.is_member() && person.email.eq_ignore_ascii_case(&member.email))
}
