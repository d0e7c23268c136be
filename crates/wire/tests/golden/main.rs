//! Every public shape against its golden file in `tests/wire`: today's types write it exactly so, and read it back.

mod answers;
mod asks;
mod browser;
mod calendars;
mod chats;
mod crm;
mod events;
#[path = "../../../../tests/wire/golden.rs"]
mod golden;
mod home;
mod knowledge;
mod links;
mod looks;
mod made;
mod meetings;
mod notifications;
mod playbooks;
mod records;
mod reports;
mod routing;
mod rules;
mod settings;
mod shown;
mod slack;
mod team;
mod unknown;
mod visitor_chats;
mod visits;
mod warehouse;
mod workflows;

use golden::{Golden, expect_none, folder, same};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// A shape with its golden file.
struct Shape {
    golden: Golden,
    /// Reads the file with today's type and writes it again.
    reread: fn(&str) -> serde_json::Result<String>,
    /// The same as a browser reads it, if one does; none for a text of another shape.
    reread_in_browser: Option<fn(&str) -> Option<String>>,
}

impl Shape {
    fn of<T: Serialize + DeserializeOwned>(name: impl Into<String>, value: &T) -> Shape {
        Shape {
            golden: Golden::of(name, value),
            reread: |text| serde_json::to_string(&serde_json::from_str::<T>(text)?),
            reread_in_browser: Some(|text| serde_json::to_string(&knock_json::parse_with_fractions::<T>(text)?).ok()),
        }
    }

    /// Browsers send it only: their reader does not tell `null` from what is missing.
    fn never_read_in_browser(self) -> Shape {
        Shape { reread_in_browser: None, ..self }
    }

    fn check_reread(&self) -> Result<(), String> {
        let text = self.golden.text()?;
        let again = (self.reread)(&text).map_err(|error| format!("tests/wire/{}.json: {error}", self.golden.name))?;
        same(&self.golden.name, &text, &again)
    }
}

fn shapes() -> Vec<Shape> {
    let mut shapes = asks::shapes();
    shapes.extend(answers::shapes());
    shapes.extend(records::shapes());
    shapes.extend(reports::shapes());
    shapes.extend(chats::shapes());
    shapes.extend(routing::shapes());
    shapes.extend(rules::shapes());
    shapes.extend(links::shapes());
    shapes.extend(looks::shapes());
    shapes.extend(settings::shapes());
    shapes.extend(events::shapes());
    shapes.extend(team::shapes());
    shapes.extend(knowledge::shapes());
    shapes.extend(playbooks::shapes());
    shapes.extend(notifications::shapes());
    shapes.extend(home::shapes());
    shapes.extend(meetings::shapes());
    shapes.extend(calendars::shapes());
    shapes.extend(crm::shapes());
    shapes.extend(slack::shapes());
    shapes.extend(visits::shapes());
    shapes.extend(visitor_chats::shapes());
    shapes.extend(warehouse::shapes());
    shapes.extend(workflows::shapes());
    shapes
}

#[test]
fn todays_types_write_exactly_the_golden_files() {
    expect_none(shapes().iter().filter_map(|shape| shape.golden.check().err()).collect());
}

#[test]
fn a_golden_file_is_read_and_written_again_as_it_is() {
    expect_none(shapes().iter().filter_map(|shape| shape.check_reread().err()).collect());
}

#[test]
fn every_golden_file_belongs_to_a_shape() {
    let shapes = shapes();
    let names: BTreeSet<&str> = shapes.iter().map(|shape| shape.golden.name.as_str()).collect();
    assert_eq!(names.len(), shapes.len(), "two shapes have one name");
    let files = std::fs::read_dir(folder()).expect("a folder").map(|file| file.expect("a file").path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let stray: Vec<String> = files
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| !names.contains(name.as_str()))
        .collect();
    assert!(stray.is_empty(), "no shape has {stray:?}");
}
