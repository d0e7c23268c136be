//! Sites, webhooks with their deliveries, and mail.

use crate::Shape;
use crate::events::{event_list, status_changed};
use crate::made::{AT, secret};
use knock_intent::{CategoryOverride, OverrideBy};
use knock_model::{Category, DeliveryState, EnrichedField, EventType, IdentifyPolicy, Millis, WebhookId};
use knock_wire::{
    CredentialField, CredentialForm, Delivery, DeliveryPage, EnrichmentDraft, EnrichmentMapping, EnrichmentSettings,
    EnrichmentTest, EnrichmentTested, EnrichmentTestedField, Holiday, HolidayCountries, HolidayCountry, HolidayList,
    HolidaySubdivision, InboundMailDraft, InboundMailSettings, InboundWay, Mail, MailPage, MailSecurity,
    MailServerDraft, MailServerSettings, MailServerSource, MailServerTest, MailServerTested, MeetingSettings, Site,
    SiteList, Webhook, WebhookList, Word,
};
use serde_json::json;

fn sites(keeps_demo: bool) -> SiteList {
    SiteList { sites: IdentifyPolicy::ALL.iter().map(|policy| site(*policy)).collect(), keeps_demo }
}

pub(crate) fn shapes() -> Vec<Shape> {
    let states = || (1..).zip(DeliveryState::ALL.iter().copied());
    vec![
        Shape::of("site", &site(IdentifyPolicy::Verified)),
        Shape::of("site_removed", &Site { removed_at: Some(AT), ..site(IdentifyPolicy::Open) }),
        Shape::of("site_with_consent", &Site { waits_for_consent: true, ..site(IdentifyPolicy::Open) }),
        Shape::of("webhook", &webhook()),
        Shape::of("site_list", &sites(false)),
        Shape::of("site_list_demo_kept", &sites(true)),
        Shape::of("webhook_event_list", &event_list()),
        Shape::of("webhook_list", &WebhookList { webhooks: vec![webhook()] }),
        Shape::of("meeting_settings", &meetings()),
        Shape::of("enrichment_settings", &enrichment()),
        Shape::of("enrichment_draft", &enrichment_draft()),
        Shape::of("enrichment_test", &EnrichmentTest { email: "ann@acme.test".to_owned() }),
        Shape::of("enrichment_tested", &enrichment_tested()),
        Shape::of("inbound_mail_settings", &inbound_mail()),
        Shape::of("inbound_mail_draft", &inbound_mail_draft()).never_read_in_browser(),
        Shape::of("mail_server_settings", &mail_server()),
        Shape::of("mail_server_draft", &mail_server_draft()).never_read_in_browser(),
        Shape::of("mail_server_test", &mail_server_test()).never_read_in_browser(),
        Shape::of("mail_server_tested", &mail_server_tested()),
        Shape::of("holiday_countries", &holiday_countries()),
        Shape::of("holiday_list", &holidays()),
        Shape::of(
            "delivery_page",
            &DeliveryPage {
                deliveries: states().map(|(number, state)| delivery(number, state)).collect(),
                next: Some(4),
            },
        ),
        Shape::of(
            "mail_page",
            &MailPage {
                is_set_up: true,
                from: "Acme <hello@acme.test>".to_owned(),
                server: "mail.acme.test:465".to_owned(),
                mails: states().map(|(number, state)| mail(number, state)).collect(),
                next: Some(4),
            },
        ),
    ]
}

const ENRICHMENT_URL: &str = "https://api.data.example/v2/find?email={email}";

fn mappings() -> Vec<EnrichmentMapping> {
    let mapping = |field, pointer: &str| EnrichmentMapping { field, pointer: pointer.to_owned() };
    vec![
        mapping(EnrichedField::CompanyEmployees, "/company/metrics/employees"),
        mapping(EnrichedField::PersonTitle, "/person/title"),
    ]
}

fn enrichment() -> EnrichmentSettings {
    EnrichmentSettings {
        is_set_up: true,
        is_on: true,
        name: "Acme Data".to_owned(),
        url: ENRICHMENT_URL.to_owned(),
        header: "Authorization".to_owned(),
        has_secret: true,
        fields: mappings(),
        keep_days: 30,
        problem: "the provider does not accept the key".to_owned(),
        problem_since: Some(AT),
    }
}

fn inbound_mail() -> InboundMailSettings {
    InboundMailSettings {
        way: InboundWay::Imap,
        address: "replies@acme.test".to_owned(),
        has_tags: true,
        server: "mail.acme.test".to_owned(),
        folder: "INBOX".to_owned(),
        credentials: imap().into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        form: CredentialForm {
            fields: vec![CredentialField {
                name: "password".to_owned(),
                label: "Password".to_owned(),
                hint: String::new(),
                is_secret: true,
            }],
            steps: Vec::new(),
        },
        hook_url: Some("https://knock.acme.test/hooks/mail/heron-granite-41".to_owned().into()),
        checked_at: Some(AT),
        problem: "the server does not accept the password".to_owned(),
        problem_since: Some(AT),
        taken: 12,
        last_at: Some(AT),
    }
}

fn imap() -> [(&'static str, &'static str); 2] {
    [("url", "imaps://mail.acme.test"), ("user", "replies@acme.test")]
}

fn inbound_mail_draft() -> InboundMailDraft {
    let credentials = imap().into_iter().chain([("password", "heron-granite-41")]);
    InboundMailDraft {
        way: InboundWay::Imap,
        address: "replies@acme.test".to_owned(),
        has_tags: true,
        folder: "INBOX".to_owned(),
        credentials: credentials.map(|(name, value)| (name.to_owned(), value.to_owned().into())).collect(),
        is_new_hook: false,
    }
}

