/*
 * The pages and the devices on which a site hides its launcher. Loaded where a look names some.
 *
 *   const isHiddenHere = watchPlace({ launcher, signal, changed });
 *
 *   launcher()      the launcher of the look: `{ hidden_paths, hidden_devices }`
 *   changed()       is called when the path or the kind of device has changed
 *   isHiddenHere()  whether it is hidden
 */
import { isOn, onMove } from './paths.js';

/** The kinds of devices by their widest window; wider ones are desktops. */
const WIDTHS = { phone: 480, tablet: 1024 };

export const watchPlace = ({ launcher, signal, changed }) => {
  const queries = Object.entries(WIDTHS).map(([kind, width]) => ({ kind, query: matchMedia(`(max-width: ${width}px)`) }));
  queries.forEach(({ query }) => query.addEventListener('change', changed, { signal }));
  onMove(signal, changed);
  const device = () => queries.find(({ query }) => query.matches)?.kind ?? 'desktop';
  return () => {
    const { hidden_paths = [], hidden_devices = [] } = launcher();
    return hidden_devices.includes(device()) || isOn(hidden_paths);
  };
};
