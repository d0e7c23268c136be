// The tracker in Firefox: pages as others write them, and the end of a page.
import { ends } from "../support/ends.mjs";
import { firefox } from "../support/firefox.mjs";
import { foreign } from "../support/foreign.mjs";
import { stage } from "../support/stage.mjs";

// One tab at a time is in front, and the others are slow.
const scenario = stage({ browser: firefox, atOnce: 1 });
foreign(scenario);
ends(scenario);
