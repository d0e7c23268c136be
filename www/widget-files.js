/** The address of a file beside the launcher. */
export const fileAt = (name) => new URL('./' + name, import.meta.url).href;

/** The files of the widget, loaded once for all launchers, and again after a failure. */
let files;
export const loadFiles = () =>
  (files ??= Promise.all([
    import(fileAt('widget.js')),
    fetch(fileAt('widget.css'), { credentials: 'omit' }),
    fetch(fileAt('widget.wasm'), { credentials: 'omit' }),
  ])
    .then(async ([module, css, wasm]) => {
      if (!css.ok || !wasm.ok) throw new Error('not served');
      await module.default({ module_or_path: wasm });
      return { Widget: module.Widget, css: await css.text() };
    })
    .catch((error) => {
      files = undefined;
      throw error;
    }));
