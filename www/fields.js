/*
 * What has the focus in the page.
 *
 *   isWriting()   whether a field of the page has it
 *   isInForm()    whether a field or anything of a form has it, or a frame, which may hold one
 */
const FIELDS = 'input, textarea, select, [contenteditable]';

/** The focused element of the page, also in its open shadow trees. */
export const focused = (tree = document) => {
  const inner = tree.activeElement;
  return inner?.shadowRoot?.activeElement ? focused(inner.shadowRoot) : inner;
};

export const isWriting = () => !!focused()?.matches(FIELDS);

export const isInForm = () => isWriting() || !!focused()?.closest('form, iframe');
