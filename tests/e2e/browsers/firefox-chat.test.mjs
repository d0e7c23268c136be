// The chat in Firefox: with the server away for a while.
import { test } from "node:test";
import { chat } from "../support/chatting.mjs";
import { firefox } from "../support/firefox.mjs";

test("a chat in Firefox goes on by itself after the server was away", { timeout: 90_000 }, () => chat(firefox));