fn mail_server() -> MailServerSettings {
    MailServerSettings {
        source: MailServerSource::Dashboard,
        server: String::new(),
        from: String::new(),
        host: "smtp.acme.test".to_owned(),
        port: 587,
        security: MailSecurity::Starttls,
        username: "hello@acme.test".to_owned(),
        has_password: true,
        from_address: "hello@acme.test".to_owned(),
        from_name: "Acme".to_owned(),
        problem: String::new(),
    }
}

fn mail_server_draft() -> MailServerDraft {
    MailServerDraft {
        host: "smtp.acme.test".to_owned(),
        port: 587,
        security: MailSecurity::Starttls,
        username: "hello@acme.test".to_owned(),
        password: Some("heron-granite-41".to_owned().into()),
        from_address: "hello@acme.test".to_owned(),
        from_name: "Acme".to_owned(),
    }
}

fn mail_server_test() -> MailServerTest {
    MailServerTest { to: Some("ann@acme.test".to_owned()), server: Some(mail_server_draft()) }
}

fn mail_server_tested() -> MailServerTested {
    MailServerTested {
        is_sent: false,
        step: "login".to_owned(),
        text: "The server does not accept the user or the password.".to_owned(),
        detail: "permanent error (535): 5.7.8 Authentication failed".to_owned(),
    }
}

fn enrichment_draft() -> EnrichmentDraft {
    EnrichmentDraft {
        name: "Acme Data".to_owned(),
        url: ENRICHMENT_URL.to_owned(),
        header: "Authorization".to_owned(),
        secret: Some("Bearer heron-granite-41".to_owned().into()),
        fields: mappings(),
        keep_days: 30,
        is_on: true,
    }
}

fn enrichment_tested() -> EnrichmentTested {
    let field = |field: EnrichedField, value, problem: &str| EnrichmentTestedField {
        field: field.into(),
        value,
        problem: problem.to_owned(),
    };
    EnrichmentTested {
        code: Some(200),
        problem: String::new(),
        fields: vec![
            field(EnrichedField::CompanyEmployees, json!(250), ""),
            field(EnrichedField::PersonTitle, json!(null), "is not in the answer"),
        ],
    }
}

fn meetings() -> MeetingSettings {
    MeetingSettings {
        step_min: Some(15),
        max_per_day: Some(4),
        location: "https://meet.acme.test/{{rep}}".to_owned(),
        description: "A call about {{company}}.".to_owned(),
        holidays: Some("DE-BY".to_owned()),
        confirm_first_bookings: true,
        never_spam: vec!["acme.example".into()],
        ..MeetingSettings::default()
    }
}

fn holiday_countries() -> HolidayCountries {
    let country =
        |code: &str, name: &str| HolidayCountry { code: code.to_owned(), name: name.to_owned(), ..Default::default() };
    let bavaria = HolidaySubdivision { code: "DE-BY".to_owned(), name: "Bayern".to_owned() };
    let germany = HolidayCountry { subdivisions: vec![bavaria], ..country("DE", "Germany") };
    HolidayCountries { first_year: 2026, last_year: 2035, countries: vec![germany, country("JP", "Japan")] }
}

fn holidays() -> HolidayList {
    let holiday = |date: &str, name: &str| Holiday { date: date.to_owned(), name: name.to_owned() };
    HolidayList {
        code: "DE-BY".to_owned(),
        name: "Germany, Bayern".to_owned(),
        year: 2026,
        holidays: vec![holiday("2026-01-06", "Epiphany"), holiday("2026-12-25", "Christmas Day")],
    }
}

fn site(identify: IdentifyPolicy) -> Site {
    let category = |by| CategoryOverride { by, matches: "/rechner".to_owned(), category: Category::Pricing };
    Site {
        key: "sitekey".to_owned(),
        name: "Acme".to_owned(),
        origins: vec!["https://www.acme.test".to_owned()],
        base: "/shop".to_owned(),
        demo: false,
        categories: OverrideBy::ALL.iter().map(|by| category(*by)).collect(),
        identify,
        identify_secret: secret(),
        snippet: "<script async src=\"https://k.test/k.js\" data-site=\"sitekey\"></script>".to_owned(),
        snippet_pinned: "<script async src=\"https://k.test/k.js\" integrity=\"sha384-x\"></script>".to_owned(),
        waits_for_consent: false,
        last_signal_at: Some(AT),
        removed_at: None,
    }
}

fn webhook() -> Webhook {
    Webhook {
        id: WebhookId::new([8; 16]),
        url: "https://example.com/hooks/knock".to_owned(),
        events: EventType::ALL.iter().map(|event| Word::from(*event)).collect(),
        sites: vec!["sitekey".to_owned()],
        is_active: false,
        why_stopped: "answered 410".to_owned(),
        signing_secret: secret(),
        created_at: AT,
        waiting: 2,
        parked: 1,
    }
}

fn delivery(number: i64, state: DeliveryState) -> Delivery {
    let events = [EventType::ChatStatusChanged, EventType::ContactScoreChanged, EventType::WebhookTest];
    Delivery {
        number,
        event: events[usize::try_from(number).expect("small") % events.len()].into(),
        at: AT,
        state: state.into(),
        due_at: (state == DeliveryState::Waiting).then_some(AT + Millis::MINUTE),
        attempts: 2,
        answer: "503 Service Unavailable".to_owned(),
        data: json!(status_changed()),
        is_sample: false,
    }
}

fn mail(number: i64, state: DeliveryState) -> Mail {
    Mail {
        number,
        kind: "mail.rep_reply".to_owned(),
        to: "ann@globex.test".to_owned(),
        subject: "Ann wrote".to_owned(),
        text: "Hello!".to_owned(),
        at: AT,
        state: state.into(),
        due_at: None,
        attempts: 1,
        answer: String::new(),
    }
}
