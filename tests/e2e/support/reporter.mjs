// Writes what became of each test, one JSON object on a line, for `cargo xtask test`.

export default async function* report(events) {
  for await (const { type, data } of events) {
    const isTest = (type === "test:pass" || type === "test:fail") && data.details.type !== "suite";
    // A test that only holds others fails with them.
    if (!isTest || data.details.error?.failureType === "subtestsFailed") continue;
    const failure = type === "test:fail" ? told(data.details.error) : null;
    yield `${JSON.stringify({ name: data.name, milliseconds: data.details.duration_ms, failure })}\n`;
  }
}

function told(error) {
  const cause = error?.cause ?? error;
  return String(cause?.stack ?? cause?.message ?? cause);
}
