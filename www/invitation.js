/*
 * The bubble above the button of the launcher: the words that a member of the team wrote first. Loaded with the first
 * of them.
 *
 *   root.append(bubble({ make, host, texts, invitation, reply, dismiss }));
 *
 *   make     makes elements, as the launcher does
 *   reply()  the visitor wants to answer
 *   dismiss()  they want none of it
 *
 * Names and texts of members are shown as text only. It takes no focus.
 */
import style from './css/widget/invitation.css';

export { style };

/** The characters of the text that are shown; the rest is in the chat. */
const SHOWN = 200;

const shortened = (text) => {
  const letters = [...text];
  return letters.length > SHOWN ? letters.slice(0, SHOWN).join('').trimEnd() + '…' : text;
};

export const bubble = ({ make, host, texts, invitation, reply, dismiss }) => {
  const name = invitation.name || texts.team;
  const label = invitation.title ? `${name}, ${invitation.title}` : name;
  const button = (kind, act) => {
    const element = make('button', { class: 'invitation-' + kind, type: 'button' }, texts[kind]);
    element.addEventListener('click', act);
    return element;
  };
  const head = make('p', { class: 'invitation-head' });
  if (invitation.picture) {
    const picture = make('img', { class: 'invitation-picture', src: host + invitation.picture, alt: '', width: 32, height: 32 });
    // Policies of a page may forbid it.
    picture.addEventListener('error', () => picture.remove());
    head.append(picture);
  }
  head.append(make('bdi', { class: 'invitation-name' }, name));
  if (invitation.title) head.append(make('bdi', { class: 'invitation-title' }, invitation.title));
  const element = make(
    'section',
    { class: 'invitation', 'aria-label': label },
    head,
    make('p', { class: 'invitation-text', dir: 'auto' }, shortened(invitation.text)),
    make('p', { class: 'invitation-actions' }, button('reply', reply), button('dismiss', dismiss)),
  );
  element.addEventListener('keydown', (event) => {
    if (event.key != 'Escape' || event.isComposing) return;
    event.stopPropagation();
    dismiss();
  });
  return element;
};
