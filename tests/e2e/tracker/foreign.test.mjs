// Third-party pages, in Chromium; `tests/e2e/browsers` runs the same in others.
import { foreign } from "../support/foreign.mjs";
import { stage } from "../support/stage.mjs";

foreign(stage());
