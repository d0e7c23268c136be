/*
 * The bubble with the words that a member of the team wrote first, or with a reply to a closed chat. Loaded with the first
 * of them.
 *
 *   draw({ make, host, texts, offer, answer, dismiss, sound })
 *
 *   offer      the invitation or the reply: `{ name, title, picture, text }`; the picture is on the host
 *   answer()   the visitor wants to answer
 *   dismiss()  they want none of it
 *   sound      the choice whether replies make a sound: `{ isOff, turn(isOff) }`, if there is one
 */
import { bubble, style } from './bubble.js';

export { style };

/** The characters of the text that are shown; the rest is in the chat. */
const SHOWN = 200;

const shortened = (text) => {
  const letters = [...text];
  return letters.length > SHOWN ? letters.slice(0, SHOWN).join('').trimEnd() + '…' : text;
};

/** The button of that choice: its words, and what it does. */
const choice = (texts, sound) => {
  const words = () => (sound.isOff ? texts.unmute : texts.mute);
  const act = () => {
    sound.isOff = !sound.isOff;
    sound.turn(sound.isOff);
    return words();
  };
  return [words(), act];
};

export const draw = ({ make, host, texts, offer, answer, dismiss, sound }) => {
  const name = offer.name || texts.team;
  const head = make('p', { class: 'invitation-head' });
  if (offer.picture) {
    const picture = make('img', { class: 'invitation-picture', src: host + offer.picture, alt: '', width: 32, height: 32 });
    // Policies of a page may forbid it.
    picture.addEventListener('error', () => picture.remove());
    head.append(picture);
  }
  head.append(make('bdi', { class: 'invitation-name' }, name));
  if (offer.title) head.append(make('bdi', { class: 'invitation-title' }, offer.title));
  return bubble({
    make,
    label: offer.title ? `${name}, ${offer.title}` : name,
    head: [head],
    text: shortened(offer.text),
    answers: [[texts.reply, answer]],
    dismiss: [texts.dismiss, dismiss],
    sound: sound && choice(texts, sound),
  });
};
