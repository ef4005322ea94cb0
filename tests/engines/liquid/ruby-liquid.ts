import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LiquidLookups } from '../../../scripts/engines/liquid/index.js';
import { inUtf8 } from '../../../scripts/jekyll/run.js';

const SERVER = fileURLToPath(new URL('../../support/liquid-server.rb', import.meta.url));

/** True when this machine can run the real engine: Ruby with the Jekyll gem. */
export function hasRubyLiquid(): boolean {
  return spawnSync('ruby', ['-e', 'require "jekyll"'], { stdio: 'ignore' }).status === 0;
}

export interface RubyAnswer {
  ok: boolean;
  text?: string;
  phase?: 'parse' | 'render';
  class?: string;
  message?: string;
  line?: number | null;
  tokens?: string[] | null;
}

/** One Ruby process that renders template after template. */
export class RubyLiquid {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;

  private constructor() {
    this.child = spawn('ruby', ['-W0', SERVER], { env: inUtf8(process.env) });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** Starts the process; resolves with it and the versions that it runs. */
  static async start(): Promise<{ ruby: RubyLiquid; version: string; jekyll: string }> {
    const ruby = new RubyLiquid();
    const hello = JSON.parse(await ruby.nextLine()) as { version: string; jekyll: string };
    return { ruby, ...hello };
  }

  /** Renders templates in order. */
  async render(texts: readonly string[]): Promise<RubyAnswer[]> {
    const answers: RubyAnswer[] = [];
    for (const text of texts) {
      this.child.stdin.write(`${JSON.stringify({ text, tokens: true })}\n`);
      answers.push(JSON.parse(await this.nextLine()) as RubyAnswer);
    }
    return answers;
  }

  stop(): void {
    this.child.stdin.end();
  }

  private async nextLine(): Promise<string> {
    const next = await this.lines.next();
    if (next.done) throw new Error('the Ruby process ended');
    return next.value;
  }
}

/** What the server's little site has. */
export const SERVER_LOOKUPS: LiquidLookups = {
  includeExists: (name) => name === 'known.html',
  includeRelativeExists: (name) => name === 'known.md',
  linkTargetExists: (path) =>
    path === 'known.md' || path === '/known.md' || path === '_posts/2024-01-02-known.md',
  postExists: (name) => name === '2024-01-02-known',
};
