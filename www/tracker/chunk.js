// Files that only some pages need, beside this one.

/** Imports one by its name, as in `./forms.js`. Not written as a constant, so that no bundler takes it in. */
export const chunk = (file) => import(file);
