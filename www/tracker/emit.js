// Events for the page, on the document: `knock:ready`, `knock:intent`, `knock:signal`, `knock:sent`.

export const emit = (name, detail) => {
  document.dispatchEvent(new CustomEvent('knock:' + name, { detail }));
};
