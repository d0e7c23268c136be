/** A new id of a message: its instant, then chance. */
function newId() {
  const [at, chance] = [Date.now().toString(16).padStart(12, "0"), crypto.randomUUID()];
  return `${at.slice(0, 8)}-${at.slice(8)}-7${chance.slice(15)}`;
}

/** Returns the function by which a member replies in a chat. */
export function replies(knock, member = "admin@localhost") {
  const key = knock.command("api-key", "create", "--role", "rep", "--member", member).trim();
  return async (conversation, text) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
    const body = JSON.stringify({ id: newId(), text });
    const reply = await fetch(`${knock.url}/api/v1/conversations/${conversation}/messages`, { method: "POST", headers, body });
    if (!reply.ok) throw new Error(await reply.text());
  };
}
