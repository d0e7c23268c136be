//! The mapping of fields to CRM properties, and its type check.

use crate::{Field, Property, PropertyType};
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Fields and the names of the properties they are written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Mapping(BTreeMap<Field, String>);

/// A field that a mapping leaves unwritten, for the person who made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// One of `Meeting Time` and `Meeting Owner` is mapped: neither is written (MS-11).
    HalfMeeting,
    /// Meetings are mapped, `Cancelled By` is not: who cancelled is not in the CRM (MS-12).
    NoCanceller,
}

impl Warning {
    /// The sentence for a person.
    pub const fn as_str(self) -> &'static str {
        match self {
            Warning::HalfMeeting => {
                "Meeting Time and Meeting Owner are written only when both are mapped: map the other one too."
            }
            Warning::NoCanceller => {
                "Without Cancelled By the CRM does not say whether the rep or the lead cancelled a meeting."
            }
        }
    }
}

impl Mapping {
    /// A mapping to these properties.
    ///
    /// # Errors
    /// The field and the sentence for a person, where two fields have one property.
    pub fn new(fields: impl IntoIterator<Item = (Field, String)>) -> Result<Mapping, (Field, String)> {
        let mut mapping = Mapping::default();
        for (field, property) in fields {
            if let Some((other, _)) = mapping.0.iter().find(|(other, name)| **other != field && **name == property) {
                let sentence = format!("`{property}` has {} already: choose another property.", other.as_str());
                return Err((field, sentence));
            }
            mapping.0.insert(field, property);
        }
        Ok(mapping)
    }

