/*
 * The bubble above the button of the launcher: what a member wrote first, a reply to the closed chat, or the teaser. Part of
 * the launcher.
 *
 *   const news = newsOf({ place, root, button, styles, signal, visit, unread, teaser, isFree, parts });
 *
 *   place     the element that the bubble is put into; `root` is the tree of the launcher
 *   visit, unread, teaser()   what there may be to show
 *   isFree()  whether nothing is in front of it: neither the chat nor something of the page
 *   parts()   what the scripts of bubbles need: `{ make, host, texts, answer }`
 *   news.present()   shows what there is, or ends it
 */
import { fileAt } from './widget-files.js';

export const newsOf = ({ place, root, button, styles, signal, visit, unread, teaser, isFree, parts }) => {
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

  const offered = () => (isFree() ? visit.offered ?? (unread.count ? unread : teaser())?.offered : undefined);

  const present = async () => {
    const offer = offered();
    if (offer?.id == presented) return;
    end();
    if (!offer) return;
    presented = offer.id;
    const isReply = offer == unread.offered;
    const isWritten = isReply || offer == visit.offered;
    // A member is here.
    if (isWritten) teaser()?.end();
    try {
      const bubble = await import(fileAt(isWritten ? 'invitation.js' : 'teaser.js'));
      if (presented != offer.id || signal.aborted) return;
      if (!isDressed) styles.adopt(bubble.style);
      isDressed = true;
      const dismiss = () => {
        isReply ? unread.end(offer.id) : isWritten ? visit.end(true) : teaser().end();
        present();
      };
      const drawn = { ...parts(), offer, dismiss, sound: isReply && unread.sound() };
      // The address of the picture of a reply is whole.
      if (isReply) drawn.host = '';
      place.replaceChildren(bubble.draw(drawn));
      isReply || (isWritten ? visit : teaser()).shown();
    } catch {
      presented = undefined;
    }
  };

  return { present };
};
