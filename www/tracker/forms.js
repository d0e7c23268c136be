// Forms: begun, submitted, abandoned. A chunk of its own, asked for when a page has a form; it shares nothing with
// the tracker but what `create` is given by `capture.js`, so that no third file is needed.

/** What a field is for, as far as anybody may know; nothing for what the visitor does not fill in. */
const meaning = ({ type, autocomplete }, name) => {
  const isText = type == 'text';
  if (!type || /^(submit|button|reset|image|hidden|fieldset|output)$/.test(type)) return;
  if (type == 'email' || (isText && (/\bemail\b/.test(autocomplete) || /^mail$|e[-_]?mail/i.test(name)))) return 'email';
  if (isText && (/(^| )name( |$)/.test(autocomplete) || /^((full|your)[-_]?)?name$/i.test(name))) return 'name';
  return 'other';
};

/** The module knows so many forms of a page view apart (`forms.rs`). */
const NUMBERS = 32;

/** A form's fields, whatever these are named. */
const fieldsOf = (form) => Reflect.get(HTMLFormElement.prototype, 'elements', form);

export const create = (nameOf, label, line, on, settings, IGNORED, HIDDEN) => {
  /** Forms by element, numbered as they are met, the 33rd like the first. */
  const numbers = new WeakMap();
  let count = 0;
  /** Those of this page view that were begun, by number: `{form, fields}`, fields those that were touched. */
  let begun = {};

  const numberOf = (form) => {
    numbers.has(form) || numbers.set(form, (count = (count + 1) % NUMBERS));
    return numbers.get(form);
  };

  const fieldName = (field) => line(field.name) || line(field.id);

  /** The first change in a form on a page view says something; the others are kept for the case that it is abandoned. */
  const input = (field) => {
    const { form } = field;
    if (!form) return;
    const number = numberOf(form);
    const isFirst = !begun[number];
    const { fields } = (begun[number] ||= { form: nameOf(form), fields: [] });
    const name = label(fieldName(field), 60);
    if (name && fields.length < 100 && !fields.includes(name)) fields.push(name);
    return isFirst && { type: 'form_start', form: begun[number].form, number };
  };

  const submit = (form, isHidden) => {
    const names = [];
    const who = {};
    for (const field of Array.from(fieldsOf(form)).slice(0, 100)) {
      const name = fieldName(field);
      const what = !on(field, 'closest', IGNORED) && meaning(field, name);
      if (!what) continue;
      names.push(label(name, 60));
      const isOpen = settings.mayIdentify && !isHidden && !on(field, 'closest', HIDDEN);
      if (what != 'other' && isOpen) who[what] ||= line(field.value).slice(0, 200);
    }
    return {
      type: 'form_submit',
      form: nameOf(form),
      // The radio buttons of a choice have one name.
      fields: [...new Set(names)].filter(Boolean),
      number: numberOf(form),
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
