/** Sets the look of a site; what is left out is as Knock comes. */
export async function dress(knock, key, look) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${knock.key}` };
  const reply = await fetch(`${knock.url}/api/v1/sites/${key}/look`, { method: "PUT", headers, body: JSON.stringify(look) });
  if (!reply.ok) throw new Error(await reply.text());
}
