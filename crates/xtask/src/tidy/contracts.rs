//! Public items of the crates that publish contracts to others have a doc comment; all other documentation is free.

use syn::{Attribute, Ident, ImplItem, Item, ItemImpl, ItemTrait, TraitItem, Type, Visibility};

use super::{File, Finding};

/// The folders of these crates.
const FOLDERS: [&str; 3] = ["crates/wire/", "crates/server/ports/", "crates/domain/"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter(|file| is_of_contracts(&file.name)).flat_map(undocumented).collect()
}

/// Tests and benches are beside `src`.
fn is_of_contracts(name: &str) -> bool {
    FOLDERS.iter().any(|folder| name.starts_with(folder)) && name.contains("/src/") && name.ends_with(".rs")
}

fn undocumented(file: &File) -> Vec<Finding> {
    match syn::parse_file(&file.text) {
        Ok(parsed) => {
            let missing = missing_in(&parsed.items).into_iter();
            missing.map(|name| Finding::new(&file.name, format!("`{name}` is public and has no doc comment"))).collect()
        }
        Err(error) => vec![Finding::new(&file.name, format!("cannot be read: {error}"))],
    }
}

/// The public items without a doc comment. Fields and variants need none.
fn missing_in(items: &[Item]) -> Vec<String> {
    let mut missing = Vec::new();
    for item in items {
        if let Item::Impl(found) = item {
            missing.extend(missing_in_impl(found));
        }
        let Some((visibility, attributes, name)) = declared(item) else { continue };
        if is_for_tests(attributes) {
            continue;
        }
        if is_public(visibility) && !is_documented(attributes) {
            missing.push(name.to_string());
        }
        match item {
            Item::Mod(module) => missing.extend(module.content.iter().flat_map(|(_, items)| missing_in(items))),
            Item::Trait(found) if is_public(visibility) => missing.extend(missing_in_trait(found)),
            _ => {}
        }
    }
    missing
}

/// What an item declares. A module in a file of its own is documented there.
fn declared(item: &Item) -> Option<(&Visibility, &[Attribute], &Ident)> {
    Some(match item {
        Item::Const(item) => (&item.vis, &item.attrs, &item.ident),
        Item::Enum(item) => (&item.vis, &item.attrs, &item.ident),
        Item::Fn(item) => (&item.vis, &item.attrs, &item.sig.ident),
        Item::Mod(item) if item.content.is_some() => (&item.vis, &item.attrs, &item.ident),
        Item::Static(item) => (&item.vis, &item.attrs, &item.ident),
        Item::Struct(item) => (&item.vis, &item.attrs, &item.ident),
        Item::Trait(item) => (&item.vis, &item.attrs, &item.ident),
        Item::Type(item) => (&item.vis, &item.attrs, &item.ident),
        _ => return None,
    })
}

/// Those of an inherent `impl`: a trait's methods are documented by the trait.
fn missing_in_impl(found: &ItemImpl) -> Vec<String> {
    if found.trait_.is_some() || is_for_tests(&found.attrs) {
        return Vec::new();
    }
    let items = found.items.iter().filter_map(|item| match item {
        ImplItem::Const(item) => Some((&item.vis, &item.attrs, &item.ident)),
        ImplItem::Fn(item) => Some((&item.vis, &item.attrs, &item.sig.ident)),
        _ => None,
    });
    items
        .filter(|(visibility, attributes, _)| is_public(visibility) && !is_for_tests(attributes))
        .filter(|(_, attributes, _)| !is_documented(attributes))
        .map(|(_, _, name)| format!("{}::{name}", type_name(&found.self_ty)))
        .collect()
}

fn missing_in_trait(found: &ItemTrait) -> Vec<String> {
    let items = found.items.iter().filter_map(|item| match item {
        TraitItem::Const(item) => Some((&item.attrs, &item.ident)),
        TraitItem::Fn(item) => Some((&item.attrs, &item.sig.ident)),
        TraitItem::Type(item) => Some((&item.attrs, &item.ident)),
        _ => None,
    });
    items
        .filter(|(attributes, _)| !is_for_tests(attributes) && !is_documented(attributes))
        .map(|(_, name)| format!("{}::{name}", found.ident))
        .collect()
}

fn type_name(of: &Type) -> String {
    match of {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        _ => "impl".to_owned(),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_documented(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("doc"))
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn public_items_need_a_doc_comment() {
        let cases: [(&str, &[&str]); 11] = [
            ("pub struct A;", &["A"]),
            ("pub enum A { B }", &["A"]),
            ("pub const A: u8 = 1; pub static B: u8 = 1; pub type C = u8; pub fn d() {}", &["A", "B", "C", "d"]),
            ("/// A.\npub trait A { const B: u8; type C; fn d(); }", &["A::B", "A::C", "A::d"]),
            ("pub trait A { /// B.\n fn b(); }", &["A"]),
            ("impl<'a> m::A<'a> { pub const B: u8 = 1; pub const fn c() {} }", &["A::B", "A::c"]),
            ("pub mod a { pub fn b() {} }", &["a", "b"]),
            ("mod a { pub fn b() {} }", &["b"]),
            ("/// A.\n#[derive(Debug)]\npub struct A { pub b: u8 }", &[]),
            ("/// A.\npub enum A { B { c: u8 } }", &[]),
            ("pub mod a { //! A.\n }\npub mod b;", &[]),
        ];
        for (text, expected) in cases {
            let file = syn::parse_file(text).expect("Rust");
            assert_eq!(missing_in(&file.items), expected, "{text}");
        }
    }

    #[test]
    fn all_other_items_need_none() {
        for text in [
            "struct A; fn b() {} trait C { fn d(); } mod e {}",
            "pub(crate) struct A { b: u8 } pub(super) fn c() {}",
            "impl A { fn b() {} pub(crate) fn c() {} }",
            "impl Display for A { fn fmt() {} }",
            "#[cfg(test)] pub fn a() {} #[cfg(test)] pub mod tests { pub fn b() {} }",
            "#[cfg(test)] impl A { pub fn b() {} } impl C { #[cfg(test)] pub fn d() {} }",
            "pub use a::B;",
        ] {
            let file = syn::parse_file(text).expect("Rust");
            assert_eq!(missing_in(&file.items), [""; 0], "{text}");
        }
    }

    #[test]
    fn only_sources_of_contracts_are_read() {
        for (name, count) in [
            ("crates/wire/src/chat.rs", 1),
            ("crates/server/ports/src/lib.rs", 1),
            ("crates/domain/model/src/a/b.rs", 1),
            ("crates/domain/model/tests/laws.rs", 0),
            ("crates/wire/build.rs", 0),
            ("crates/server/engine/src/lib.rs", 0),
        ] {
            assert_eq!(check(&[file(name, "pub struct A;")]).len(), count, "{name}");
        }
        let found = check(&[file("crates/wire/src/chat.rs", "pub struct")]);
        assert!(found[0].what.starts_with("cannot be read"), "{}", found[0]);
    }
}
