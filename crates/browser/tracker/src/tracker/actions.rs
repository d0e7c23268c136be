//! What a visitor or the page's own script does, as signals.

use crate::host::Host;
use crate::outbox::{Facts, join, number, push_text};
use crate::privacy::{Field, MASK, Meaning, label, meaning, scrub};
use crate::tracker::{Lines, Moment, Tracker, next};
use alloc::string::String;
use knock_intent::is_cta_label;
use knock_model::SignalType;

const TEXT_MAX: usize = 100;
const FIELD_MAX: usize = 60;
const BEGUN_MAX: usize = 50;

impl Tracker {
    pub(crate) fn on_action(&mut self, host: &dyn Host, kind: &str, moment: &Moment<'_>, mut lines: Lines<'_>) {
        // The view it happened on comes first.
        self.settle(host, moment);
        let url = &scrub(moment.url);
        let first = next(&mut lines);
        match kind {
            "click" => {
                self.on_click(host, moment, url, first == "1", lines);
                self.hurry(host);
            }
            "input" => self.on_input(host, moment, url, number(first), next(&mut lines)),
            "submit" => {
                self.on_submit(host, moment, url, first, lines);
                self.hurry(host);
            }
            "track" if !first.is_empty() => {
                let name = label(first, TEXT_MAX);
                let props = join(lines);
                let mut facts = Facts::at(url);
                facts.name = &name;
                facts.props = &props;
                self.record(host, SignalType::Track, moment.at, &facts);
            }
            "identify" => self.identify(host, moment, url, &join(lines)),
            _ => {}
        }
    }

    /// Lines: the name of a call to action behind a `+`, the address of a link, the label.
    fn on_click(&mut self, host: &dyn Host, moment: &Moment<'_>, url: &str, is_masked: bool, mut lines: Lines<'_>) {
        let (cta, href, text) = (next(&mut lines), next(&mut lines), next(&mut lines));
        let text = if is_masked { String::from(MASK) } else { label(text, TEXT_MAX) };
        let is_cta = !cta.is_empty() || is_cta_label(&text);
        let name = label(cta.get(1..).unwrap_or(""), TEXT_MAX);
        let href = scrub(href);
        let mut facts = Facts::at(url);
        facts.text = &text;
        facts.href = &href;
        facts.name = &name;
        self.record(host, if is_cta { SignalType::Cta } else { SignalType::Click }, moment.at, &facts);
    }

    /// The first change in a form counts, once per form and page view.
    fn on_input(&mut self, host: &dyn Host, moment: &Moment<'_>, url: &str, number: i64, form: &str) {
        if !self.begun.contains(&number) && self.begun.len() < BEGUN_MAX {
            self.begun.push(number);
            let form = label(form, TEXT_MAX);
            let mut facts = Facts::at(url);
            facts.form = &form;
            self.record(host, SignalType::FormStart, moment.at, &facts);
        }
    }

    /// Lines: each field as type, name, autocomplete and value, which is empty unless it may be used.
    fn on_submit(&mut self, host: &dyn Host, moment: &Moment<'_>, url: &str, form: &str, lines: Lines<'_>) {
        let (mut fields, mut email, mut name) = (String::new(), "", "");
        for line in lines {
            let mut parts = line.split('\t');
            let mut part = || parts.next().unwrap_or("");
            let field = Field { kind: part(), name: part(), autocomplete: part() };
            let value = part();
            match meaning(&field) {
                Meaning::Nothing => continue,
                Meaning::Email if email.is_empty() => email = value,
                Meaning::Name if name.is_empty() => name = value,
                Meaning::Email | Meaning::Name | Meaning::Other => {}
            }
            push_line(&mut fields, &label(field.name, FIELD_MAX));
        }
        let form = label(form, TEXT_MAX);
        let mut facts = Facts::at(url);
        facts.form = &form;
        facts.fields = &fields;
        self.record(host, SignalType::FormSubmit, moment.at, &facts);
        if email.contains('@') {
            let mut props = String::from("{\"email\":");
            push_text(&mut props, email);
            if !name.is_empty() {
                props.push_str(",\"name\":");
                push_text(&mut props, &label(name, TEXT_MAX));
            }
            props.push('}');
            self.identify(host, moment, url, &props);
        }
    }

    fn identify(&mut self, host: &dyn Host, moment: &Moment<'_>, url: &str, props: &str) {
        if !props.is_empty() {
            self.record(host, SignalType::Identify, moment.at, &Facts { props, ..Facts::at(url) });
        }
    }
}

/// Adds a line that is not there yet; the radio buttons of a choice have one name.
fn push_line(lines: &mut String, line: &str) {
    if line.is_empty() || lines.split('\n').any(|known| known == line) {
        return;
    }
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines.push_str(line);
}
