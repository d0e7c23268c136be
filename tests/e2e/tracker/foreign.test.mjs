// Pages as others write them, in Chromium; `tests/e2e/browsers` plays the same in others.
import { foreign } from "../support/foreign.mjs";
import { stage } from "../support/stage.mjs";

foreign(stage());
