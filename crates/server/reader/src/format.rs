//! The kinds of work of a reader, with the limits of each.

use std::time::Duration;

/// What a reader reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A file of the team for the AI agent.
    File,
    /// A page of a website.
    Page,
    Sitemap,
    /// The properties of calendars.
    Properties,
    /// The events of calendars.
    Events,
    /// The event of one meeting.
    Entry,
    /// A file sent in a chat.
    Attachment,
    /// The picture of a member.
    Portrait,
    /// A picture of the look of a site.
    LookPicture,
    /// A mail that answers one of ours.
    Mail,
}

/// The places in which readers of a kind run, so that no kind takes those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    Files,
    Pages,
    Calendars,
    Attachments,
    Mails,
}

/// The limits of a reader, which it sets itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Address space beside that of a reader at rest and [`COPIES`] of the content, in bytes; its stack is part of it.
    pub(crate) memory: u64,
    pub(crate) stack: usize,
    /// Processor time.
    pub(crate) seconds: u64,
    /// How far it gives way to other processes, such as the server: 0 not at all, 19 as far as possible.
    pub(crate) nice: i32,
}

const MIB: u64 = 1 << 20;
/// The copies of the content for which there is memory.
pub(crate) const COPIES: u64 = 3;

impl Format {
    pub(crate) const ALL: [Format; 10] = [
        Format::File,
        Format::Page,
        Format::Sitemap,
        Format::Properties,
        Format::Events,
        Format::Entry,
        Format::Attachment,
        Format::Portrait,
        Format::LookPicture,
        Format::Mail,
    ];

    /// Its name as an argument and in metrics.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Format::File => "file",
            Format::Page => "page",
            Format::Sitemap => "sitemap",
            Format::Properties => "properties",
            Format::Events => "events",
            Format::Entry => "entry",
            Format::Attachment => "attachment",
            Format::Portrait => "portrait",
            Format::LookPicture => "look_picture",
            Format::Mail => "mail",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.as_str() == name)
    }

    pub(crate) const fn lane(self) -> Lane {
        match self {
            Format::File => Lane::Files,
            Format::Page | Format::Sitemap => Lane::Pages,
            Format::Properties | Format::Events | Format::Entry => Lane::Calendars,
            Format::Attachment | Format::Portrait | Format::LookPicture => Lane::Attachments,
            Format::Mail => Lane::Mails,
        }
    }

    pub(crate) const fn limits(self) -> Limits {
        match self {
            // The content of PDF files may be nested: each level is a call of the library to itself.
            Format::File | Format::Page => Limits { memory: 320 * MIB, stack: 64 << 20, seconds: 20, nice: 10 },
            Format::Sitemap => Limits { memory: 256 * MIB, stack: 8 << 20, seconds: 10, nice: 10 },
            // Answers of 32 MB are kept as bytes, as XML and as objects.
            Format::Properties | Format::Events | Format::Entry => {
                Limits { memory: 256 * MIB, stack: 8 << 20, seconds: 5, nice: 0 }
            }
            // A picture of 160 MB is turned, or its colours are converted, into another one.
            Format::Attachment | Format::Portrait | Format::LookPicture => {
                Limits { memory: 448 * MIB, stack: 8 << 20, seconds: 20, nice: 10 }
            }
            // A mail of 25 MB is kept as bytes, as decoded parts and as a result; mails may be nested.
            Format::Mail => Limits { memory: 320 * MIB, stack: 16 << 20, seconds: 10, nice: 10 },
        }
    }

    /// The longest time from the start of a reader to the end of its reply, on a busy machine too.
    pub(crate) const fn deadline(self) -> Duration {
        match self {
            Format::File | Format::Page | Format::Attachment | Format::Portrait | Format::LookPicture => {
                Duration::from_secs(30)
            }
            Format::Mail => Duration::from_secs(20),
            Format::Sitemap => Duration::from_secs(15),
            Format::Properties | Format::Events | Format::Entry => Duration::from_secs(7),
        }
    }
}

impl Lane {
    pub(crate) const ALL: [Lane; 5] = [Lane::Files, Lane::Pages, Lane::Calendars, Lane::Attachments, Lane::Mails];

    /// The readers at once.
    pub(crate) const fn places(self) -> usize {
        match self {
            Lane::Files | Lane::Pages | Lane::Attachments | Lane::Mails => 2,
            Lane::Calendars => 4,
        }
    }

    /// The longest wait for a place.
    pub(crate) const fn patience(self) -> Duration {
        match self {
            Lane::Files | Lane::Attachments => Duration::from_secs(10),
            Lane::Mails => Duration::from_secs(20),
            // Nobody waits for it.
            Lane::Pages => Duration::from_secs(120),
            Lane::Calendars => Duration::from_secs(6),
        }
    }
}
