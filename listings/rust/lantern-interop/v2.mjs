// The package of the 2.x line: `legacy` unless it is told otherwise.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { scenario } from './scenario.mjs';

const [url, mode] = process.argv.slice(2);
const options = mode === undefined ? {} : { versionNegotiation: { mode } };
const client = new Client({ name: 'interop', version: '1' }, options);
await client.connect(new StreamableHTTPClientTransport(new URL(url)));
await scenario(client, client.getNegotiatedProtocolVersion());
