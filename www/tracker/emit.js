// What the page may listen to: `knock:ready`, `knock:intent`, `knock:signal`, `knock:sent` on the document.

export const emit = (name, detail) => {
  document.dispatchEvent(new CustomEvent('knock:' + name, { detail }));
};
