//! The look of a site: what the team sets, and what pages get.

use crate::Shape;
use crate::made::AT;
use knock_wire::{
    ChatForm, Corner, FormField, FormTime, Hidden, HiddenDevice, LauncherIcon, Look, LookWord, LookWords, Scheme,
    ShownField, ShownForm, ShownLauncher, ShownLook, ShownTeaser, Teaser, Texts,
};

const PICTURE: &str = "/v1/look/pictures/09090909-0909-4909-8909-090909090909";

pub(crate) fn shapes() -> Vec<Shape> {
    let texts = texts(&[("en", "Send message"), ("de", "Nachricht senden")]);
    let words = LookWords { words: vec![LookWord { key: "chat.send".to_owned(), texts }] };
    vec![
        Shape::of("look", &look()),
        Shape::of("look_default", &Look::default()),
        Shape::of("look_words", &words),
        Shape::of("shown_look", &shown()),
        Shape::of("shown_look_default", &plain()),
    ]
}

fn texts(all: &[(&str, &str)]) -> Texts {
    all.iter().map(|(language, text)| ((*language).to_owned(), (*text).to_owned())).collect()
}

fn look() -> Look {
    let paths = |all: &[&str]| all.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
    let field = |field: &str, is_required| FormField { field: field.to_owned(), is_required };
    Look {
        colour: "#0b5fff".to_owned(),
        colour_dark: "#8fb4ff".to_owned(),
        scheme: Scheme::Dark,
        logo: PICTURE.to_owned(),
        icon: LauncherIcon::Picture,
        icon_picture: PICTURE.to_owned(),
        launcher_text: texts(&[("en", "Ask us")]),
        corner: Corner::Start,
        offset_x: 24,
        offset_y: 80,
        z_index: 900,
        title: texts(&[("en", "Acme support"), ("de", "Acme-Hilfe")]),
        subtitle: texts(&[("en", "We answer within an hour")]),
        welcome: texts(&[("en", "Hello!\nHow can we help?")]),
        teaser: Some(Teaser { text: texts(&[("en", "Questions?")]), pages: paths(&["/pricing*"]), delay_s: 20 }),
        languages: paths(&["en", "de"]),
        privacy_url: "https://acme.test/privacy".to_owned(),
        consent: texts(&[("en", "I agree that Acme stores my address.")]),
        shows_hours: true,
        reply_sound: false,
        reply_title: false,
        hidden: Hidden {
            paths: paths(&["/careers/*"]),
            devices: vec![HiddenDevice::Phone],
            outside_hours: true,
            signed_in_only: true,
        },
        form: ChatForm { when: FormTime::Before, fields: vec![field("email", true), field("custom.team_size", false)] },
        rating: true,
        transcript: true,
        can_end: true,
        history: true,
        words: [("en".to_owned(), texts(&[("chat.send", "Go")]))].into(),
    }
}

fn shown() -> ShownLook {
    let text = str::to_owned;
    let field = |field: &str, label: &str, is_required| ShownField {
        field: text(field),
        label: text(label),
        is_required,
        choices: Vec::new(),
    };
    let fields = vec![
        field("email", "E-mail address", true),
        ShownField { choices: vec![text("1-9"), text("10+")], ..field("custom.team_size", "Team size", false) },
    ];
    ShownLook {
        language: text("en"),
        name: text("Acme"),
        colours: look().colours(),
        scheme: Scheme::Dark,
        logo: text(PICTURE),
        launcher: ShownLauncher {
            icon: LauncherIcon::Picture,
            picture: text(PICTURE),
            text: text("Ask us"),
            corner: Corner::Start,
            x: 24,
            y: 80,
            z: 900,
            hidden_paths: vec![text("/careers/*")],
            hidden_devices: vec![HiddenDevice::Phone],
            is_hidden: true,
            changes_at: Some(AT),
            signed_in_only: true,
            is_silent: true,
            keeps_title: true,
        },
        title: text("Acme support"),
        subtitle: text("We answer within an hour"),
        welcome: text("Hello!\nHow can we help?"),
        teaser: Some(ShownTeaser {
            id: text("4c7d1e3b9a5f0268"),
            text: text("Questions?"),
            pages: vec![text("/pricing*")],
            delay_s: 20,
        }),
        privacy_url: text("https://acme.test/privacy"),
        consent: text("I agree that Acme stores my address."),
        hours: text("Mon\u{2013}Fri 09:00\u{2013}17:00"),
        form: Some(ShownForm { when: FormTime::Before, fields }),
        rating: true,
        transcript: true,
        can_end: true,
        history: true,
        words: texts(&[("chat.send", "Go")]),
    }
}

/// The look that Knock comes with.
fn plain() -> ShownLook {
    let Look { offset_x, offset_y, z_index, .. } = Look::default();
    let launcher = ShownLauncher { x: offset_x, y: offset_y, z: z_index, ..ShownLauncher::default() };
    ShownLook { language: "en".to_owned(), name: "Acme".to_owned(), launcher, ..ShownLook::default() }
}
