// A real CalDAV server: Radicale, with two accounts of one calendar each.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./knock.mjs";
import { python } from "./mail.mjs";

/** Events of calendars as vobject reads them. */
const READ = `
import json, sys, vobject
events = [event for calendar in vobject.readComponents(sys.stdin.read()) for event in calendar.contents.get("vevent", [])]
print(json.dumps([{"uid": event.uid.value, "start": event.dtstart.value.isoformat(), "summary": event.summary.value} for event in events]))
`;

export class CalendarServer {
  static USER = "ann";
  static PASSWORD = "heron-granite-41";
  /** The account with the calendar `Private`. */
  static OTHER = { user: "bob", password: "cedar-lantern-77" };

  static async start() {
    const server = new CalendarServer();
    server.folder = mkdtempSync(join(tmpdir(), "knock-radicale-"));
    const of = (name) => join(server.folder, name);
    const { USER, PASSWORD, OTHER } = CalendarServer;
    writeFileSync(of("users"), `${USER}:${PASSWORD}\n${OTHER.user}:${OTHER.password}\n`);
    makeCalendar(of(`data/collection-root/${USER}/work`), "Work");
    makeCalendar(of(`data/collection-root/${OTHER.user}/private`), "Private");
    const port = await freePort();
    const options = ["--auth-type", "htpasswd", "--auth-htpasswd-encryption", "plain", "--auth-delay", "0"];
    const places = ["--auth-htpasswd-filename", of("users"), "--storage-filesystem-folder", of("data")];
    const listening = ["--config", "", "--server-hosts", `127.0.0.1:${port}`];
    server.process = spawn(python(), ["-m", "radicale", ...listening, ...options, ...places], { stdio: "ignore" });
    server.url = `http://127.0.0.1:${port}/`;
    const answers = () => fetch(server.url).then(() => true, () => false);
    await until(answers, (is) => is, "Radicale listens: `cargo xtask test native` installs it");
    return server;
  }

  /** The events in the calendar as they are now: `uid`, `start`, `summary`. */
  async events() {
    const authorization = `Basic ${Buffer.from(`${CalendarServer.USER}:${CalendarServer.PASSWORD}`).toString("base64")}`;
    const reply = await fetch(`${this.url}${CalendarServer.USER}/work/`, { headers: { authorization } });
    if (!reply.ok) throw new Error(`the calendar: ${reply.status}`);
    return JSON.parse(execFileSync(python(), ["-c", READ], { input: await reply.text(), encoding: "utf8" }));
  }

  stop() {
    this.process.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function makeCalendar(folder, name) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, ".Radicale.props"), JSON.stringify({ tag: "VCALENDAR", "D:displayname": name }));
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
