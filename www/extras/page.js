// Elements of the cards beside the chat, and their style sheet.

/** An element with attributes; a function among them is a listener. */
export const make = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const key in attributes) {
    const value = attributes[key];
    if (typeof value == 'function') element.addEventListener(key, value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child));
  return element;
};

/** A button; `kind` is `main`, `quiet` or `link`. */
export const button = (kind, text, click) => {
  const type = kind == 'main' && !click ? 'submit' : 'button';
  return make('button', { class: 'extras-button extras-' + kind, type, click }, text);
};

/** A card with a heading, which can take the focus. */
export const card = (title, ...children) => {
  const id = 'knock-extras-title';
  const heading = make('h3', { id, tabindex: '-1' }, title);
  return make('section', { class: 'extras-card', 'aria-labelledby': id }, heading, ...children);
};

let count = 0;

/** A field with its label, hint and error. `input` is an element; returns the whole with `wrong(text, ...more)`. */
export const field = (label, input, hint) => {
  const id = 'knock-extras-' + ++count;
  const error = make('p', { class: 'extras-wrong', id: id + '-wrong' });
  input.id = id;
  input.classList.add('extras-input');
  const name = make('label', { for: id }, label, hint ? ` (${hint})` : '');
  const element = make('div', { class: 'extras-field' }, name, input, error);
  element.wrong = (...parts) => {
    error.replaceChildren(...parts.filter(Boolean));
    for (const [name, value] of [['aria-invalid', 'true'], ['aria-describedby', error.id]]) {
      if (parts[0]) input.setAttribute(name, value);
      else input.removeAttribute(name);
    }
  };
  input.addEventListener('input', () => element.wrong());
  element.input = input;
  return element;
};

/** The box of the consent; none where the site asks none. */
export const consent = ({ look }) => {
  if (!look.consent) return;
  const box = make('input', { type: 'checkbox' });
  const id = 'knock-extras-' + ++count;
  const error = make('p', { class: 'extras-wrong', id });
  const line = make('label', { class: 'extras-check' }, box, make('span', { dir: 'auto' }, look.consent));
  const element = make('div', { class: 'extras-field' }, line, error);
  element.input = box;
  element.wrong = (text) => {
    error.textContent = text || '';
    if (text) box.setAttribute('aria-describedby', id);
    else box.removeAttribute('aria-describedby');
  };
  box.addEventListener('change', () => element.wrong());
  return element;
};

/** Adds the style sheet to the tree of an element, once. */
export const dress = (element, css) => {
  const root = element.getRootNode();
  if (root.knockExtras) return;
  root.knockExtras = true;
  // The launcher's, which knows the scheme of the look.
  if (root.knockAdopt) return root.knockAdopt(css);
  // In a shadow root sizes follow the reader's settings, not the page's root font size.
  const rem = root.host ? parseFloat(getComputedStyle(root.host).fontSize) || 16 : 0;
  const sized = rem ? css.replace(/([\d.]+)rem\b/g, (_, size) => size * rem + 'px') : css;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(sized);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    (root.head ?? root).prepend(make('style', {}, sized));
  }
};
