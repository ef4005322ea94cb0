// The same questions for every client. The answers go to stdout as one JSON object.
export async function scenario(client, revision) {
  const { tools } = await client.listTools();
  const call = (name, args) => client.callTool({ name, arguments: args });
  const count = await call('count_events', { service: 'payments' });
  const mistake = await call('count_events', { service: 'payrolls' });
  const opened = await call('open_incident', { service: 'payments', title: 'cards are declined' });
  let refused = null;
  try {
    await call('reboot', {});
  } catch (error) {
    refused = error.code;
  }
  const answers = {
    tools: tools.map((tool) => tool.name),
    count: count.content[0].text,
    mistake: { isError: mistake.isError, text: mistake.content[0].text },
    incident: opened.structuredContent,
    refused,
  };
  await client.close();
  console.log(JSON.stringify({ revision, answers }));
}
