"""Writes the mails of this folder with MIME parts that no person writes by hand: `python3 make.py`.

The other mails are written as mail programs write them. What is read of each stands in `expected.json`.
"""

import base64
import pathlib
import struct
import zlib

HERE = pathlib.Path(__file__).parent
TAG = "bmyfk6u7ytuq4m2ypwrmp3argznybjok54kdsxudva"


def write(name, head, body):
    lines = ["From: Ann Able <ann@acme.example>", f"To: replies+{TAG}@knock.example.com"]
    lines += ["Subject: Re: Your message to First", f"Message-ID: <{name[:2]}@acme.example>"]
    lines += ["Date: Mon, 03 Feb 2025 10:11:12 +0100", "MIME-Version: 1.0", *head, "", body]
    text = "\n".join(lines).replace("\n", "\r\n")
    (HERE / f"{name}.eml").write_bytes(text.encode("utf-8", "surrogateescape"))


def b64(content):
    return base64.encodebytes(content).decode().strip()


def multipart(kind, parts, boundary):
    body = "".join(f"--{boundary}\n{part}\n" for part in parts) + f"--{boundary}--\n"
    return [f'Content-Type: multipart/{kind}; boundary="{boundary}"'], body


def text(words):
    return f"Content-Type: text/plain; charset=utf-8\n\n{words}"


def attached(kind, name, content):
    return (
        f"Content-Type: {kind}; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\"\n"
        f"Content-Transfer-Encoding: base64\n\n{b64(content)}"
    )


def inline(kind, name, cid, content):
    return (
        f"Content-Type: {kind}; name=\"{name}\"\nContent-Disposition: inline; filename=\"{name}\"\n"
        f"Content-ID: <{cid}>\nContent-Transfer-Encoding: base64\n\n{b64(content)}"
    )


def png(side, noise):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    seed, rows = 7, b""
    for _ in range(side):
        row = b"\0"
        for _ in range(side):
            seed = (seed * 1103515245 + 12345) % 2**31
            row += bytes([(seed >> 16) & 255 if noise else 128])
        rows += row
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def main():
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    write("41-text-and-pdf", *multipart("mixed", [text("The offer is attached."), attached("application/pdf", "offer.pdf", pdf)], "b41"))

    photo, logo = png(220, True), png(16, False)
    html = "<p>Two photos:</p><img src=\"cid:one\"><img src=\"cid:two\"><p>Ann</p><img src=\"cid:logo\"><img src=\"cid:fax\">"
    parts = [f"Content-Type: text/html; charset=utf-8\n\n{html}"]
    parts += [inline("image/png", "one.png", "one", photo), inline("image/png", "two.png", "two", photo)]
    parts += [inline("image/png", "logo.png", "logo", logo), inline("image/png", "fax.png", "fax", logo)]
    write("42-photos-and-logos", *multipart("related", parts, "b42"))

    parts = [text("Please run this."), attached("application/octet-stream", "setup.exe", b"MZ\x90\0" + b"\0" * 60)]
    parts.append(attached("text/html", "page.html", b"<script>alert(1)</script>"))
    write("43-program-and-page", *multipart("mixed", parts, "b43"))

    tnef = attached("application/ms-tnef", "winmail.dat", b"\x78\x9f\x3e\x22\0\0")
    write("44-winmail", *multipart("mixed", [text("See the attachment."), tnef], "b44"))

    signature = attached("application/pkcs7-signature", "smime.p7s", b"0\x82\0\0")
    pgp = "Content-Type: application/pgp-signature; name=\"signature.asc\"\n\n-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----"
    inner = multipart("signed", [text("Signed twice."), signature], "b45i")
    head, body = multipart("signed", [f"{inner[0][0]}\n\n{inner[1]}", pgp], "b45")
    write("45-signed", head, body)

    names = [
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=UTF-8''%C3%9Cbersicht%20Preise.pdf",
        "Content-Type: application/pdf; name=\"=?UTF-8?B?" + base64.b64encode("Größe.pdf".encode()).decode() + "?=\"\nContent-Disposition: attachment",
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"../../etc/offer.pdf\"",
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=UTF-8''offer%E2%80%AEfdp.pdf",
    ]
    parts = [text("Four files.")] + [f"{name}\nContent-Transfer-Encoding: base64\n\n{b64(pdf)}" for name in names]
    write("46-names", *multipart("mixed", parts, "b46"))

    write("47-latin1-quoted-printable", ["Content-Type: text/plain; charset=iso-8859-1", "Content-Transfer-Encoding: quoted-printable"],
          "Das w=E4re sch=F6n, geht es auch f=FCr 20 Pl=E4tze und zu einem Preis, den=\n wir uns leisten k=F6nnen?")
    write("48-windows1252-base64", ["Content-Type: text/plain; charset=windows-1252", "Content-Transfer-Encoding: base64"],
          b64("Das kostet 10 € – zu viel „für uns“.".encode("cp1252")))
    write("49-wrong-charset", ["Content-Type: text/plain; charset=x-unknown", "Content-Transfer-Encoding: 8bit"], "Schöne Grüße aus Köln")
    write("50-iso-2022-jp", ["Content-Type: text/plain; charset=ISO-2022-JP", "Content-Transfer-Encoding: base64"],
          b64("料金はいくらですか。".encode("iso2022_jp")))


main()
