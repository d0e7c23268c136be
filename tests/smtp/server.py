"""An SMTP server for tests: aiosmtpd, with what it took as JSON lines, read by Python's own mail parser; invitations by vobject.

Prints its port first, then one line for each message. What it answers is said by the recipient's local part:
`later...` gets 451, `never...` gets 550, `silent...` no answer at all. Commands come as lines on standard input:
`fail N` answers 451 to the next N messages, `close N` closes the connection at the end of the data of the next N
messages after it took them. It ends when standard input does. With `--acknowledged` it answers a message when `read 1`
says that its line was read: whoever knows that a message was sent finds it.
"""

import argparse
import asyncio
import email
import email.policy
import json
import ssl
import sys

import vobject
from aiosmtpd.smtp import SMTP, AuthResult


def text_of(part):
    """What is in a part, as text."""
    content = part.get_content()
    content = content.decode() if isinstance(content, bytes) else content
    return content.replace("\r\n", "\n")


def tree(part):
    """The media types of a message, nested as its parts are."""
    kind = part.get_content_type()
    return [kind, [tree(inner) for inner in part.iter_parts()]] if part.is_multipart() else kind


def calendar(part):
    """An invitation as vobject reads it, and how it travels."""
    read = vobject.readOne(part.get_content() if part.get_content_maintype() == "text" else part.get_content().decode())
    event = read.vevent
    people = lambda name: [one.value for one in event.contents.get(name, [])]
    return {
        "type": part.get_content_type(),
        "method_of_part": part.get_param("method"),
        "file": part.get_filename(),
        "encoding": part["Content-Transfer-Encoding"],
        "method": read.method.value,
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "status": event.status.value,
        "summary": event.summary.value,
        "start": event.dtstart.value.isoformat(),
        "end": event.dtend.value.isoformat(),
        "organizer": people("organizer"),
        "attendees": people("attendee"),
        "description": event.contents["description"][0].value if "description" in event.contents else "",
        "alarms": [one.trigger.value.total_seconds() for one in event.contents.get("valarm", [])],
    }


def parsed(content):
    """A message as the standard library reads it."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    parts = {}
    for part in message.walk():
        if not part.is_multipart():
            parts[part.get_content_type()] = text_of(part)
    calendars = [part for part in message.walk() if part.get_content_type() in ("text/calendar", "application/ics")]
    headers = [[name, str(value)] for name, value in message.items()]
    defects = [repr(defect) for part in message.walk() for defect in part.defects]
    to = message["to"].addresses
    return {
        "headers": headers,
        "parts": parts,
        "defects": defects,
        "tree": tree(message),
        "calendars": [calendar(part) for part in calendars],
        "type": message.get_content_type(),
        "to": [[one.display_name, one.addr_spec] for one in to],
    }


class Handler:
    """Takes messages and says so."""

    def __init__(self):
        self.failing = 0
        self.closing = 0
        self.unread = None

    async def until_read(self):
        """Waits for the reader of the lines; lines are read in their order."""
        if self.unread is not None:
            read = asyncio.get_running_loop().create_future()
            self.unread.append(read)
            await read

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name.startswith("later"):
            return "451 4.3.0 come back later"
        if name.startswith("never"):
            return "550 5.1.1 no such mailbox"
        if name.startswith("silent"):
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.failing > 0:
            self.failing -= 1
            return "451 4.3.0 come back later"
        line = parsed(envelope.content)
        line.update({
            "from": envelope.mail_from,
            "rcpt": envelope.rcpt_tos,
            "tls": server.transport.get_extra_info("ssl_object") is not None,
            "user": session.auth_data.decode() if session.authenticated else None,
        })
        print(json.dumps(line), flush=True)
        await self.until_read()
        if self.closing > 0:
            self.closing -= 1
            server.transport.abort()
        return "250 2.0.0 taken"


def authenticator(wanted):
    """Lets in who says `USER:PASSWORD`."""
    user, password = wanted.split(":")

    def check(server, session, envelope, mechanism, data):
        is_right = (data.login, data.password) == (user.encode(), password.encode())
        # One that is not handled is answered 535.
        return AuthResult(success=is_right, handled=is_right, auth_data=data.login)

    return check


def options(arguments, context):
    """How aiosmtpd is to behave: TLS by STARTTLS or otherwise, with a login or without."""
    chosen = {"hostname": "test.example", "auth_require_tls": False}
    if arguments.tls == "starttls":
        chosen.update(tls_context=context, require_starttls=True)
    if arguments.auth:
        chosen.update(authenticator=authenticator(arguments.auth), auth_required=True)
    return chosen


async def serve(arguments):
    """Serves until standard input ends."""
    context = None
    if arguments.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.certificate, arguments.key)
    loop, handler = asyncio.get_running_loop(), Handler()
    handler.unread = [] if arguments.acknowledged else None
    implicit = context if arguments.tls == "implicit" else None
    chosen = options(arguments, context)
    server = await loop.create_server(lambda: SMTP(handler, **chosen), "127.0.0.1", arguments.port, ssl=implicit)
    print(server.sockets[0].getsockname()[1], flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        command, count = line.split()
        if command == "read":
            read = handler.unread.pop(0)
            # The client may have gone meanwhile.
            if not read.done():
                read.set_result(None)
            continue
        setattr(handler, {"fail": "failing", "close": "closing"}[command], int(count))
    server.close()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--tls", choices=["none", "starttls", "implicit"], default="none")
    arguments.add_argument("--certificate")
    arguments.add_argument("--key")
    arguments.add_argument("--auth")
    arguments.add_argument("--acknowledged", action="store_true")
    asyncio.run(serve(arguments.parse_args()))


main()
