// The tracker in WebKitGTK, where the machine has it.
import { test } from "node:test";
import { ends } from "../support/ends.mjs";
import { foreign } from "../support/foreign.mjs";
import { stage } from "../support/stage.mjs";
import { WEBKIT, webkit } from "../support/webkit.mjs";

if (WEBKIT) {
  const scenario = stage({ browser: webkit, atOnce: 2 });
  foreign(scenario);
  ends(scenario);
} else {
  test("WebKitGTK is not on this machine: NOTHING is tried in it (apt-get install webkit2gtk-driver xvfb)", { skip: true });
}
