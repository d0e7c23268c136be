//! Knock Links.

use crate::Shape;
use crate::made::AT;
use knock_routing::Funnel;
use knock_wire::{
    BookingLink, BookingLinkDraft, LinkAddress, LinkAddressAsk, LinkAddressList, LinkChange, LinkDraft, LinkList,
    LinkQuestion, LinkShown, LinkUtm, QuestionKind, Texts,
};

pub(crate) fn shapes() -> Vec<Shape> {
    let (text, email) = (str::to_owned, "ann@acme.test");
    let url = "https://chat.example/l/g2?c=dG9rZW4";
    vec![
        Shape::of("link_list", &LinkList { links: vec![bare(), whole()] }),
        Shape::of("link_shown", &whole()),
        Shape::of("link_draft", &draft()),
        Shape::of("booking_link", &booking_link()),
        Shape::of("booking_link_draft", &BookingLinkDraft { is_on: true, slug: Some("ann".to_owned()) }),
        Shape::of("link_change", &change()).never_read_in_browser(),
        Shape::of("link_change_archive", &LinkChange { archived: Some(true), ..LinkChange::default() })
            .never_read_in_browser(),
        Shape::of("link_address_ask", &LinkAddressAsk { emails: vec![text(email)] }),
        Shape::of(
            "link_address_list",
            &LinkAddressList { addresses: vec![LinkAddress { email: text(email), url: text(url) }], expires_at: AT },
        ),
    ]
}

fn bare() -> LinkShown {
    LinkShown {
        slug: "chat".to_owned(),
        url: "https://chat.example/l/chat".to_owned(),
        name: "Chat with us".to_owned(),
        funnel: Funnel::Chat.into(),
        channel: "Link".to_owned(),
        rule: None,
        language: None,
        greeting: None,
        greetings: Texts::new(),
        site: None,
        utm: LinkUtm::default(),
        duration_min: None,
        questions: Vec::new(),
        owner: None,
        archived_at: None,
        clicks: 0,
        conversions: 0,
    }
}

fn whole() -> LinkShown {
    let draft = draft();
    let owner = Some("Ann".to_owned());
    LinkShown {
        slug: "g2".to_owned(),
        url: "https://chat.example/l/g2".to_owned(),
        name: draft.name,
        funnel: draft.funnel,
        channel: draft.channel,
        rule: draft.rule,
        language: draft.language,
        greeting: draft.greeting,
        greetings: draft.greetings,
        site: draft.site,
        utm: draft.utm,
        duration_min: draft.duration_min,
        questions: draft.questions,
        owner,
        archived_at: Some(AT),
        clicks: 41,
        conversions: 7,
    }
}

fn booking_link() -> BookingLink {
    BookingLink {
        slug: "ann".to_owned(),
        url: "https://chat.example/l/ann".to_owned(),
        is_on: true,
        is_made: true,
        has_hours: true,
        clicks: 41,
        conversions: 7,
    }
}

fn draft() -> LinkDraft {
    let some = |text: &str| Some(text.to_owned());
    LinkDraft {
        slug: some("g2"),
        name: "G2 profile".to_owned(),
        funnel: Funnel::Meeting.into(),
        channel: "G2".to_owned(),
        rule: some("enterprise"),
        language: some("de"),
        greeting: some("Book a demo"),
        greetings: greetings(),
        site: some("3f0c"),
        utm: utm(),
        duration_min: Some(30),
        questions: questions(),
    }
}

fn change() -> LinkChange {
    let some = |text: &str| Some(text.to_owned());
    LinkChange {
        name: some("G2 profile"),
        channel: some("G2"),
        rule: Some(some("enterprise")),
        language: Some(None),
        greeting: Some(some("Book a demo")),
        greetings: Some(greetings()),
        site: Some(None),
        utm: Some(utm()),
        duration_min: Some(Some(30)),
        questions: Some(questions()),
        archived: Some(false),
    }
}

fn greetings() -> Texts {
    Texts::from([("de".to_owned(), "Demo buchen".to_owned())])
}

fn utm() -> LinkUtm {
    LinkUtm { source: "g2".to_owned(), medium: "review".to_owned(), ..LinkUtm::default() }
}

fn questions() -> Vec<LinkQuestion> {
    let kinds = [QuestionKind::Text, QuestionKind::Choice, QuestionKind::Number];
    let question = |(place, kind): (usize, &QuestionKind)| LinkQuestion {
        id: format!("q{place}"),
        label: "How large is your team?".to_owned(),
        kind: *kind,
        options: if *kind == QuestionKind::Choice { vec!["1-9".to_owned(), "10+".to_owned()] } else { Vec::new() },
        required: place == 0,
        field: "team_size".to_owned(),
    };
    kinds.iter().enumerate().map(question).collect()
}
