//! The category of an action, and the rule that gave it.

use knock_intent::{
    Action, CategoryOverride, CategoryRule, OverrideBy, categorise, categorise_channel, categorise_with, is_cta_label,
};
use knock_model::{Category, SignalType};

fn action(kind: SignalType) -> Action<'static> {
    Action { kind, url: "https://acme.test/", base: "", href: "", referrer: "", name: "", label: "", form: "" }
}

fn check(action: Action<'_>, category: Category, rule: CategoryRule) {
    let found = categorise(&action);
    assert_eq!((found.category, found.rule), (category, rule), "{action:?} matched {:?}", found.matched());
}

#[test]
fn the_leftmost_known_segment_of_the_path_decides() {
    let cases = [
        ("https://acme.test/pricing", "", Category::Pricing),
        ("https://acme.test/Pricing/?x=/careers#demo", "", Category::Pricing),
        ("https://acme.test/pricing.html", "", Category::Pricing),
        ("https://acme.test/de/preise", "", Category::Pricing),
        ("https://acme.test/blog/security", "", Category::Blog),
        ("https://acme.test/docs/api/pricing", "", Category::Docs),
        ("https://acme.test/careers/product", "", Category::Job),
        ("https://acme.test/demo/pricing", "/demo", Category::Pricing),
        ("https://acme.test/demo/pricing", "", Category::Demo),
        ("https://acme.test/demos/contact", "/demo", Category::Demo),
        ("https://acme.test/login", "", Category::Login),
        ("http://acme.test:8080/vs", "", Category::Comparison),
    ];
    for (url, base, category) in cases {
        check(Action { url, base, ..action(SignalType::PageView) }, category, CategoryRule::Path);
    }
}

#[test]
fn what_no_list_knows_is_home_or_other() {
    for url in ["https://acme.test/", "https://acme.test/demo", "https://acme.test/pricingx", "", "about:blank"] {
        check(Action { url, base: "/demo", ..action(SignalType::PageView) }, Category::Home, CategoryRule::Rest);
    }
}

#[test]
fn a_review_site_as_referrer_answers_only_when_the_path_does_not() {
    let view = Action { referrer: "https://www.g2.com/products/acme", ..action(SignalType::PageView) };
    check(view, Category::Comparison, CategoryRule::Referrer);
    check(Action { url: "https://acme.test/pricing", ..view }, Category::Pricing, CategoryRule::Path);
    check(Action { referrer: "https://notg2.com/", ..view }, Category::Home, CategoryRule::Rest);
}

#[test]
fn a_call_to_action_is_known_by_its_name_then_its_label_then_its_target() {
    let cta = Action { href: "https://acme.test/docs", label: "Get a quote", ..action(SignalType::Cta) };
    check(Action { name: "Book a demo", ..cta }, Category::Demo, CategoryRule::CtaName);
    check(Action { name: "pricing-hero", ..cta }, Category::Pricing, CategoryRule::CtaName);
    check(Action { name: "hero", ..cta }, Category::Pricing, CategoryRule::CtaLabel);
    check(Action { name: "hero", label: "More", ..cta }, Category::Docs, CategoryRule::LinkPath);
}

#[test]
fn a_click_is_about_where_it_leads_then_about_its_page() {
    let click = Action { url: "https://acme.test/product", ..action(SignalType::Click) };
    check(Action { href: "https://acme.test/pricing", ..click }, Category::Pricing, CategoryRule::LinkPath);
    check(Action { href: "https://acme.test/#more", ..click }, Category::Product, CategoryRule::Path);
    check(Action { href: "https://boards.greenhouse.io/acme", ..click }, Category::Job, CategoryRule::Host);
    check(Action { href: "https://other.test/pricing", ..click }, Category::Product, CategoryRule::Path);
    check(Action { href: "mailto:a@b.co", ..click }, Category::Product, CategoryRule::Path);
}

#[test]
fn a_form_is_known_by_the_words_of_its_name_then_by_its_page() {
    let form = Action { url: "https://acme.test/careers/engineer", ..action(SignalType::FormSubmit) };
    check(Action { form: "contactForm", ..form }, Category::Demo, CategoryRule::Form);
    check(Action { form: "help-ticket", ..form }, Category::Support, CategoryRule::Form);
    check(Action { form: "f1", ..form }, Category::Job, CategoryRule::Path);
}

#[test]
fn labels_that_call_to_action_are_told_from_plain_links() {
    for label in ["Book a demo", "  BOOK\n a  Demo → ", "Jetzt starten", "Réserver une démo", "Get started free"] {
        assert!(is_cta_label(label), "{label}");
    }
    for label in
        ["Pricing", "Read more", "Demo day recap", "", "How we help teams get started with a new process today"]
    {
        assert!(!is_cta_label(label), "{label}");
    }
}

#[test]
fn the_team_s_own_categories_come_first_in_their_order() {
    let own =
        |by: OverrideBy, matches: &str, category: Category| CategoryOverride { by, matches: matches.into(), category };
    let overrides = [
        own(OverrideBy::Path, "/blog/roi", Category::Pricing),
        own(OverrideBy::Path, "/blog", Category::CaseStudy),
        own(OverrideBy::Cta, "Start Now", Category::Demo),
        own(OverrideBy::Form, "lead-7", Category::Demo),
        own(OverrideBy::Channel, "Fair 2026", Category::Comparison),
    ];
    let path = |url: &'static str| Action { url, base: "/shop", ..action(SignalType::PageView) };
    let cases = [
        (path("https://acme.test/shop/Blog/roi/x?y"), Category::Pricing, CategoryRule::Override),
        (path("https://acme.test/shop/blog/"), Category::CaseStudy, CategoryRule::Override),
        (path("https://acme.test/shop/blogs"), Category::Home, CategoryRule::Rest),
        (path("https://acme.test/shop/pricing"), Category::Pricing, CategoryRule::Path),
        (Action { label: " start now", ..action(SignalType::Cta) }, Category::Demo, CategoryRule::Override),
        (Action { form: "LEAD-7", ..action(SignalType::FormSubmit) }, Category::Demo, CategoryRule::Override),
        (action(SignalType::Cta), Category::Home, CategoryRule::Rest),
    ];
    for (action, category, rule) in cases {
        let found = categorise_with(&overrides, &action);
        assert_eq!((found.category, found.rule), (category, rule), "{action:?}");
    }
    let channels = [
        ("fair 2026", Category::Comparison, CategoryRule::Override),
        ("G2", Category::Comparison, CategoryRule::Channel),
        ("capterra.com", Category::Comparison, CategoryRule::Channel),
        ("Greenhouse", Category::Job, CategoryRule::Channel),
        ("LinkedIn Ads", Category::Home, CategoryRule::Rest),
        ("", Category::Home, CategoryRule::Rest),
    ];
    for (channel, category, rule) in channels {
        let found = categorise_channel(&overrides, channel);
        assert_eq!((found.category, found.rule), (category, rule), "{channel}");
    }
}
