// The chat in WebKitGTK, where the machine has it: with the server away for a while.
import { test } from "node:test";
import { chat } from "../support/chatting.mjs";
import { WEBKIT, webkit } from "../support/webkit.mjs";

test("a chat in WebKitGTK goes on by itself after the server was away", { timeout: 90_000, skip: !WEBKIT }, () => chat(webkit));
