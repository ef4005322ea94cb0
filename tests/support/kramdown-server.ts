/** Starts the real kramdown once and asks it to render documents. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { inUtf8 } from '../../scripts/jekyll/run.js';

/** What kramdown makes of a document: its page, or why it failed. */
export interface KramdownAnswer {
  html?: string;
  /** Level and id of every heading tag in the page. */
  ids?: [string, string | null][];
  error?: string;
}

/** True if Ruby, kramdown 2.4.0 and its GFM parser 1.1.0 are installed. */
export function hasKramdown(): boolean {
  const check =
    "require 'kramdown'; require 'kramdown-parser-gfm'; exit(Kramdown::VERSION == '2.4.0' && Kramdown::Parser::GFM::VERSION == '1.1.0')";
  return spawnSync('ruby', ['-e', check], { stdio: 'ignore' }).status === 0;
}

export class KramdownServer {
  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, (answer: KramdownAnswer) => void>();
  private count = 0;

  constructor() {
    const script = fileURLToPath(new URL('kramdown-server.rb', import.meta.url));
    this.process = spawn('ruby', [script], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: inUtf8(process.env),
    });
    createInterface({ input: this.process.stdout! }).on('line', (line) => {
      const answer = JSON.parse(line) as KramdownAnswer & { id: number };
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
    this.process.on('exit', (code) => {
      for (const resolve of this.waiting.values()) resolve({ error: `ruby ended with ${String(code)}` });
    });
  }

  /** Renders one document; `options` are kramdown's, by its own names. */
  render(text: string, options: Record<string, unknown> = {}): Promise<KramdownAnswer> {
    const id = this.count++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.process.stdin!.write(`${JSON.stringify({ id, text, options })}\n`);
    });
  }

  stop(): void {
    this.process.stdin!.end();
  }
}
