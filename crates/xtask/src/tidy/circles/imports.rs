//! Paths in a source file, apart from those of tests.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemUse, Macro, UseTree, Visibility};

#[derive(Default)]
pub(super) struct Imports {
    /// Every path, as it is written.
    pub(super) paths: BTreeSet<Vec<String>>,
    /// The re-exports, by their name here.
    pub(super) handed_on: BTreeMap<String, Vec<String>>,
    /// Modules that are there in tests only.
    pub(super) test_modules: BTreeSet<String>,
}

impl Imports {
    pub(super) fn read(text: &str) -> syn::Result<Imports> {
        let mut imports = Imports::default();
        imports.visit_file(&syn::parse_file(text)?);
        Ok(imports)
    }

    fn import(&mut self, tree: &UseTree, before: &[String], is_handed_on: bool) {
        let with = |part: &syn::Ident| before.iter().cloned().chain([part.to_string()]).collect::<Vec<_>>();
        let (path, name) = match tree {
            UseTree::Path(path) => return self.import(&path.tree, &with(&path.ident), is_handed_on),
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.import(tree, before, is_handed_on));
            }
            UseTree::Name(name) if name.ident == "self" => (before.to_vec(), before.last().cloned()),
            UseTree::Name(name) => (with(&name.ident), Some(name.ident.to_string())),
            UseTree::Rename(rename) => (with(&rename.ident), Some(rename.rename.to_string())),
            UseTree::Glob(_) => (before.to_vec(), None),
        };
        if let Some(name) = name.filter(|_| is_handed_on) {
            self.handed_on.insert(name, path.clone());
        }
        self.paths.insert(path);
    }

    /// Scans the tokens of a macro for paths.
    fn scan(&mut self, tokens: TokenStream) {
        let (mut path, mut colons) = (Vec::new(), 0);
        for token in tokens {
            match token {
                TokenTree::Ident(part) if colons == 2 => path.push(part.to_string()),
                TokenTree::Ident(part) => self.paths.extend([std::mem::replace(&mut path, vec![part.to_string()])]),
                TokenTree::Punct(mark) if mark.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => self.scan(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            colons = 0;
        }
        self.paths.insert(path);
    }
}

impl<'a> Visit<'a> for Imports {
    fn visit_item(&mut self, item: &'a Item) {
        if !attributes(item).iter().any(is_for_tests) {
            return visit::visit_item(self, item);
        }
        if let Item::Mod(module) = item {
            self.test_modules.insert(module.ident.to_string());
        }
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        self.import(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        self.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, found: &'a Macro) {
        self.scan(found.tokens.clone());
        visit::visit_macro(self, found);
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
