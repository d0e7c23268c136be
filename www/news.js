/*
 * The bubble above the button of the launcher: what a member wrote first, a reply to the closed chat, a nudge, or the
 * teaser. Part of the launcher.
 *
 *   const news = newsOf({ place, root, button, styles, signal, visit, unread, nudges, teaser, isFree, parts });
 *
 *   place     the element that the bubble is put into; `root` is the tree of the launcher
 *   visit, unread, nudges(), teaser()   what there may be to show
 *   isFree()  whether nothing is in front of it: neither the chat nor something of the page
 *   parts()   what the scripts of bubbles need: `{ make, host, texts, lang, answer, open }`
 *   news.present()   shows what there is, or ends it
 */
import { fileAt } from './widget-files.js';

export const newsOf = ({ place, root, button, styles, signal, visit, unread, nudges, teaser, isFree, parts }) => {
  /** The id of what is in the bubble. */
  let presented;
  let isDressed = false;

  /** Ends the bubble; the focus that was in it goes to the button. */
  const end = () => {
    const hadFocus = place.contains(root.activeElement);
    presented = undefined;
    place.replaceChildren();
    hadFocus && button.focus();
  };

  /** What is shown before the others. */
  const first = () => [visit, unread.count && unread, nudges()].find((one) => one?.offered || one == unread) ?? teaser();

  const present = async () => {
    const from = isFree() && first();
    const offer = from?.offered;
    if (offer?.id == presented) return;
    end();
    if (!offer) return;
    presented = offer.id;
    const isReply = from == unread;
    const isTeaser = from == teaser();
    // What is of this visitor alone comes before it.
    if (!isTeaser) teaser()?.end();
    try {
      const bubble = await import(fileAt(isTeaser ? 'teaser.js' : from == nudges() ? 'nudge.js' : 'invitation.js'));
      if (presented != offer.id || signal.aborted) return;
      if (!isDressed) styles.adopt(bubble.style);
      isDressed = true;
      const dismiss = () => {
        from.end(isReply ? offer.id : true);
        present();
      };
      const drawn = { ...parts(), offer, dismiss, sound: isReply && unread.sound() };
      // The address of the picture of a reply is whole.
      if (isReply) drawn.host = '';
      place.replaceChildren(bubble.draw(drawn));
      isReply || from.shown();
    } catch {
      presented = undefined;
    }
  };

  return { present };
};
