//! Files that a person chose, dropped or pasted, and files that the page creates.

use leptos::wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::api::Upload;

#[wasm_bindgen]
extern "C" {
    type Blob;
    #[wasm_bindgen(constructor)]
    fn new(parts: &js_sys::Array) -> Blob;
    #[wasm_bindgen(js_namespace = URL, js_name = createObjectURL)]
    fn object_url(of: &Blob) -> String;

    /// A file that a person chose.
    pub(crate) type File;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn name(this: &File) -> String;
    /// The size in bytes.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn size(this: &File) -> f64;
    #[wasm_bindgen(method, js_name = arrayBuffer, catch)]
    async fn content(this: &File) -> Result<JsValue, JsValue>;

    /// A file input, or the data of a drop.
    type HasFiles;
    #[wasm_bindgen(method, getter)]
    fn files(this: &HasFiles) -> JsValue;
    type Dragged;
    #[wasm_bindgen(method, getter, js_name = dataTransfer)]
    fn data_transfer(this: &Dragged) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = clipboardData)]
    fn clipboard_data(this: &Dragged) -> JsValue;

    /// The data of a drag.
    type Carried;
    #[wasm_bindgen(method, js_name = setData, catch)]
    fn set_data(this: &Carried, kind: &str, text: &str) -> Result<(), JsValue>;

    /// A form that is sent with its files.
    pub(crate) type FormData;
    #[wasm_bindgen(constructor)]
    fn new() -> FormData;
    #[wasm_bindgen(method)]
    fn append(this: &FormData, name: &str, content: &Blob, file_name: &str);
    #[wasm_bindgen(method, js_name = append)]
    fn append_text(this: &FormData, name: &str, text: &str);
}

/// The address of a file with this text, for as long as the page is open.
pub(crate) fn file_of(text: &str) -> String {
    object_url(&Blob::new(&js_sys::Array::of1(&JsValue::from_str(text))))
}

/// A form with a file as its part `file`.
pub(crate) fn form_of(file: &Upload) -> FormData {
    let content = js_sys::Array::of1(&js_sys::Uint8Array::from(file.content.as_slice()));
    let form = FormData::new();
    if !file.id.is_empty() {
        form.append_text("id", &file.id);
    }
    form.append("file", &Blob::new(&content), &file.name);
    form
}

/// The content of a file; none if it cannot be read any more.
pub(crate) async fn content_of(file: &File) -> Option<Vec<u8>> {
    let content = file.content().await.ok()?;
    Some(js_sys::Uint8Array::new(&content).to_vec())
}

/// The files that were chosen in a control.
pub(crate) fn files_of(control: &JsValue) -> Vec<File> {
    let list = control.unchecked_ref::<HasFiles>().files();
    if list.is_falsy() { Vec::new() } else { js_sys::Array::from(&list).iter().map(JsCast::unchecked_into).collect() }
}

pub(crate) fn dragged_files(event: &JsValue) -> Vec<File> {
    let brought = event.unchecked_ref::<Dragged>().data_transfer();
    if brought.is_falsy() { Vec::new() } else { files_of(&brought) }
}

/// Enables the drag that an event starts: some browsers drag nothing without data.
pub(crate) fn begin_drag(event: &JsValue) {
    let carried = event.unchecked_ref::<Dragged>().data_transfer();
    if !carried.is_falsy() {
        // If it fails, the buttons still move the element.
        let _ = carried.unchecked_ref::<Carried>().set_data("text/plain", "");
    }
}

pub(crate) fn pasted_files(event: &JsValue) -> Vec<File> {
    let brought = event.unchecked_ref::<Dragged>().clipboard_data();
    if brought.is_falsy() { Vec::new() } else { files_of(&brought) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_file_is_in_the_form_with_its_name_and_content() {
        let upload = Upload { id: "7".to_owned(), name: "care.md".to_owned(), content: vec![1, 2, 0, 255] };
        let form: JsValue = form_of(&upload).into();
        let get: js_sys::Function = js_sys::Reflect::get(&form, &"get".into()).expect("a form has it").unchecked_into();
        let file: File = get.call1(&form, &"file".into()).expect("it has the part").unchecked_into();
        assert_eq!(get.call1(&form, &"id".into()).expect("it has the part"), JsValue::from("7"));
        assert_eq!((file.name(), file.size()), (upload.name, 4.0));
        assert_eq!(content_of(&file).await, Some(upload.content));
        assert!(files_of(&js_sys::Object::new()).is_empty());
    }
}
