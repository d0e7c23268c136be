// Forms: begun, submitted, abandoned. A chunk of its own, asked for when a page has a form; it shares nothing with
// the tracker but what `create` is given by `capture.js`, so that no third file is needed.

/** What a field is for, as far as anybody may know; nothing for what the visitor does not fill in. */
const meaning = ({ type, localName, autocomplete }, name) => {
  // A component's may say nothing.
  type ||= localName?.includes('-') && 'text';
  const isText = type == 'text';
  if (!type || /^(submit|button|reset|image|hidden|fieldset|output)$/.test(type)) return;
  if (type == 'email' || (isText && (/\bemail\b/.test(autocomplete) || /^mail$|e[-_]?mail/i.test(name)))) return 'email';
  if (isText && (/(^| )name( |$)/.test(autocomplete) || /^((full|your)[-_]?)?name$/i.test(name))) return 'name';
  return 'other';
};

/** The module knows so many forms of a page view apart (`forms.rs`). */
const NUMBERS = 32;

export const create = (nameOf, label, line, on, settings, IGNORED, HIDDEN) => {
  /** Forms by element, numbered as they are met, the 33rd like the first. */
  const numbers = new WeakMap();
  let count = 0;
  /** Those of this page view that were begun, by number: `{form, fields}`, fields those that were touched. */
  let begun = {};
  /** Fields that were for a password once: pages show what was typed by giving them another type. */
  const secret = new WeakSet();
  const notice = (changes) =>
    changes.forEach(({ target, oldValue }) => /^password$/i.test(oldValue) && secret.add(target));
  const observer = new MutationObserver(notice);
  const look = (root) => observer.observe(root, { subtree: true, attributeFilter: ['type'], attributeOldValue: true });
  look(document);

  const rootOf = (node) => on(node, 'getRootNode');

  const numberOf = (form) => {
    if (!numbers.has(form)) {
      numbers.set(form, (count = (count + 1) % NUMBERS));
      // A tree of its own is seen by nobody from outside.
      look(rootOf(form));
    }
    return numbers.get(form);
  };

  const fieldName = (field) => line(field.name) || line(on(field, 'getAttribute', 'name')) || line(field.id);

  /** A list that is written as one, also where the page has taught lists to write themselves. */
  const plain = (list) => Object.assign(list, { toJSON: 0 });

  /** A form's fields, whatever these are named, and components with a name, which may be none. */
  const fieldsOf = (form) => [
    ...new Set([...Reflect.get(HTMLFormElement.prototype, 'elements', form), ...on(form, 'querySelectorAll', '[name]')]),
  ];

  /**
   * The first change in a form on a page view says something; the others are kept for the case that it is abandoned.
   * The field is the one that stands in the form's own tree: what was changed may lie in its shadow.
   */
  const input = (path, isHidden, around) => {
    const form = Object(path[0].form) == path[0].form ? path[0].form : around;
    if (!form) return;
    const number = numberOf(form);
    const isFirst = !begun[number];
    const { fields } = (begun[number] ||= { form: nameOf(form), fields: plain([]) });
    const field = path.find((node) => rootOf(node) == rootOf(form));
    const name = label(fieldName(field), 60);
    if (name && fields.length < 100 && !fields.includes(name)) fields.push(name);
    return isFirst && { type: 'form_start', form: begun[number].form, number };
  };

  const submit = ([form], isHidden) => {
    const names = [];
    const who = {};
    const number = numberOf(form);
    notice(observer.takeRecords());
    for (const field of fieldsOf(form).slice(0, 100)) {
      const name = fieldName(field);
      const what = !on(field, 'closest', IGNORED) && meaning(field, name);
      if (!what) continue;
      names.push(label(name, 60));
      const isOpen = settings.mayIdentify && !isHidden && !secret.has(field) && !on(field, 'closest', HIDDEN);
      if (what != 'other' && isOpen) who[what] ||= line(field.value).slice(0, 200);
    }
    return {
      type: 'form_submit',
      form: nameOf(form),
      // The radio buttons of a choice have one name.
      fields: plain([...new Set(names)].filter(Boolean)),
      number,
      who: /@/.test(who.email) && who,
    };
  };

  return {
    input,
    change: input,
    submit,
    /** A form that was begun, by its number. */
    abandoned: (number) => ({ type: 'form_abandon', ...begun[number] }),
    /** The page view has ended. */
    end() {
      begun = {};
    },
  };
};
