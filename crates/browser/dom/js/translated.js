// Texts on a page that a browser translates. A translator puts an element with its words in the place of a text node; the
// framework holds the node, changes or removes it, or inserts something before it, which would have no effect on the page.

/** The elements that translators make; no page of ours has them. */
const TRANSLATION = /^(font|ya-tr-span)$/i;

/** What the framework uses of a text node. */
const USED = ['nodeValue', 'parentNode', 'nextSibling'];

/** Puts a text back in the place of its translation at the next use of it. The translator then finds the new text. */
const keep = (text, translation) => {
  const back = () => {
    for (const name of [...USED, 'remove']) delete text[name];
    // The translator has put it back already when the reader wants the original.
    if (!text.parentNode) translation.replaceWith(text);
  };
  for (const name of USED) {
    const get = () => {
      back();
      return text[name];
    };
    const set = (value) => {
      back();
      text[name] = value;
    };
    Object.defineProperty(text, name, { get, set, configurable: true });
  }
  text.remove = () => {
    back();
    text.remove();
  };
};

export const keepTexts = (root) => {
  const known = new WeakSet();
  const isNew = (node) => node && TRANSLATION.test(node.nodeName) && !known.has(node);
  const look = (changes) => {
    for (const { addedNodes, removedNodes, previousSibling, nextSibling } of changes) {
      for (const text of removedNodes) {
        if (text.nodeType != Node.TEXT_NODE || text.parentNode) continue;
        const translation = [...addedNodes, previousSibling, nextSibling].find(isNew);
        if (!translation) continue;
        known.add(translation);
        keep(text, translation);
      }
    }
  };
  new MutationObserver(look).observe(root, { childList: true, subtree: true });
};
