//! Looks of sites: kept whole, with one picture of each kind under an id of its own.

use knock_model::look::LookPicture;
use knock_model::{Millis, PictureId, SiteId};
use knock_ports::{Ledger, LookImage, Store, StoreError, View};
use knock_store::Scratch;
use knock_wire::{Look, Teaser};
use std::sync::Arc;

const SHOP: SiteId = SiteId(1);
const DOCS: SiteId = SiteId(2);

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn read<T>(store: &Arc<dyn Store>, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let read = store.read(&mut |view| {
        found = Some(work(view)?);
        Ok(())
    });
    read.expect("it is read");
    found.expect("it was read")
}

#[test]
fn a_look_is_read_as_it_was_saved_and_another_site_has_the_default() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let text = [("en".to_owned(), "Hi \u{1f44b} \"you\"".to_owned())].into();
    let look = Look {
        colour: "#ff7a00".into(),
        teaser: Some(Teaser { text, pages: vec!["/pricing".into()], delay_s: 9 }),
        languages: vec!["de".into()],
        ..Look::default()
    };
    write(&store, |ledger| ledger.save_look(SHOP, &Look { colour: "#000000".into(), ..Look::default() }, Millis(1)));
    write(&store, |ledger| ledger.save_look(SHOP, &look, Millis(2)));
    assert_eq!(read(&store, |view| view.look(SHOP)), look);
    assert_eq!(read(&store, |view| view.look(DOCS)), Look::default());
    assert_eq!(read(&store, |view| view.looks()), [(SHOP, look)]);
}

#[test]
fn a_picture_replaces_the_one_of_its_kind_and_stays_when_the_look_is_saved() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let image = |content: &[u8]| LookImage { content_type: "image/png".into(), content: content.to_vec() };
    let (first, second, icon) = (PictureId::new([1; 16]), PictureId::new([2; 16]), PictureId::new([3; 16]));
    let sets = |kind, id: PictureId, content: &'static [u8]| {
        write(&store, |ledger| ledger.save_look_picture(SHOP, kind, Some((id, &image(content))), Millis(1)));
    };
    sets(LookPicture::Logo, first, b"first");
    sets(LookPicture::Icon, icon, b"icon");
    sets(LookPicture::Logo, second, b"second");
    write(&store, |ledger| ledger.save_look(SHOP, &Look { logo: "elsewhere".into(), ..Look::default() }, Millis(2)));
    let look = read(&store, |view| view.look(SHOP));
    assert_eq!(look.logo, format!("/v1/look/pictures/{second}"));
    assert_eq!(look.icon_picture, format!("/v1/look/pictures/{icon}"));
    let picture = |id| read(&store, |view| view.look_picture(id)).map(|image| image.content);
    assert_eq!([first, second, icon].map(picture), [None, Some(b"second".to_vec()), Some(b"icon".to_vec())]);
    write(&store, |ledger| ledger.save_look_picture(SHOP, LookPicture::Logo, None, Millis(3)));
    assert_eq!((read(&store, |view| view.look(SHOP)).logo.as_str(), picture(second)), ("", None));
}
