// Form starts, submissions and abandonments. A chunk of its own for pages with forms. It imports nothing: `capture.js`
// passes what it needs to `create`, so that no shared file has to be loaded.

/** The purpose of a field: `email`, `name` or `other`; nothing for controls that are not filled in. */
const purpose = ({ type, localName, autocomplete }, name) => {
  // A custom element may have no type.
  type ||= localName?.includes('-') && 'text';
  const isText = type == 'text';
  if (!type || /^(submit|button|reset|image|hidden|fieldset|output)$/.test(type)) return;
  if (type == 'email' || (isText && (/\bemail\b/.test(autocomplete) || /^mail$|e[-_]?mail/i.test(name)))) return 'email';
  if (isText && (/(^| )name( |$)/.test(autocomplete) || /^((full|your)[-_]?)?name$/i.test(name))) return 'name';
  return 'other';
};

/** The module distinguishes this many forms of a page view (`forms.rs`). */
const NUMBERS = 32;

export const create = (nameOf, label, line, call, settings, IGNORED, HIDDEN) => {
  /** Numbers of forms by element, in order of appearance; the 33rd has that of the first. */
  const numbers = new WeakMap();
  let count = 0;
  /** Started forms of this page view by number: `{form, fields}`, with the touched fields. */
  let started = {};
  /** Fields that once had the type `password`: pages change it to show the typed text. */
  const secret = new WeakSet();
  const noteTypes = (changes) =>
    changes.forEach(({ target, oldValue }) => /^password$/i.test(oldValue) && secret.add(target));
  const observer = new MutationObserver(noteTypes);
  const observe = (root) => observer.observe(root, { subtree: true, attributeFilter: ['type'], attributeOldValue: true });
  observe(document);

  const rootOf = (node) => call(node, 'getRootNode') || document;

  /** `submit` does not leave a shadow tree: another event does, as for forms that a script submits (`watch.js`). */
  const passOn = ({ target }) => call(target, 'dispatchEvent', new Event('knock:submit', { bubbles: true, composed: true }));

  const numberOf = (form) => {
    if (!numbers.has(form)) {
      numbers.set(form, (count = (count + 1) % NUMBERS));
      const root = rootOf(form);
      // The observer of the document does not see shadow trees.
      observe(root);
      // A second time is none.
      root == document || root.addEventListener('submit', passOn, true);
    }
    return numbers.get(form);
  };

  const fieldName = (field) => line(field.name) || line(call(field, 'getAttribute', 'name')) || line(field.id);

  /** A list that JSON writes as a list, also where the page has defined `Array.prototype.toJSON`. */
  const plain = (list) => Object.assign(list, { toJSON: 0 });

  /** The fields of a form, also where one is named `elements`, and custom elements with a name. */
  const fieldsOf = (form) => [
    ...new Set([...Reflect.get(HTMLFormElement.prototype, 'elements', form), ...call(form, 'querySelectorAll', '[name]')]),
  ];

  /**
   * Records the first change of a form in a page view as its start, and all touched fields for an abandonment. The field
   * is the element in the form's own tree: the changed one may lie in its shadow tree.
   */
  const input = (path, isHidden, around) => {
    const form = Object(path[0].form) == path[0].form ? path[0].form : around;
    if (!form) return;
    const number = numberOf(form);
    const isFirst = !started[number];
    const { fields } = (started[number] ||= { form: nameOf(form), fields: plain([]) });
    const field = path.find((node) => rootOf(node) == rootOf(form));
    const name = label(fieldName(field), 60);
    if (name && fields.length < 100 && !fields.includes(name)) fields.push(name);
    return isFirst && { type: 'form_start', form: started[number].form, number };
  };

  const submit = ([form], isHidden) => {
    const names = [];
    const who = {};
    const number = numberOf(form);
    noteTypes(observer.takeRecords());
    for (const field of fieldsOf(form).slice(0, 100)) {
      const name = fieldName(field);
      const what = !call(field, 'closest', IGNORED) && purpose(field, name);
      if (!what) continue;
      names.push(label(name, 60));
      const isOpen = settings.mayIdentify && !isHidden && !secret.has(field) && !call(field, 'closest', HIDDEN);
      if (what != 'other' && isOpen) who[what] ||= line(field.value).slice(0, 200);
    }
    return {
      type: 'form_submit',
      form: nameOf(form),
      // Radio buttons of one group share a name.
      fields: plain([...new Set(names)].filter(Boolean)),
      number,
      who: /@/.test(who.email) && who,
    };
  };

  return {
    input,
    change: input,
    submit,
    /** The facts of an abandoned form, by its number. */
    abandoned: (number) => ({ type: 'form_abandon', ...started[number] }),
    /** Ends the page view. */
    end() {
      started = {};
    },
  };
};
