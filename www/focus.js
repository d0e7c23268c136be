/*
 * Keeps the focus of the chat from pages that hold it, such as an open dialog of a component library. Part of the launcher.
 *
 *   keepFocus(element, signal)
 *
 * Such pages listen for focus that goes elsewhere, and take it back. Events of the element are heard inside of it alone, and
 * those of the page's own fields do not name it, as when the focus goes to another window. A click that the page has kept
 * from the element is repeated inside.
 */
const KINDS = ['focusin', 'focusout', 'focus', 'blur'];
const FOCUSABLE = 'button,input,textarea,select,a,[tabindex]';

export const keepFocus = (element, signal) => {
  const hide = (event) => {
    const { type, bubbles, relatedTarget } = event;
    if (event.target == element) {
      const [inner] = event.composedPath();
      event.stopImmediatePropagation();
      // Not composed: it ends at the shadow root.
      inner.dispatchEvent(new FocusEvent(type, { bubbles, relatedTarget }));
    } else if (relatedTarget == element) {
      Object.defineProperty(event, 'relatedTarget', { value: null });
    }
  };
  let arrived;
  const repeat = (event) => {
    if (event.target != element) return;
    const [inner] = event.composedPath();
    // After the page's own listeners.
    setTimeout(() => {
      if (arrived == event || !event.defaultPrevented) return;
      inner.closest(FOCUSABLE)?.focus();
      inner.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    });
  };
  const options = { signal, capture: true };
  KINDS.forEach((kind) => addEventListener(kind, hide, options));
  element.shadowRoot.addEventListener('click', (event) => (arrived = event), options);
  addEventListener('click', repeat, options);
};