    /// The property of a field; none where it is not mapped.
    pub fn property(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// The fields that are written, with their properties: the meeting's time and owner only together (MS-11).
    pub fn written(&self) -> impl Iterator<Item = (Field, &str)> {
        let is_whole = self.is_meeting_whole();
        let written = self.0.iter().filter(move |(field, _)| is_whole || !PAIR.contains(field));
        written.map(|(field, property)| (*field, property.as_str()))
    }

    /// The fields that it leaves unwritten.
    pub fn warnings(&self) -> Vec<Warning> {
        let has = |field: Field| self.0.contains_key(&field);
        let mut warnings = Vec::new();
        if PAIR.into_iter().any(has) && !self.is_meeting_whole() {
            warnings.push(Warning::HalfMeeting);
        }
        if has(Field::MeetingStatus) && !has(Field::CancelledBy) {
            warnings.push(Warning::NoCanceller);
        }
        warnings
    }

    /// Every field with why its property cannot have it, as the CRM lists its properties.
    pub fn check(&self, properties: &[Property]) -> Vec<(Field, String)> {
        let checked = self.0.iter().filter_map(|(field, name)| {
            let property = properties.iter().find(|property| property.name == *name);
            let missing = || format!("The CRM has no property `{name}`: create it there, or choose another one.");
            let fits = property.map_or_else(|| Err(missing()), |property| fits(*field, property));
            fits.err().map(|sentence| (*field, sentence))
        });
        checked.collect()
    }

    fn is_meeting_whole(&self) -> bool {
        PAIR.iter().all(|field| self.0.contains_key(field))
    }
}

const PAIR: [Field; 2] = [Field::MeetingTime, Field::MeetingOwner];

/// Whether a property can have a field.
fn fits(field: Field, property: &Property) -> Result<(), String> {
    let name = if property.label.is_empty() { &property.name } else { &property.label };
    if property.is_read_only {
        return Err(format!("{name} can be written by the CRM alone: choose a property that others may write."));
    }
    let is_fit = match (field.value_type(), property.value_type) {
        (_, PropertyType::Text)
        | (PropertyType::Number, PropertyType::Number)
        | (PropertyType::Instant, PropertyType::Instant | PropertyType::Date) => true,
        (PropertyType::Choice, PropertyType::Choice | PropertyType::Choices) => {
            return has_options(field, name, property);
        }
        _ => false,
    };
    let wanted = || match field.value_type() {
        PropertyType::Instant => "of dates with a time, of dates or of texts".to_owned(),
        PropertyType::Number => "of numbers or of texts".to_owned(),
        PropertyType::Choice => "with the same options, or one of texts".to_owned(),
        _ => "of texts".to_owned(),
    };
    let found = property.value_type.as_str();
    let sentence = || format!("{name} has the type {found}: {} needs a property {}.", field.as_str(), wanted());
    if is_fit { Ok(()) } else { Err(sentence()) }
}

fn has_options(field: Field, name: &str, property: &Property) -> Result<(), String> {
    let missing: Vec<&str> = field.options().into_iter().filter(|option| property.choice(option).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(", ");
    Err(format!("{name} lacks the options {missing}: add them in the CRM, or choose a property of texts."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Choice, Prefix};

    fn property(value_type: PropertyType) -> Property {
        Property { name: "p".into(), label: "P".into(), value_type, options: Vec::new(), is_read_only: false }
    }

    fn check(field: Field, property: Property, expected: Result<(), &str>) {
        let mapping = Mapping::new([(field, property.name.clone())]).expect("a mapping");
        let found = mapping.check(&[property]).pop().map_or(Ok(()), |(_, sentence)| Err(sentence));
        assert_eq!(found, expected.map_err(str::to_owned));
    }

    #[test]
    fn standard_properties_take_their_own_fields() {
        for field in Field::ALL {
            check(*field, field.property(&Prefix::default()), Ok(()));
        }
    }

    #[test]
    fn types_are_checked_with_a_sentence_that_helps() {
        for field in Field::ALL {
            check(*field, property(PropertyType::Text), Ok(()));
        }
        check(Field::MeetingTime, property(PropertyType::Date), Ok(()));
        check(Field::ChatStatus, property(PropertyType::Choice), Ok(()));
        check(
            Field::MeetingTime,
            property(PropertyType::Number),
            Err("P has the type number: Meeting Time needs a property of dates with a time, of dates or of texts."),
        );
        check(
            Field::ChatOwner,
            property(PropertyType::Choice),
            Err("P has the type choice: Chat Owner needs a property of texts."),
        );
        check(
            Field::IntentScore,
            property(PropertyType::Flag),
            Err(
                "P has the type yes or no: Knock: Intent Score needs a property with the same options, or one of texts.",
            ),
        );
        let read_only = Property { is_read_only: true, ..property(PropertyType::Text) };
        let sentence = "P can be written by the CRM alone: choose a property that others may write.";
        check(Field::ChatOwner, read_only, Err(sentence));
    }

    #[test]
    fn options_may_have_other_values_and_are_named_where_they_lack() {
        let option = |value: &str, label: &str| Choice { value: value.into(), label: label.into() };
        let mut scored = property(PropertyType::Choice);
        scored.options = alloc::vec![option("1", "Low"), option("Medium", "Mittel"), option("3", "High")];
        check(Field::IntentScore, scored.clone(), Ok(()));
        assert_eq!(scored.choice("Low"), Some("1"));
        scored.options.pop();
        let sentence = "P lacks the options High: add them in the CRM, or choose a property of texts.";
        check(Field::IntentScore, scored, Err(sentence));
    }

    #[test]
    fn a_property_that_is_missing_or_taken_is_named() {
        let mapping = Mapping::new([(Field::ChatOwner, "gone".to_owned())]).expect("a mapping");
        let sentence = "The CRM has no property `gone`: create it there, or choose another one.";
        assert_eq!(mapping.check(&[]), [(Field::ChatOwner, sentence.to_owned())]);
        let twice = [(Field::ChatStatus, "p".to_owned()), (Field::ChatOwner, "p".to_owned())];
        let sentence = "`p` has Chat Status already: choose another property.";
        assert_eq!(Mapping::new(twice), Err((Field::ChatOwner, sentence.to_owned())));
    }

    #[test]
    fn time_and_owner_of_a_meeting_are_written_together_or_not_at_all() {
        let names = |fields: &[Field]| {
            let mapping =
                Mapping::new(fields.iter().map(|field| (*field, field.as_str().to_owned()))).expect("a mapping");
            let written: Vec<Field> = mapping.written().map(|(field, _)| field).collect();
            (written, mapping.warnings())
        };
        let (time, owner) = (Field::MeetingTime, Field::MeetingOwner);
        assert_eq!(names(&[time]), (Vec::new(), alloc::vec![Warning::HalfMeeting]));
        assert_eq!(names(&[owner]), (Vec::new(), alloc::vec![Warning::HalfMeeting]));
        assert_eq!(names(&[time, owner]), (alloc::vec![time, owner], Vec::new()));
        let status = Field::MeetingStatus;
        assert_eq!(names(&[status]), (alloc::vec![status], alloc::vec![Warning::NoCanceller]));
        assert_eq!(names(&[status, Field::CancelledBy]).1, []);
    }
}
