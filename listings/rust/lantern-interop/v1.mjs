// The package of the 1.x line: `initialize`, always.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { scenario } from './scenario.mjs';

const [url] = process.argv.slice(2);
const transport = new StreamableHTTPClientTransport(new URL(url));
const client = new Client({ name: 'interop', version: '1' });
await client.connect(transport);
await scenario(client, transport.protocolVersion);
