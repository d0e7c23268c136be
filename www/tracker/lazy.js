// Loads chunks of the tracker that only some pages need.

/** Imports a chunk by its file name (`./forms.js`). Not a constant, so that the bundler does not inline it. */
export const importChunk = (file) => import(file);
