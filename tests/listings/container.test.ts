/**
 * The container file of the corpus builds, and what it builds runs as an orchestrator runs it. There is no registry of
 * images here: the base images are stand-ins of the same names, made from Debian's packages and this machine's
 * compiler. It takes several minutes, so it is asked for by name.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const workspace = fileURLToPath(new URL('../../listings/rust/', import.meta.url));
const asked = process.env['CORPUS_CONTAINER'] === '1';
const tools = ['buildah', 'mmdebstrap', 'bwrap', 'rustc'];
const missing = asked ? tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined) : [];
const MINUTES = 60_000;
const PORT = 18_080;

const BUILD = `
buildah() { command buildah --root "$WORK/storage" --runroot "$WORK/run" --storage-driver vfs "$@"; }
stand_in() { # name, packages, folder to add
  mmdebstrap --quiet --variant=minbase --include="$2" trixie "$WORK/base.tar"
  container=$(buildah from scratch)
  buildah add -q "$container" "$WORK/base.tar" /
  if [ -n "$3" ]; then buildah add -q "$container" "$3" /usr/local; fi
  buildah commit -q "$container" "docker.io/library/$1"
  buildah rm "$container"
}
mapfile -t bases < <(sed -n 's/^FROM \\([^ ]*\\).*/\\1/p' lantern-server/Containerfile)
stand_in "\${bases[0]}" gcc,libc6-dev,ca-certificates "$(realpath "$(rustc --print sysroot)")"
stand_in "\${bases[1]}" libc6 ""
mkdir "$WORK/context"
tar -c --exclude=./target --exclude=node_modules . | tar -x -C "$WORK/context"
buildah bud --isolation chroot --pull-never -v /etc/ssl/certs:/etc/ssl/certs:ro \\
  -f lantern-server/Containerfile -t lantern "$WORK/context"
buildah mount "$(buildah from --pull-never localhost/lantern)" > "$WORK/mounted"
buildah inspect --type image localhost/lantern > "$WORK/image.json"
`;

describe.skipIf(!asked || missing.length > 0)(
  `the container file (asked for with CORPUS_CONTAINER=1; needs root, ${tools.join(', ')})`,
  () => {
    let work = '';
    let image: { User: string; Env: string[]; Entrypoint: string[]; StopSignal: string };

    beforeAll(async () => {
      work = await mkdtemp(path.join(tmpdir(), 'corpus-container-'));
      const built = spawnSync('bash', ['-euo', 'pipefail', '-c', BUILD], {
        cwd: workspace,
        env: { ...process.env, WORK: work, BUILDAH_ISOLATION: 'chroot' },
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      expect(built.status, `${built.stdout}\n${built.stderr}`.slice(-4000)).toBe(0);
      const inspected = JSON.parse(await readFile(path.join(work, 'image.json'), 'utf8')) as {
        OCIv1: { config: typeof image };
      };
      image = inspected.OCIv1.config;
    }, 40 * MINUTES);

    afterAll(async () => {
      if (work !== '') await rm(work, { recursive: true, force: true });
    });

    /** Runs the image's entry point as its user, on a root file system that cannot be written. */
    async function start(settings: Record<string, string>): Promise<ReturnType<typeof spawn>> {
      const root = (await readFile(path.join(work, 'mounted'), 'utf8')).trim();
      const [user = '', group = ''] = image.User.split(':');
      const variables = Object.entries(settings).flatMap(([name, value]) => ['--setenv', name, value]);
      return spawn(
        'bwrap',
        [
          ...['--unshare-user', '--uid', user, '--gid', group, '--clearenv', '--ro-bind', root, '/'],
          ...['--proc', '/proc', '--dev', '/dev', '--ro-bind', work, '/run'],
          ...[...variables, ...image.Entrypoint],
        ],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      );
    }

    function ended(child: ReturnType<typeof spawn>): Promise<{ exit: number | null; log: string }> {
      let log = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        log += chunk.toString('utf8');
      });
      return new Promise((resolve) => {
        child.on('close', (exit) => {
          resolve({ exit, log });
        });
      });
    }

    it('gives an image that says who calls it before it starts', { timeout: MINUTES }, async () => {
      const bind = image.Env.find((variable) => variable.startsWith('LANTERN_BIND='))?.split('=')[1] ?? '';
      const { exit, log } = await ended(await start({ LANTERN_BIND: bind }));
      expect(exit).toBe(1);
      expect(log).toContain(
        `${bind} is not a loopback address: set LANTERN_URL, LANTERN_ISSUER and LANTERN_KEYS`,
      );
    });

    it(
      'answers probes, refuses calls without a token, and stops when it is told to',
      { timeout: MINUTES },
      async () => {
        const key = {
          kty: 'OKP',
          crv: 'Ed25519',
          kid: 'k1',
          alg: 'EdDSA',
          x: Buffer.alloc(32, 7).toString('base64url'),
        };
        await writeFile(path.join(work, 'keys.json'), JSON.stringify({ keys: [key] }));
        const child = await start({
          LANTERN_BIND: `127.0.0.1:${PORT}`,
          LANTERN_URL: 'https://desk.example.com/mcp',
          LANTERN_ISSUER: 'https://issuer.example.com',
          LANTERN_KEYS: '/run/keys.json',
          LANTERN_SETTLE_SECONDS: '0',
        });
        const end = ended(child);
        const status = async (route: string, method = 'GET'): Promise<number> =>
          (await fetch(`http://127.0.0.1:${PORT}${route}`, { method })).status;
        for (let attempt = 0; attempt < 100 && (await status('/healthz').catch(() => 0)) !== 200; attempt++) {
          await wait(100);
        }
        expect([await status('/healthz'), await status('/readyz'), await status('/mcp', 'POST')]).toEqual([
          200, 200, 401,
        ]);
        expect(image.StopSignal).toBe('SIGTERM');
        // The sandbox has no init: the signal goes to the program itself.
        spawnSync('pkill', ['-TERM', '-P', String(child.pid)]);
        const { exit, log } = await end;
        expect(log).toContain('"stage":"silent"');
        expect(exit).toBe(0);
      },
    );
  },
);
