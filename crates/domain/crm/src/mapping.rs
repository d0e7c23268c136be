//! The mapping of fields to CRM properties, and its type check.

use crate::{Field, Property, PropertyType};
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

    /// Whether no field is mapped.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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

/// The reason for which a property can have no value of a field at all: it identifies a record, has owners, is written by
/// the CRM alone, or has another type. Written there, the CRM would refuse every write of every lead.
pub fn trap(field: Field, property: &Property) -> Option<String> {
    takes(field, property).err()
}

/// Whether a property can have every value of a field.
fn fits(field: Field, property: &Property) -> Result<(), String> {
    takes(field, property)?;
    if property.is_choice() { has_options(field, property) } else { Ok(()) }
}

/// Whether a property can have values of a field, whatever its options are.
fn takes(field: Field, property: &Property) -> Result<(), String> {
    let name = shown(property);
    if property.is_read_only {
        return Err(format!("{name} can be written by the CRM alone: choose a property that others may write."));
    }
    if property.is_identifier {
        return Err(format!(
            "{name} identifies a record, so that {} would replace it: choose another property.",
            field.as_str()
        ));
    }
    let is_fit = match (field.value_type(), property.value_type) {
        (_, PropertyType::Text)
        | (PropertyType::Number, PropertyType::Number)
        | (PropertyType::Instant, PropertyType::Instant | PropertyType::Date)
        | (PropertyType::Choice, PropertyType::Choice | PropertyType::Choices) => true,
        (_, PropertyType::Owner) => field.is_person(),
        _ => false,
    };
    let wanted = || match field.value_type() {
        PropertyType::Instant => "of dates with a time, of dates or of texts",
        PropertyType::Number => "of numbers or of texts",
        PropertyType::Choice => "with the same options, or one of texts",
        _ if field.is_person() => "of owners or of texts",
        _ => "of texts",
    };
    let found = property.value_type.as_str();
    let sentence = || format!("{name} has the type {found}: {} needs a property {}.", field.as_str(), wanted());
    if is_fit { Ok(()) } else { Err(sentence()) }
}

fn shown(property: &Property) -> &str {
    if property.label.is_empty() { &property.name } else { &property.label }
}

/// Whether a choice has every value of a field among its options; one without options takes none.
fn has_options(field: Field, property: &Property) -> Result<(), String> {
    let has = |option: &&str| !property.options.is_empty() && property.choice(option).is_some();
    let missing: Vec<&str> = field.options().into_iter().filter(|option| !has(option)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let (name, missing) = (shown(property), missing.join(", "));
    Err(format!("{name} lacks the options {missing}: add them in the CRM, or choose a property of texts."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Choice, Prefix};
    use alloc::borrow::ToOwned;

    fn property(value_type: PropertyType) -> Property {
        Property {
            name: "p".into(),
            label: "P".into(),
            value_type,
            options: Vec::new(),
            is_read_only: false,
            is_identifier: false,
        }
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
    fn an_identifier_takes_no_field_at_all() {
        for field in Field::ALL {
            for value_type in [PropertyType::Text, PropertyType::Number, PropertyType::Owner] {
                let email = Property { is_identifier: true, ..property(value_type) };
                let sentence = format!(
                    "P identifies a record, so that {} would replace it: choose another property.",
                    field.as_str()
                );
                check(*field, email, Err(&sentence));
            }
        }
    }

    #[test]
    fn a_property_of_owners_takes_persons_alone() {
        for field in Field::ALL {
            let mapping = Mapping::new([(*field, "p".to_owned())]).expect("a mapping");
            let found = mapping.check(&[property(PropertyType::Owner)]);
            assert_eq!(found.is_empty(), field.is_person(), "{field:?}: {found:?}");
        }
        let sentence = "P has the type owner: Chat Owner needs a property of texts.";
        check(Field::ChatOwner, property(PropertyType::Owner), Err(sentence));
        let sentence = "P has the type number: Knock: Rep Owner needs a property of owners or of texts.";
        check(Field::RepOwner, property(PropertyType::Number), Err(sentence));
    }

    #[test]
    fn a_trap_is_what_takes_no_value_and_no_missing_option_is_one() {
        let trapped = |field: Field, property: Property| trap(field, &property).is_some();
        let status = Field::ChatStatus;
        for kind in
            [PropertyType::Number, PropertyType::Date, PropertyType::Flag, PropertyType::Owner, PropertyType::Other]
        {
            assert!(trapped(status, property(kind)), "{kind:?}");
        }
        assert!(trapped(status, Property { is_identifier: true, ..property(PropertyType::Text) }));
        assert!(trapped(status, Property { is_read_only: true, ..property(PropertyType::Text) }));
        assert!(!trapped(status, property(PropertyType::Text)) && !trapped(status, property(PropertyType::Choice)));
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
        let sentence = "P lacks the options Low, Medium, High: add them in the CRM, or choose a property of texts.";
        check(Field::IntentScore, property(PropertyType::Choice), Err(sentence));
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
