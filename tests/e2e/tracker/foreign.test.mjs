// Pages as others write them, in Chromium; `tests/e2e/firefox.test.mjs` plays the same in Firefox.
import { foreign } from "../support/foreign.mjs";
import { stage } from "../support/stage.mjs";

foreign(stage());
